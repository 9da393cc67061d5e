"""Folding one incident into another: no claim, citation or link is lost, and what moved is noted for the way back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from events import access
from events.choices import EditionKind, EditionReason, IncidentStatus, LinkType
from events.models.incident import IncidentLink
from events.press import comments, conflicts, links, printing, publishing, registers, traces

# What the survivor may take over from the other one → the columns that hold it.
FACTS = {
    "title": ("title",),
    "kind": ("kind", "category"),
    "date": ("date_start", "date_end", "date_precision", "date_time", "date_zone"),
    "location": ("location_id", "location_precision"),
    "summary": ("summary",),
    "tags": ("tags",),
}
# Under these names the loser's trace holds what undoing the merge needs.
NOTES = ("taken_facts", "moved_claims", "moved_links", "dropped_links")


@transaction.atomic
def merge(loser, survivor, *, by, note, fields=()):
    """Fold one incident into another: every claim with its citations and every link moves over (I16).

    `fields` names the facts of FACTS that the survivor takes from the loser. Where the loser was public its address
    leads to the survivor from now on; the survivor, if public, gets its next edition at once. Raises ValidationError
    when a claimant says contradicting things in the two.
    """
    access.require_judge(by)
    loser, survivor = publishing.locked(loser, survivor)
    _require_mergeable(loser, survivor, fields)
    was_public = loser.status == IncidentStatus.PUBLISHED
    moved = {
        "taken_facts": _take_facts(loser, survivor, fields, by=by),
        "moved_claims": _move_claims(loser, survivor, by=by),
        **_move_links(loser, survivor, by=by),
    }
    comments.move(loser, survivor, by=by)
    links.require_all_sound(survivor)
    trace = {name: (None, what) for name, what in moved.items() if what}
    publishing.set_status(loser, IncidentStatus.MERGED.value, by=by, merged_into=survivor, **trace)
    told = {"by": by, "reason": EditionReason.MERGE.value, "note": note}
    with registers.kept_up(by=by, reason=EditionReason.MERGE.value):
        if was_public:
            printing.tombstone(loser, EditionKind.MERGED, survivor=survivor, **told)
        if survivor.status == IncidentStatus.PUBLISHED:
            publishing.publish_if_changed(survivor, **told)
        else:
            traces.touch_incident(survivor)
    return survivor


def _require_mergeable(loser, survivor, fields):
    if loser.pk == survivor.pk or not loser.is_open or not survivor.is_open:
        raise ValidationError({"survivor": gettext("Choose two different incidents that are both still open.")})
    if loser.status == IncidentStatus.PUBLISHED and survivor.status != IncidentStatus.PUBLISHED:
        sentence = gettext("A published incident can only be merged into a published one.")
        raise ValidationError({"survivor": sentence})
    if unknown := set(fields) - FACTS.keys():
        room = {"unknown": ", ".join(sorted(unknown)), "known": ", ".join(FACTS)}
        raise ValidationError(gettext("%(unknown)s: choose among %(known)s.") % room)
    if survivor.status == IncidentStatus.PUBLISHED and publishing.claims_that_go_in(loser).undecided().exists():
        raise ValidationError(gettext("Decide the claims of both incidents before merging them."))
    conflicts.require_none_between(loser, survivor)


def _take_facts(loser, survivor, fields, *, by):
    """Write the loser's facts over the survivor's. Returns every column of the facts that differed, before and after."""
    before, theirs = traces.snapshot(survivor), traces.snapshot(loser)
    taken = [name for name in FACTS if name in fields and any(before[one] != theirs[one] for one in FACTS[name])]
    columns = [column for name in taken for column in FACTS[name]]
    for column in columns:
        setattr(survivor, column, getattr(loser, column))
    if columns:
        traces.save_changed(survivor, before, by=by)
    return [{"column": column, "before": before[column], "after": theirs[column]} for column in columns]


def _move_claims(loser, survivor, *, by):
    """Uids of the claims that moved."""
    offset, moved = survivor.claims.count(), []
    for claim in loser.claims.order_by("position", "pk"):
        before = traces.snapshot(claim)
        claim.incident = survivor
        claim.position += offset
        traces.save_changed(claim, before, by=by)
        moved.append(claim.uid)
    return moved


def _move_links(loser, survivor, *, by):
    """Links of the loser become the survivor's; those that would double one, or lead to itself, fall away.

    Returns what the way back needs: "moved_links" (uid and column) and "dropped_links" (all of them, with the claims
    that another link took over).
    """
    moved, dropped = [], []
    for column, other in (("from_incident", "to_incident"), ("to_incident", "from_incident")):
        for link in IncidentLink.objects.filter(**{column: loser}).select_related("from_incident", "to_incident"):
            double = IncidentLink.objects.filter(
                **{column: survivor, other: getattr(link, other), "type": link.type}
            ).first()
            if double is None and _can_move(link, column, other, survivor):
                before = traces.snapshot(link)
                setattr(link, column, survivor)
                traces.save_changed(link, before, by=by)
                traces.touch_incident(getattr(link, other))
                moved.append({"uid": link.uid, "column": column})
                continue
            handed_over = _hand_over_claims(link, double, by=by) if double is not None else []
            if link.claims.exists():
                raise ValidationError(gettext("Claims are about a link between the two; retract or reject them first."))
            noted = {"uid": link.uid, "double": double.uid if double is not None else "", "claims": handed_over}
            dropped.append(noted | traces.snapshot(link))
            traces.removed(link, by=by)
            link.delete()
    return {"moved_links": moved, "dropped_links": dropped}


def _can_move(link, column, other, survivor):
    """Not if it would lead home, or give the survivor a second whole."""
    if getattr(link, f"{other}_id") == survivor.pk:
        return False
    is_second_whole = column == "from_incident" and link.type == LinkType.PART_OF
    return not (is_second_whole and survivor.links_out.filter(type=LinkType.PART_OF).exists())


def _hand_over_claims(link, double, *, by):
    """Uids of the claims about the link that are about its double from now on."""
    handed_over = []
    for claim in link.claims.all():
        before = traces.snapshot(claim)
        claim.link = double
        traces.save_changed(claim, before, by=by)
        handed_over.append(claim.uid)
    return handed_over
