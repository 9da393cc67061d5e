"""Doors for one's own API keys, and for asking whether one is still signed in."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import access
from events.desk import keys
from events.desk.forms.keys import KeyForm
from events.desk.forms.manners import DeskForm
from events.desk.views.doors import attempt, confirm, form_page, page, sent


@form_page
def api_keys(request):
    """The secret is on the answer to the request that made it and nowhere else, so there is no redirect."""
    form = KeyForm(sent(request))
    mine = {"keys": keys.standing(request.user), "may_write": access.can_work(request.user)}
    if form.is_bound and form.is_valid() and (issued := attempt(form, lambda: _issue(request.user, form), _PLACES)):
        return render(request, "desk/account/key_issued.html", {"key": issued[0], "secret": issued[1]}, status=201)
    return page(request, "desk/account/keys.html", mine, form=form)


_PLACES = {"expires_at": "expires_on"}


def _issue(user, form):
    given = form.cleaned_data
    return keys.issue(user, by=user, name=given["name"], scope=given["scope"], expires_at=form.expires_at)


@form_page
def revoke_key(request, pk):
    key = get_object_or_404(request.user.api_keys, pk=pk)
    return confirm(
        request,
        DeskForm(sent(request)),
        lambda: keys.revoke(key, by=request.user),
        title=_("Revoke the key “%(name)s”?") % {"name": key.name},
        explanation=_("Whatever uses it stops working at once. It cannot be brought back."),
        button=_("Revoke the key"),
        is_dangerous=True,
        back=reverse("desk-keys"),
        done=_("The key is revoked."),
    )


@login_not_required
@require_safe
def alive(request):
    """For pages that stay open: whether whoever holds them is signed in, and the token that forms need now."""
    return JsonResponse({"signed_in": request.user.is_authenticated, "csrf": get_token(request)})
