"""The registers: actors, places, sources and documents. Anyone of the desk may add; editors change, rename and fold."""

import hashlib
from decimal import Decimal
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events import access, names
from events.choices import (
    CHAIN_RELATIONS,
    LEVEL_RANK,
    SYMMETRIC_RELATIONS,
    AliasKind,
    LocationLevel,
    Verdict,
)
from events.desk import addresses, claims, quotes
from events.desk.problems import errors_under
from events.desk.stale import Stale
from events.models.actor import Actor, ActorAlias, ActorRelation
from events.models.casualty import CasualtyLine
from events.models.claim import Citation, Claim
from events.models.edition import Edition, Subject
from events.models.incident import Incident
from events.models.location import Location, LocationAlias
from events.models.source import Document, Source, url_key
from events.press import conflicts, index, traces
from events.rules import dates

ALIAS_FIELDS = ("text", "language", "kind", "scheme", "valid_from", "valid_until")


@transaction.atomic
def add_actor(*, by, aliases=(), **fields):
    """Add an actor; `aliases` are dicts with text, language and kind."""
    actor = _add(Actor, by=by, fields=fields)
    for number, alias in enumerate(aliases):
        with errors_under(f"aliases.{number}"):
            add_actor_alias(actor, by=by, **alias)
    return actor


@transaction.atomic
def add_location(*, by, aliases=(), **fields):
    """Add a place within its parent; country, province and district are copied from above."""
    location = _add(Location, by=by, fields=fields)
    _place_within(location, by)
    for number, alias in enumerate(aliases):
        with errors_under(f"aliases.{number}"):
            add_location_alias(location, by=by, **alias)
    return location


def add_source(*, by, **fields):
    """Add a source. Only editors grade it: for anybody else the reliability is F, cannot be judged."""
    if not access.can_judge(by):
        fields = {name: value for name, value in fields.items() if not name.startswith("reliability")}
    return _add(Source, by=by, fields=fields)


def add_document(*, by, **fields):
    """Add a document. A captured text is kept with its SHA-256 (of the UTF-8 bytes) and never edited later."""
    return _add(Document, by=by, fields=fields)


def edit_actor(actor, *, by, version, **fields):
    return _edit(actor, by=by, version=version, fields=fields)


@transaction.atomic
def edit_location(location, *, by, version, **fields):
    """Change a place; everything that lies in it follows when its parent or level changes."""
    location = _edit(location, by=by, version=version, fields=fields)
    _place_within(location, by)
    for child in location.children.order_by("pk"):
        _place_below(child, by)
    return location


def edit_source(source, *, by, version, **fields):
    """Change a source; grading its reliability notes who did so and when."""
    if "reliability" in fields and fields["reliability"] != source.reliability:
        fields |= {"reviewed_by": by, "reviewed_at": timezone.now()}
    return _edit(source, by=by, version=version, fields=fields)


@transaction.atomic
def edit_document(document, *, by, version, **fields):
    """Change a document. Its author may, until a decided claim cites it; editors always; the captured text stays."""
    access.require_work(by)
    cited = Citation.objects.filter(document=document).exclude(claim__verdict="pending").exists()
    if not access.can_judge(by) and (document.created_by_id != by.pk or cited):
        raise PermissionDenied("Only editors change a document that others rely on.")
    capture = fields.get("captured_text", document.captured_text)
    if document.captured_text and capture != document.captured_text:
        raise ValidationError({"captured_text": "The captured text is evidence and stays as it was captured."})
    accepted = Citation.objects.filter(document=document, claim__verdict=Verdict.ACCEPTED).exclude(excerpt="")
    if missing := [c.excerpt for c in accepted.order_by("pk") if not quotes.is_in(c.excerpt, capture)]:
        raise ValidationError(
            {"captured_text": f"An accepted claim quotes “{missing[0][:80]}”, which is not in this text."}
        )
    return _edit(document, by=by, version=version, fields=fields, judged=False)


def add_actor_alias(actor, *, by, text, **fields):
    return _add_alias(ActorAlias, by=by, owner={"actor": actor}, text=text, fields=fields)


def add_location_alias(location, *, by, text, **fields):
    return _add_alias(LocationAlias, by=by, owner={"location": location}, text=text, fields=fields)


