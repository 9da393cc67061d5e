"""Doors for what makes one of two incidents, or several of one: merging, parting, splitting, linking."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from events import access, uids
from events.choices import EDITORIAL_LINKS, EditionReason, IncidentStatus
from events.desk import chains, incidents, pairs, splitting
from events.desk.forms import publishing as forms
from events.desk.forms.manners import DeskForm
from events.desk.forms.rows import with_one_more
from events.desk.forms.splitting import SplitForm
from events.desk.views.doors import ABSENT, for_desk, for_editors, form_page, incident_for, link_for, page, sent
from events.desk.views.steps import in_two_steps
from events.press import editions
from events.rules import differences, wording

LINKS = ("links", "part_of", "parts")  # what a link changes in a document


@form_page
@for_editors
def merge(request, uid):
    """Without `into` in the address, which incident stays; with it, the two side by side."""
    incident = incident_for(request.user, uid)
    if "into" in request.GET:
        return _side_by_side(request, incident, incident_for(request.user, _uid_or_404(request.GET["into"])))
    form = forms.MergeWithForm(sent(request), incident=incident, user=request.user)
    if form.is_bound and form.is_valid():
        return redirect(f"{request.path}?into={form.cleaned_data['other'].shown_uid}")
    context = {"incident": incident, "back": incident.get_absolute_url()}
    return page(request, "desk/publishing/merge_with.html", context, form=form)


def _side_by_side(request, loser, survivor):
    facts = pairs.facts(loser, survivor)
    form = forms.MergeForm(sent(request), differing=[fact.name for fact in facts if fact.differs])
    return in_two_steps(
        request,
        form,
        lambda: editions.merge(loser, survivor, by=request.user, note=form.cleaned_data["note"], fields=form.taken),
        template="desk/publishing/merge.html",
        loser=loser,
        survivor=survivor,
        facts=[(fact, form.kept(fact.name) if fact.differs else "") for fact in facts],
        sides=pairs.sides(loser, survivor),
        doubles=pairs.doubles(loser, survivor),
        button=_("Merge the two"),
        is_dangerous=True,
        about=[loser, survivor],
        shows=survivor if survivor.status == IncidentStatus.PUBLISHED else None,
        back=survivor.get_absolute_url(),
        done=_("Merged. The incident that stays now holds all claims. The page of the other one undoes it."),
    )


def _uid_or_404(text):
    uid = uids.parse(text)
    if uid is None:
        raise Http404(str(ABSENT))
    return uid


@form_page
@for_editors
def unmerge(request, uid):
    incident = incident_for(request.user, uid)
    form = forms.UnmergeForm(sent(request))
    survivor = incident.merged_into
    return in_two_steps(
        request,
        form,
        lambda: editions.unmerge(incident, by=request.user, note=form.cleaned_data["note"]),
        template="desk/publishing/returns.html",
        title=_undoes(incident, survivor),
        explanation=_(
            "Claims and links that the merge moved go back as far as they still are where it put them; facts it wrote "
            "over are as before where nobody changed them since. Both histories show it."
        ),
        button=_("Part the two again"),
        shows=incident,
        about=[incident, *([survivor] if survivor else [])],
        back=incident.get_absolute_url(),
        done=_("The two are apart again."),
    )


def _undoes(incident, survivor):
    if survivor is None:
        return _("Undo the merge of “%(incident)s”") % {"incident": incident}
    return _("Undo the merge of “%(incident)s” into “%(survivor)s”") % {"incident": incident, "survivor": survivor}


@form_page
@for_editors
def split(request, uid):
    incident = incident_for(request.user, uid)
    if not access.can_split(request.user, incident):
        raise PermissionDenied(_("Only an open incident can be split; this one is withdrawn or merged."))
    claims = list(incident.claims.with_everything().select_related("incident"))
    more = with_one_more(request.POST)
    form = SplitForm(sent(request) if more is None else more, claims=claims)
    context = {"incident": incident, "claims": claims, "back": incident.get_absolute_url()}
    if more is not None:
        form.leave_unchecked()
        return page(request, "desk/publishing/split.html", context, form=form, status=200)
    return in_two_steps(
        request,
        form,
        lambda: splitting.split(incident, by=request.user, parts=form.parts_given),
        template="desk/publishing/split.html",
        incident=incident,
        button=_("Split"),
        about=[incident],
        see=lambda prospect: {"made": [(part, list(part.claims.with_everything())) for part in prospect.result.parts]},
        back=_after_split(incident),
        done=_("Split. Publish the whole together with its parts, once every claim is decided."),
    )


def _after_split(incident):
    if incident.status == IncidentStatus.DRAFT:
        return incident.get_absolute_url()
    return f"{reverse('desk-incident-publish', args=[incident.uid])}?reason={EditionReason.SPLIT.value}"


@form_page
@for_desk
def link(request, uid):
    incident = incident_for(request.user, uid)
    form = forms.LinkForm(sent(request), incident=incident, user=request.user)

    def act():
        other, type = form.cleaned_data["other"], form.cleaned_data["type"]
        if not access.can_see_incident(request.user, other):
            raise ValidationError({"to": forms.IncidentUidField.absent(form.data["to"])})
        return incidents.link(incident, other, by=request.user, type=type)

    def then(made):
        wants_claim = "then" in request.POST and made.type not in EDITORIAL_LINKS
        return reverse("desk-link-claim-add", args=[made.uid]) if wants_claim else incident.get_absolute_url()

    return in_two_steps(
        request,
        form,
        act,
        template="desk/publishing/link.html",
        title=_("Link “%(incident)s” to another incident") % {"incident": incident},
        explanation=_(
            "“Part of”, “same as” and “follows” stand by themselves. All other links need a claim behind them."
        ),
        button=_("Link"),
        chain=chains.of(incident, request.user),
        about=[incident],
        see=lambda prospect: _with_link(request, incident, prospect.result),
        back=then,
        done=_("Linked."),
    )


def _with_link(request, incident, made):
    return {
        "sentence": wording.linked(made.type, made.from_incident, made.to_incident),
        "ends": (made.from_incident, made.to_incident),
        "needs_claim": made.type not in EDITORIAL_LINKS,
        **_chain_after(request, incident),
    }


def _chain_after(request, incident):
    """The chain as it is in the rehearsal, and what the next edition of a public incident shows of it."""
    _, before = editions.last_document(incident)
    found = differences.between(before, editions.preview(incident)) if before else []
    return {
        "chain_after": chains.of(incident, request.user),
        "differences": [one for one in found if one.field in LINKS],
        "is_public": before is not None,
    }


@form_page
@for_desk
def unlink(request, uid):
    made = link_for(request.user, uid)
    access.require_judge(request.user)
    incident = made.from_incident
    return in_two_steps(
        request,
        DeskForm(request.POST),  # nothing to fill in, so that what would follow is shown at once
        lambda: incidents.unlink(made, by=request.user),
        template="desk/publishing/link.html",
        title=_("Remove the link “%(link)s”?") % {"link": made},
        explanation=_("A link that claims are about cannot be removed; those are rejected or retracted instead."),
        button=_("Remove the link"),
        is_dangerous=True,
        chain=chains.of(incident, request.user),
        about=[incident],
        see=lambda prospect: _chain_after(request, incident),
        back=incident.get_absolute_url(),
        done=_("The link is removed. Linking the two again undoes it."),
    )
