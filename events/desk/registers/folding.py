"""Folding a double into the entry that stays: names, and all that refers to it, move over; its address leads there."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from events import access, names
from events.choices import CHAIN_RELATIONS, SYMMETRIC_RELATIONS, AliasKind, EditionReason
from events.desk import claims
from events.desk.registers import aliases, columns
from events.desk.registers.relating import reaches
from events.models.actor import Actor, ActorRelation
from events.models.casualty import CasualtyLine
from events.models.claim import Claim
from events.models.edition import Edition, Subject
from events.models.incident import Incident
from events.models.location import Location
from events.models.source import Document, Source
from events.press import conflicts, index, naming, registers, traces

NOTHING_SAID = registers.Why()
USUAL = EditionReason.MERGE.value

# What refers to an entry → the column that does.
MOVES = {
    Actor: ((Claim, "claimant"), (Claim, "value_actor"), (CasualtyLine, "party"), (Source, "owner")),
    Location: ((Incident, "location"), (Claim, "value_location"), (Location, "parent")),
    Source: ((Document, "source"),),
}
# What the entry that stays may take from the other one → the columns that hold it.
FIELDS = {
    Actor: {
        "name": ("name", "folded"),
        "short_name": ("short_name",),
        "kind": ("kind",),
        "side": ("side",),
        "home_country": ("home_country",),
        "founded": ("founded_start", "founded_end", "founded_precision"),
        "dissolved": ("dissolved_start", "dissolved_end", "dissolved_precision"),
        "description": ("description",),
        "naming_note": ("naming_note",),
    },
    Location: {
        "name": ("name", "folded"),
        "level": ("level",),
        "parent": ("parent_id",),
        "coordinates": ("latitude", "longitude", "uncertainty_km", "coordinate_basis"),
        "iso": ("iso",),
        "geonames_id": ("geonames_id",),
        "pcode": ("pcode",),
        "wikidata": ("wikidata",),
        "disputed_note": ("disputed_note",),
        "note": ("note",),
    },
    Source: {
        "name": ("name", "folded"),
        "kind": ("kind",),
        "domain": ("domain",),
        "country": ("country",),
        "scale": ("scale",),
        "languages": ("languages",),
        "owner": ("owner_id",),
        "reliability": ("reliability", "reliability_note", "reviewed_by_id", "reviewed_at"),
    },
}


@transaction.atomic
def merge_actor(loser, survivor, *, by, taken=(), why=NOTHING_SAID):
    """Fold one actor into another: its names, relations and claims move over, its own row stays as a pointer.

    `taken` names the fields of FIELDS whose value the survivor takes from the other one. `why` is what readers are
    told of it; for privacy the names of the one that goes stay behind, and its earlier editions go out of sight.
    """
    with registers.changing(loser, survivor, by=by, why=why, usual=USUAL):
        return _merge_actor(loser, survivor, by=by, taken=taken, why=why)


def _merge_actor(loser, survivor, *, by, taken, why):
    loser, survivor = _fold(loser, survivor, by=by, taken=taken, why=why)
    for relation in ActorRelation.objects.filter(Q(subject=loser) | Q(object=loser)).order_by("pk"):
        _move_relation(relation, loser, survivor, by=by)
    for claim in Claim.objects.filter(claimant=survivor).accepted().select_related("incident", "relation", "link"):
        conflicts.require_none_among(claim)
    return _shown_again(loser, survivor, by=by, why=why)


@transaction.atomic
def merge_location(loser, survivor, *, by, taken=(), why=NOTHING_SAID):
    """Fold one place into another: names, incidents, claims and what lies in it move over."""
    _require_apart(loser, survivor)
    with registers.changing(loser, survivor, by=by, why=why, usual=USUAL):
        loser, survivor = _fold(loser, survivor, by=by, taken=taken, why=why)
        columns.place_below(survivor, by)
        for child in survivor.children.order_by("pk"):
            child.full_clean()
        return _shown_again(loser, survivor, by=by, why=why)


@transaction.atomic
def merge_source(loser, survivor, *, by, taken=(), why=NOTHING_SAID):
    """Fold one source into another; its documents move over."""
    with registers.changing(loser, survivor, by=by, why=why, usual=USUAL):
        loser, survivor = _fold(loser, survivor, by=by, taken=taken, why=why)
        return _shown_again(loser, survivor, by=by, why=why)


def _fold(loser, survivor, *, by, taken, why):
    access.require_judge(by)
    loser, survivor = columns.locked(loser, survivor)
    if loser.pk == survivor.pk or survivor.merged_into_id is not None or loser.merged_into_id is not None:
        raise ValidationError(_("Choose two different entries that are both still in use."))
    former = [] if why.is_private else _names(loser) + _names(survivor)
    for model, column in MOVES[type(loser)]:
        for row in model.objects.filter(**{column: loser}).order_by("pk"):
            _point_to(row, column, survivor, by)
    _take(loser, survivor, taken, by=by)
    if hasattr(survivor, "aliases"):
        _take_over_names(survivor, former, by=by)
    return loser, survivor


def _take(loser, survivor, taken, *, by):
    """Close the entry that goes, and write what the other one takes from it."""
    known = FIELDS[type(loser)]
    if unknown := sorted(set(taken) - set(known)):
        raise ValidationError(_("Nothing of this name can be taken over: %(fields)s.") % {"fields": ", ".join(unknown)})
    wanted = {column: getattr(loser, column) for name in known if name in taken for column in known[name]}
    before = traces.snapshot(loser)
    loser.merged_into = survivor
    if "geonames_id" in wanted:  # it belongs to one entry only
        loser.geonames_id = None
    traces.save_changed(loser, before, by=by)
    before = traces.snapshot(survivor)
    for column, value in wanted.items():
        setattr(survivor, column, value)
    if traces.snapshot(survivor) != before:
        traces.save_changed(survivor, before, by=by)


def _shown_again(loser, survivor, *, by, why):
    """Let the public index name the survivor, and the queue show that the next editions would say it too.

    Where the name is all that changes for readers, it changes at once.
    """
    naming.republish(survivor, by=by, folded=loser, is_private=why.is_private, note=why.note)
    touched = index.refresh_naming(loser)
    for incident in Incident.objects.filter(uid__in=touched).order_by("pk"):
        traces.touch_incident(incident)
    return survivor


def _require_apart(loser, survivor):
    """A place that lies in the one that goes would have to lie in itself."""
    place = survivor.parent
    while place is not None:
        if place.pk == loser.pk:
            raise ValidationError(
                _("%(survivor)s lies in %(loser)s, so it cannot take its place. Fold the other way, or move it first.")
                % {"survivor": survivor, "loser": loser}
            )
        place = place.parent


def _move_relation(relation, loser, survivor, *, by):
    """A relation that would double another, or join the survivor with itself, hands over its claims or falls away."""
    subject = survivor if relation.subject_id == loser.pk else relation.subject
    object = survivor if relation.object_id == loser.pk else relation.object
    if relation.type in SYMMETRIC_RELATIONS and subject.pk > object.pk:
        subject, object = object, subject
    double = ActorRelation.objects.filter(
        subject=subject, type=relation.type, object=object, valid_from=relation.valid_from
    ).first()
    if subject.pk != object.pk and double is None:
        if relation.type in CHAIN_RELATIONS and reaches(object, subject):
            raise ValidationError(
                _("%(object)s stands below %(subject)s already; folding would let each contain the other.")
                % {"object": object, "subject": subject}
            )
        before = traces.snapshot(relation)
        relation.subject, relation.object = subject, object
        traces.save_changed(relation, before, by=by)
        return
    spoken_of = relation.claims.order_by("pk")
    is_public = Edition.objects.of(Subject.RELATION, relation.uid).exists()
    if is_public or (double is None and spoken_of.exists()):
        raise ValidationError(
            _(
                "“%(relation)s” would become a relation that exists already, or one of an actor to itself; "
                "withdraw it, or reject its claims, before folding."
            )
            % {"relation": relation}
        )
    for claim in spoken_of:
        before = traces.snapshot(claim)
        claim.relation = double
        traces.save_changed(claim, before, by=by)
    traces.removed(relation, by=by)
    relation.delete()


def _point_to(row, column, survivor, by):
    before = traces.snapshot(row)
    setattr(row, column, survivor)
    if isinstance(row, CasualtyLine):  # a line has neither uid nor version: its trace is the claim's
        held = claims.parts_of(row.claim)
        row.save(update_fields=[column])
        lines = (held["lines"], claims.parts_of(row.claim)["lines"])
        traces.changed(row.claim, traces.snapshot(row.claim), by=by, lines=lines)
    else:
        traces.save_changed(row, before, by=by)


def _names(entry):
    """All names of an entry as its aliases hold them, its own as a former one."""
    others = [aliases.held(alias) for alias in entry.aliases.all()] if hasattr(entry, "aliases") else []
    return [{"text": entry.name, "kind": AliasKind.FORMER}, *others]


def _take_over_names(survivor, former, *, by):
    known = {(survivor.folded, ""), *survivor.aliases.values_list("folded", "scheme")}
    for name in former:
        key = (names.fold(name["text"]), name.get("scheme", ""))
        if key not in known:
            known.add(key)
            aliases.add(survivor, by=by, **name)
