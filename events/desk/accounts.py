"""Who may open an account: nobody by themselves; an administrator makes the accounts of analysts and editors."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse

from events import access


class ClosedAccounts(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def get_login_redirect_url(self, request):
        """The desk; researchers have no work there, so they come to their keys."""
        return reverse("desk" if access.can_work(request.user) else "desk-keys")
