"""Doors for sessions: everybody sees and ends their own, admins those of others."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.desk import sessions
from events.desk.forms.manners import DeskForm
from events.desk.views.doors import confirm, for_admins, form_page, sent
from events.desk.views.team import member_for


@require_safe
def mine(request):
    open_ones = sessions.of(request.user, current_key=request.session.session_key)
    return render(request, "desk/account/sessions.html", {"sessions": open_ones})


@require_POST
def end_mine(request, pk):
    sessions.end(get_object_or_404(UserSession, user=request.user, pk=pk), by=request.user)
    messages.success(request, _("The session is ended."))
    return redirect("desk-sessions")


@require_POST
def end_others(request):
    sessions.end_all(request.user, by=request.user, keep=request.session.session_key)
    messages.success(request, _("You are signed in only here now."))
    return redirect("desk-sessions")


@form_page
@for_admins
def end_one_of(request, pk, session):
    member = member_for(pk)
    row = get_object_or_404(UserSession, user=member, pk=session)
    return confirm(
        request,
        DeskForm(sent(request)),
        lambda: sessions.end(row, by=request.user),
        title=_("End a session of %(member)s?") % {"member": member},
        explanation=_(
            "%(browser)s, signed in %(moment)s UTC. Whoever uses it has to sign in again; what they are typing is kept "
            "on their page."
        )
        % {"browser": sessions.browser(row.user_agent), "moment": date_format(row.created_at, "j F Y, H:i")},
        button=_("End the session"),
        back=reverse("desk-team-person", args=[pk]),
        done=_("The session is ended."),
    )


@form_page
@for_admins
def end_all_of(request, pk):
    member = member_for(pk)
    return confirm(
        request,
        DeskForm(sent(request)),
        lambda: sessions.end_all(member, by=request.user),
        title=_("End all sessions of %(member)s?") % {"member": member},
        explanation=_(
            "Wherever they are signed in, they have to sign in again; what they are typing is kept on their page."
        ),
        button=_("End all sessions"),
        back=reverse("desk-team-person", args=[pk]),
        done=_("%(member)s is signed in nowhere now.") % {"member": member},
    )
