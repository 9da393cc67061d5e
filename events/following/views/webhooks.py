"""Doors for webhooks: trying one out, a new secret, going on after a pause."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from events import work
from events.following import delivering, saving, telling
from events.following.views.doors import of

TESTS = {"following-test": "6/h/user"}


@require_POST
def test(request, uid):
    saved = of(request.user, uid)
    if not ratelimit.consume(request, app="events", action="following-test", config=TESTS):
        messages.error(request, gettext("Six tests were sent within the hour; wait a little, then try again."))
        return redirect("following-entry", saved.uid)
    return _done(
        request,
        saved,
        lambda: work.soon("events.following.jobs.deliver", telling.test(saved, by=request.user).pk),
        gettext("A test goes out; how it went is listed below in a moment."),
    )


@require_POST
def resume(request, uid):
    saved = of(request.user, uid)
    return _done(request, saved, lambda: delivering.resume(saved, by=request.user), gettext("It goes on."))


@require_POST
def secret(request, uid):
    """The secret is on the answer to the request that made it and nowhere else, so there is no redirect."""
    saved = of(request.user, uid)
    try:
        saved, made = saving.renew_secret(saved, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("following-entry", saved.uid)
    return render(request, "following/secret.html", {"saved": saved, "secret": made}, status=201)


def _done(request, saved, act, words):
    """Do it and say so, or say why not; either way back to the page of the selection."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, words)
    return redirect("following-entry", saved.uid)
