"""Doors for work that changes hands: all that one person has, for admins, and one incident, for editors."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from events.desk import handover
from events.desk.forms.team import HandOverForm, ReassignForm
from events.desk.views.doors import attempt, confirm, for_admins, for_editors, form_page, incident_for, page, sent
from events.desk.views.team import member_for

SHOWN = 50  # incidents of each list, on the page that hands them over


@form_page
@for_admins
def reassign(request, pk):
    member = member_for(pk)
    form = ReassignForm(sent(request), person=member)
    if form.is_bound and form.is_valid():
        moved = attempt(form, lambda: handover.reassign(member, by=request.user, **form.cleaned_data))
        if moved:
            messages.success(
                request,
                _("Handed over: incidents %(incidents)s, reviews %(reviews)s.")
                % {"incidents": moved[0], "reviews": moved[1]},
            )
            return redirect("desk-team-person", pk)
    context = {
        "member": member,
        "incidents": Paginator(handover.in_hands_of(member).with_places(), SHOWN).get_page(1),
        "reviews": Paginator(handover.reviewed_by(member).with_places(), SHOWN).get_page(1),
    }
    return page(request, "desk/team/reassign.html", context, form=form)


@form_page
@for_editors
def hand_over(request, uid):
    incident = incident_for(request.user, uid)
    form = HandOverForm(sent(request), incident=incident)
    return confirm(
        request,
        form,
        lambda: handover.hand_over(incident, by=request.user, to=form.cleaned_data["to"]),
        title=_("Hand “%(incident)s” to somebody else") % {"incident": incident},
        explanation=_(
            "%(person)s works on it now. Whoever takes it finds it under “My work” and goes on with "
            "it. %(author)s stays its author, and nobody decides claims they wrote or rewrote."
        )
        % {"person": incident.worked_on_by, "author": incident.created_by},
        button=_("Hand it over"),
        back=incident.get_absolute_url(),
        done=_("Handed over."),
    )