@transaction.atomic
def relate(subject, type, object, *, by, **fields):
    """Enter a relation between two actors. Mutual ones are stored once; established ones are for editors to set."""
    access.require_work(by)
    if fields.get("basis") == "established":
        access.require_judge(by)
    if type in SYMMETRIC_RELATIONS and subject.pk > object.pk:
        subject, object = object, subject
    subject, object = _locked(subject, object)
    _check_years(fields.get("valid_from"), fields.get("valid_until"))
    relation = ActorRelation(subject=subject, type=type, object=object, created_by=by, **fields)
    if type in CHAIN_RELATIONS and _reaches(object, subject):
        raise ValidationError({"object": f"{object} itself stands below {subject}; the two cannot contain each other."})
    relation.full_clean()
    relation.save()
    traces.created(relation, by=by)
    return relation


@transaction.atomic
def merge_actor(loser, survivor, *, by):
    """Fold one actor into another: its names, relations and claims move over, its own row stays as a pointer."""
    moves = ((Claim, "claimant"), (Claim, "value_actor"), (CasualtyLine, "party"), (Source, "owner"))
    _fold(loser, survivor, by=by, moves=moves)
    for relation in ActorRelation.objects.filter(Q(subject=loser) | Q(object=loser)).order_by("pk"):
        _move_relation(relation, loser, survivor, by=by)
    for claim in Claim.objects.filter(claimant=survivor).accepted().select_related("incident", "relation", "link"):
        conflicts.require_none_among(claim)
    _take_over_names(loser, survivor, by=by, add_alias=add_actor_alias)
    _show_again(loser)
    return survivor


@transaction.atomic
def merge_location(loser, survivor, *, by):
    """Fold one place into another: names, incidents, claims and what lies in it move over."""
    _fold(loser, survivor, by=by, moves=((Incident, "location"), (Claim, "value_location"), (Location, "parent")))
    for child in survivor.children.order_by("pk"):
        child.full_clean()
        _place_below(child, by)
    _take_over_names(loser, survivor, by=by, add_alias=add_location_alias)
    _show_again(loser)
    return survivor


@transaction.atomic
def merge_source(loser, survivor, *, by):
    """Fold one source into another; its documents move over."""
    _fold(loser, survivor, by=by, moves=((Document, "source"),))
    _show_again(loser)
    return survivor


def _show_again(loser):
    """Let the public index name the survivor, and the queue show that the next editions would say it too."""
    touched = index.refresh_naming(loser)
    for incident in Incident.objects.filter(uid__in=touched).order_by("pk"):
        traces.touch_incident(incident)


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
        if relation.type in CHAIN_RELATIONS and _reaches(object, subject):
            raise ValidationError(f"{object} stands below {subject} already; folding would let each contain the other.")
        before = traces.snapshot(relation)
        relation.subject, relation.object = subject, object
        traces.save_changed(relation, before, by=by)
        return
    claims = relation.claims.order_by("pk")
    is_public = Edition.objects.of(Subject.RELATION, relation.uid).exists()
    if is_public or (double is None and claims.exists()):
        raise ValidationError(
            f"“{relation}” would become a relation that exists already, or one of an actor to itself; "
            "withdraw it, or reject its claims, before folding."
        )
    for claim in claims:
        before = traces.snapshot(claim)
        claim.relation = double
        traces.save_changed(claim, before, by=by)
    traces.removed(relation, by=by)
    relation.delete()


def find_source(address):
    """The source whose domain an address belongs to (exactly or below it), or None."""
    labels = (urlsplit(address).hostname or "").rstrip(".").removeprefix("www.").split(".")
    domains = [".".join(labels[first:]) for first in range(len(labels) - 1)]
    found = Source.objects.filter(domain__in=domains, merged_into=None).order_by("-pk")
    return max(found, key=lambda source: (len(source.domain), -source.pk), default=None)


def _add(model, *, by, fields):
    access.require_work(by)
    row = model(created_by=by)
    _fill(row, fields)
    if hasattr(row, "slug") and not row.slug:
        row.slug = _free_slug(model, row.name)
    row.full_clean()
    row.save()
    traces.created(row, by=by)
    return row


@transaction.atomic
def _edit(row, *, by, version, fields, judged=True):
    if "slug" in fields and fields["slug"] != row.slug:
        raise ValidationError({"slug": "The address is permanent: editions name the entry by it."})
    if judged:
        access.require_judge(by)
    row = type(row).objects.select_for_update().get(pk=row.pk)
    if row.version != version:
        raise Stale(row, fields)
    before = traces.snapshot(row)
    _fill(row, fields)
    return traces.save_changed(row, before, by=by)


