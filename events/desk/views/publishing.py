"""Doors for what becomes public: publishing, withdrawing, bringing back, going back to an earlier edition."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import access
from events.choices import EditionReason
from events.desk import derivation, duplicates, families, going_back, incidents, lints
from events.desk.forms import publishing as forms
from events.desk.forms.manners import DeskForm, leave_unchecked
from events.desk.stale import Stale
from events.desk.views.doors import attempt, confirm, for_desk, for_editors, form_page, incident_for, page, sent
from events.desk.views.steps import in_two_steps, is_confirmed, looked_at
from events.press import editions, rehearsal
from events.rules import differences

DONE = 302
STALE = _("Somebody else has changed the incident meanwhile. Look at what would change again.")


@form_page
@for_editors
def publish(request, uid):
    """The page itself is the preview: it is rendered while the edition, and those made with it, are rehearsed."""
    incident = incident_for(request.user, uid)
    edition, _document = editions.last_document(incident)
    relatives = families.publishable_with(incident)
    form = forms.PublishIncidentForm(sent(request), relatives=relatives, initial=_offered(request, edition, relatives))
    status = 200
    if "again" in request.POST:
        leave_unchecked(form)
    elif form.is_bound:
        status = _publish(request, incident, form)
        if status == DONE:
            messages.success(request, gettext("Published: “%(incident)s”.") % {"incident": incident})
            return redirect(incident)
    return _publish_page(request, incident, form, relatives, edition, status)


def _offered(request, edition, relatives):
    """What the form holds first: the reason asked for in the address.

    An operation that is new, or was split, goes out with all of it that is ready.
    """
    reason = request.GET.get("reason", "")
    if reason not in EditionReason.codes():
        reason = "" if edition else EditionReason.NEW_INCIDENT.value
    ready = [one.incident.uid for one in relatives if one.is_ready]
    return {"reason": reason, "together": ready if reason in (EditionReason.NEW_INCIDENT, EditionReason.SPLIT) else []}


def _publish(request, incident, form):
    """The status of the answer: DONE, or 422 or 409 with the reasons at the form."""
    seen, rows = request.POST.get("seen", ""), [incident, *form.chosen]
    if not seen:
        form.add_error(
            None, gettext("This page was sent without its preview. Look at what the public will see, then publish.")
        )
        return 422
    try:
        if _prospect_mark(request, form, rows) != seen:
            raise rehearsal.LookAgain
        given = {name: form.cleaned_data.get(name) for name in ("reason", "note")} if form.is_valid() else None
        act = lambda: editions.publish_all(rows, by=request.user, **given)  # noqa: E731 (done inside the other)
        return DONE if given and attempt(form, lambda: rehearsal.perform(act, seen=seen)) else 422
    except rehearsal.LookAgain:
        form.add_error(None, gettext("The incident changed since you looked. Look at it again before publishing."))
        return 409


def _prospect_mark(request, form, rows):
    with rehearsal.rehearsed(_rehearsal(request, form, rows)) as prospect:
        return prospect.mark


def _rehearsal(request, form, rows):
    reason, note = (str(form[name].value() or "") for name in ("reason", "note"))
    reason = reason if reason in EditionReason.codes() else EditionReason.CORRECTION.value
    return rehearsal.rehearse_publishing(rows, by=request.user, reason=reason, note=note[:1000])


def _publish_page(request, incident, form, relatives, edition, status):
    rows = [incident, *form.chosen]
    context = {
        "incident": incident,
        "edition": edition,
        "lints": lints.of(incident),
        "duplicates": duplicates.unexplained(incident, request.user),
        "difficulties": editions.difficulties(incident, request.user, together=rows),
        "relatives": [one for one in relatives if not one.is_ready],
    }
    return looked_at(
        request,
        form,
        _rehearsal(request, form, rows),
        "desk/publishing/publish.html",
        context,
        about=rows,
        see=lambda prospect: _seen(prospect, incident),
        status=status,
    )


def _seen(prospect, incident):
    document = prospect.step_of(incident).document
    return {
        "number": document["edition"]["number"],
        "derived": derivation.of(document),
        "unused": derivation.unused(document),
    }


@form_page
@for_editors
def withdraw(request, uid):
    incident = incident_for(request.user, uid)
    form = forms.WithdrawForm(sent(request))
    return in_two_steps(
        request,
        form,
        lambda: editions.withdraw(incident, by=request.user, **form.cleaned_data),
        template="desk/publishing/withdraw.html",
        title=gettext("Withdraw “%(incident)s”") % {"incident": incident},
        explanation=gettext("It leaves the public record. Its address answers with your reason and note from now on."),
        button=gettext("Withdraw it"),
        is_dangerous=True,
        about=[incident],
        back=incident.get_absolute_url(),
        done=gettext("Withdrawn. A further edition can bring it back."),
    )


@form_page
@for_editors
def restore(request, uid):
    incident = incident_for(request.user, uid)
    form = forms.RestoreForm(sent(request))
    return in_two_steps(
        request,
        form,
        lambda: editions.restore(incident, by=request.user, **form.cleaned_data),
        template="desk/publishing/returns.html",
        title=gettext("Undo the withdrawal of “%(incident)s”") % {"incident": incident},
        explanation=gettext("A further edition brings it back into the public record. Its history shows both."),
        button=gettext("Bring it back"),
        shows=incident,
        about=[incident],
        back=incident.get_absolute_url(),
        done=gettext("It is public again."),
    )


@form_page
@for_desk
def bring_back(request, uid):
    incident = incident_for(request.user, uid)
    if not access.can_bring_back(request.user, incident):
        raise PermissionDenied(
            gettext("Only a draft that was put away can be brought back, by its author or an editor.")
        )
    return confirm(
        request,
        DeskForm(sent(request)),
        lambda: incidents.bring_back(incident, by=request.user),
        title=gettext("Bring “%(incident)s” back") % {"incident": incident},
        explanation=gettext("It becomes a draft again, with all its claims, and stands among its author's drafts."),
        button=gettext("Make it a draft again"),
        back=incident.get_absolute_url(),
        done=gettext("It is a draft again."),
    )


@form_page
@for_desk
def earlier(request, uid):
    """Choose an edition, see what its facts would change, take them up; then publishing follows."""
    incident = incident_for(request.user, uid)
    access.require_edit_incident(request.user, incident)
    known = editions.earlier_documents(incident)
    form = forms.EarlierForm(
        sent(request), editions=[edition for edition, _ in known], initial={"version": incident.version}
    )
    context = {"incident": incident, "known": known, "back": incident.get_absolute_url()}
    if not (form.is_bound and form.is_valid()):
        return page(request, "desk/publishing/earlier.html", context, form=form)
    try:
        if is_confirmed(request) and attempt(form, lambda: _go_back(request, incident, form)):
            messages.success(
                request, gettext("The desk's copy has those facts again. Publish to let readers see them.")
            )
            return redirect(_after_going_back(request, incident))
        return _facts_then(request, incident, form, context)
    except Stale as stale:
        form.add_error(None, STALE)
        form.data = form.data.copy()
        form.data["version"] = str(stale.row.version)
        return page(request, "desk/publishing/earlier.html", context, form=form, status=409)


def _go_back(request, incident, form):
    return going_back.go_back(incident, by=request.user, **form.cleaned_data)


def _after_going_back(request, incident):
    if not access.can_judge(request.user):
        return incident.get_absolute_url()
    return f"{reverse('desk-incident-publish', args=[incident.uid])}?reason={EditionReason.CORRECTION.value}"


def _facts_then(request, incident, form, context):
    """The page with the differences between what readers see now and what they would see with those facts."""
    _, before = editions.last_document(incident)

    def see(prospect):
        return {"differences": differences.between(before, editions.preview(prospect.result))}

    return looked_at(
        request, form, lambda: _go_back(request, incident, form), "desk/publishing/earlier.html", context, see=see
    )
