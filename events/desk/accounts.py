"""Who may open an account: nobody by themselves; an admin invites. What sign-in notes of people, and of passwords."""

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop

from events import access
from events.desk import audit, sessions


class ClosedAccounts(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def get_login_redirect_url(self, request):
        """The desk; researchers have no work there, so they come to their keys."""
        return reverse("desk" if access.can_work(request.user) else "desk-keys")

    def authenticate(self, request, **credentials):
        """A closed account is answered like a wrong password: nobody learns that the password is right."""
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def get_client_ip(self, request):
        """The network only: no whole address is kept with a session, and limits on sign-in count by network."""
        return sessions.network(super().get_client_ip(request))

    @transaction.atomic
    def set_password(self, user, password):
        """A person changes their own password: noted, and whoever else is signed in as them is out."""
        super().set_password(user, password)
        audit.note(user, "password", by=user, after=gettext_noop("by themselves"))
        sessions.end_all(user, by=user, keep=self.request.session.session_key)