def _fill(row, fields):
    if isinstance(row, Document):
        addresses.require_changed(row, fields)
    for name, value in fields.items():
        setattr(row, name, _stored(row, name, value))
    if hasattr(row, "folded"):
        row.folded = names.fold(row.name)
    if isinstance(row, Document):
        row.url_key = url_key(row.url) if row.url else ""
        row.sha256 = hashlib.sha256(row.captured_text.encode()).hexdigest() if row.captured_text else ""
    if isinstance(row, Source):
        row.domain = row.domain.lower().removeprefix("www.")


def _stored(row, name, value):
    """The value as the column keeps it: clean text; binary fractions rounded to the column's decimals."""
    if isinstance(value, str):
        return names.clean(value)
    if isinstance(value, float):
        return round(Decimal(str(value)), row._meta.get_field(name).decimal_places)
    return value


def _free_slug(model, name):
    stem = names.slugify(name)[:70] or model._meta.model_name
    taken = set(model.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for n in range(1, len(taken) + 2) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)


def _place_within(location, by):
    """Copy the ancestors of a place to its own columns, itself included where it is one of the three levels."""
    above = {}
    place = location
    while place is not None:
        above.setdefault(place.level, place)
        place = place.parent
    before = traces.snapshot(location)
    location.country = above.get(LocationLevel.COUNTRY)
    location.province = above.get(LocationLevel.PROVINCE)
    location.district = above.get(LocationLevel.DISTRICT)
    location.save(update_fields=["country", "province", "district"])
    traces.changed(location, before, by=by)


def _place_below(location, by):
    _place_within(location, by)
    for child in location.children.order_by("pk"):
        if LEVEL_RANK[child.level] <= LEVEL_RANK[location.level]:
            raise ValidationError({"level": f"{child.name} lies in {location.name} and is not of a finer level."})
        _place_below(child, by)


@transaction.atomic
def _add_alias(model, *, by, owner, text, fields):
    access.require_work(by)
    row = next(iter(owner.values()))
    if row.created_by_id != by.pk:
        access.require_judge(by)
    text = names.clean(text)
    alias = model(text=text, folded=names.fold(text), **owner, **fields)
    alias.full_clean()
    alias.save()
    traces.changed(
        row, traces.snapshot(row), by=by, aliases=(None, {name: getattr(alias, name) for name in ALIAS_FIELDS})
    )
    return alias


def _check_years(*days):
    for day in days:
        if day is not None and day.year < dates.FIRST_YEAR:
            raise ValidationError({"valid_from": f"{day.isoformat()} is before {dates.FIRST_YEAR}; check the year."})


def _reaches(start, goal):
    """Whether relations of the kind that make one body out of several lead from the start up to the goal."""
    seen, open_ends = set(), {start.pk}
    while open_ends:
        if goal.pk in open_ends:
            return True
        seen |= open_ends
        above = ActorRelation.objects.filter(subject__in=open_ends, type__in=CHAIN_RELATIONS)
        open_ends = set(above.values_list("object", flat=True)) - seen
    return False


def _locked(*entries):
    """The entries as they are now, in the order given, locked in the order of their keys: no deadlock."""
    model = type(entries[0])
    rows = model.objects.select_for_update().order_by("pk").in_bulk([entry.pk for entry in entries])
    return [rows[entry.pk] for entry in entries]


def _fold(loser, survivor, *, by, moves):
    access.require_judge(by)
    loser, survivor = _locked(loser, survivor)
    if loser.pk == survivor.pk or survivor.merged_into_id is not None or loser.merged_into_id is not None:
        raise ValidationError("Choose two different entries that are both still in use.")
    for model, column in moves:
        for row in model.objects.filter(**{column: loser}).order_by("pk"):
            _point_to(row, column, survivor, by)
    before = traces.snapshot(loser)
    loser.merged_into = survivor
    traces.save_changed(loser, before, by=by)


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


def _take_over_names(loser, survivor, *, by, add_alias):
    known = {(survivor.folded, ""), *survivor.aliases.values_list("folded", "scheme")}
    offered = [{"text": loser.name, "kind": AliasKind.FORMER}]
    offered += [{column: getattr(alias, column) for column in ALIAS_FIELDS} for alias in loser.aliases.all()]
    for alias in offered:
        key = (names.fold(alias["text"]), alias.get("scheme", ""))
        if key not in known:
            known.add(key)
            add_alias(survivor, by=by, **alias)
