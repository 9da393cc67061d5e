"""The registers: actors, places, sources and documents. Anyone of the desk may add; editors change, rename and fold."""

import hashlib
from decimal import Decimal
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from events import access, names
from events.choices import LEVEL_RANK, SYMMETRIC_RELATIONS, LocationLevel
from events.desk.problems import errors_under
from events.desk.stale import Stale
from events.models.actor import Actor, ActorAlias, ActorRelation
from events.models.claim import CasualtyLine, Citation, Claim
from events.models.incident import Incident
from events.models.location import Location, LocationAlias
from events.models.source import Document, Source, url_key
from events.press import traces


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
    _place_within(location)
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
    _place_within(location)
    for child in location.children.order_by("pk"):
        _place_below(child)
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
    if document.captured_text and fields.get("captured_text", document.captured_text) != document.captured_text:
        raise ValidationError({"captured_text": "The captured text is evidence and stays as it was captured."})
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
    relation = ActorRelation(subject=subject, type=type, object=object, created_by=by, **fields)
    if type in {"part_of", "faction_of"} and _reaches(object, subject, type):
        raise ValidationError({"object": f"{object} itself stands below {subject}; the two cannot contain each other."})
    relation.full_clean()
    relation.save()
    traces.created(relation, by=by)
    return relation


@transaction.atomic
def merge_actor(loser, survivor, *, by):
    """Fold one actor into another: its names, relations and claims move over, its own row stays as a pointer."""
    moves = (
        (Claim, "claimant"),
        (Claim, "value_actor"),
        (CasualtyLine, "party"),
        (Source, "owner"),
    )
    _fold(loser, survivor, by=by, moves=moves)
    for relation in ActorRelation.objects.filter(subject=loser) | ActorRelation.objects.filter(object=loser):
        before = traces.snapshot(relation)
        relation.subject = survivor if relation.subject_id == loser.pk else relation.subject
        relation.object = survivor if relation.object_id == loser.pk else relation.object
        if relation.type in SYMMETRIC_RELATIONS and relation.subject_id > relation.object_id:
            relation.subject, relation.object = relation.object, relation.subject
        traces.save_changed(relation, before, by=by)
    _take_over_names(loser, survivor, by=by, add_alias=add_actor_alias)
    return survivor


@transaction.atomic
def merge_location(loser, survivor, *, by):
    """Fold one place into another: names, incidents, claims and what lies in it move over."""
    _fold(loser, survivor, by=by, moves=((Incident, "location"), (Claim, "value_location"), (Location, "parent")))
    for child in survivor.children.order_by("pk"):
        _place_below(child)
    _take_over_names(loser, survivor, by=by, add_alias=add_location_alias)
    return survivor


@transaction.atomic
def merge_source(loser, survivor, *, by):
    """Fold one source into another; its documents move over."""
    _fold(loser, survivor, by=by, moves=((Document, "source"),))
    return survivor


def find_source(address):
    """The source whose domain an address belongs to (exactly or below it), or None."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    while host.count("."):
        if source := Source.objects.filter(domain=host, merged_into=None).order_by("pk").first():
            return source
        host = host.partition(".")[2]
    return None


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
    if judged:
        access.require_judge(by)
    row = type(row).objects.select_for_update().get(pk=row.pk)
    if row.version != version:
        raise Stale(row, fields)
    before = traces.snapshot(row)
    _fill(row, fields)
    return traces.save_changed(row, before, by=by)


def _fill(row, fields):
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


def _place_within(location):
    """Copy the ancestors of a place to its own columns, itself included where it is one of the three levels."""
    above = {}
    place = location
    while place is not None:
        above.setdefault(place.level, place)
        place = place.parent
    location.country = above.get(LocationLevel.COUNTRY)
    location.province = above.get(LocationLevel.PROVINCE)
    location.district = above.get(LocationLevel.DISTRICT)
    location.save(update_fields=["country", "province", "district"])


def _place_below(location):
    _place_within(location)
    for child in location.children.order_by("pk"):
        if LEVEL_RANK[child.level] <= LEVEL_RANK[location.level]:
            raise ValidationError({"level": f"{child.name} lies in {location.name} and is not of a finer level."})
        _place_below(child)


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
    traces.changed(row, traces.snapshot(row), by=by, aliases=(None, text))
    return alias


def _reaches(start, goal, type):
    """Whether relations of one type lead from the start up to the goal."""
    seen, open_ends = set(), {start.pk}
    while open_ends:
        if goal.pk in open_ends:
            return True
        seen |= open_ends
        above = ActorRelation.objects.filter(subject__in=open_ends, type=type).values_list("object", flat=True)
        open_ends = set(above) - seen
    return False


def _fold(loser, survivor, *, by, moves):
    access.require_judge(by)
    if loser.pk == survivor.pk or survivor.merged_into_id is not None or loser.merged_into_id is not None:
        raise ValidationError("Choose two different entries that are both still in use.")
    for model, column in moves:
        for row in model.objects.filter(**{column: loser}).order_by("pk"):
            before = traces.snapshot(row)
            setattr(row, column, survivor)
            row.save(update_fields=[column])
            traces.changed(row, before, by=by)
    before = traces.snapshot(loser)
    loser.merged_into = survivor
    traces.save_changed(loser, before, by=by)


def _take_over_names(loser, survivor, *, by, add_alias):
    known = {survivor.folded, *survivor.aliases.values_list("folded", flat=True)}
    offered = [(loser.name, "", "former")]
    offered += [(alias.text, alias.language, alias.kind) for alias in loser.aliases.all()]
    for text, language, kind in offered:
        if names.fold(text) not in known:
            known.add(names.fold(text))
            add_alias(survivor, by=by, text=text, language=language, kind=kind)
