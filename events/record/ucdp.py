"""The public record in UCDP's terms: which incidents give a row of GED, why the others give none, and a page of rows.

Whether an incident gives a row is decided by its document, so a count has to know the documents. An outline of each is
kept by its SHA-256, of which it is a function, so that a document is read once in the life of a process.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

import orjson
from django.db.models import OuterRef, Subquery

from events.choices import AliasScheme, Category, EditionKind, EditionReason, LocationLevel
from events.exchange import ucdp, ucdp_names
from events.exchange.ucdp_countries import COUNTRIES
from events.models.actor import Actor, ActorAlias
from events.models.edition import Edition, EditionDocument, PublishedIncident, Subject
from events.models.location import Location
from events.models.release import Release
from events.record import editions
from events.record.parameters import Box

CURRENT = "current"
WITHHELD = "withheld"  # of a release: a later edition was made to protect somebody's privacy
CHUNK = 200  # documents in memory at a time
KEPT = 50_000  # outlines, of less than a kilobyte each
WALKS = 4  # answers whose further pages may still be asked for
INDEXED = (
    *("category", "kind", "killed_low", "killed_best", "date_start", "location_precision", "latitude"),
    "country__slug",
)
_outlines, _sides, _walks = {}, {}, []


@dataclass(frozen=True)
class Question:
    """What is asked for; an empty value means that nobody asked. Days are compared with the last day, as UCDP does."""

    ids: tuple[int, ...] = ()
    countries: tuple[int, ...] = ()
    box: Box | None = None
    since: date | None = None
    until: date | None = None
    types: tuple[int, ...] = ()
    dyads: tuple[int, ...] = ()
    actors: tuple[int, ...] = ()


@dataclass(frozen=True)
class Chosen:
    """`found` are pairs of (number of the incident, primary key of the edition), in the one order of these lists.

    The order is that of first publication, so that what is published meanwhile comes last and moves no page.
    """

    found: list[tuple[int, int]] = field(default_factory=list)
    skipped: Counter = field(default_factory=Counter)  # reason → how many incidents that were asked for give no row


def register():
    """The Register of names and numbers: three queries."""
    countries = Location.objects.filter(level=LocationLevel.COUNTRY).values_list("slug", "iso", "merged_into__iso")
    schemes = (AliasScheme.UCDP_ACTOR.value, AliasScheme.UCDP_DYAD.value)
    noted = ActorAlias.objects.filter(scheme__in=schemes).order_by("text", "pk")
    actors = {}
    for slug, *name in noted.values_list("actor__slug", "scheme", "text", "valid_from", "valid_until"):
        scheme, text, *validity = name
        since, until = (day.isoformat() if day else None for day in validity)
        actors.setdefault(slug, []).append(ucdp_names.External(scheme, text, since, until))
    folded = dict(Actor.objects.filter(merged_into__isnull=False).values_list("slug", "merged_into__slug"))
    for slug in folded:  # documents name an entry that was folded until they are reviewed again
        survivor = slug
        while survivor in folded:
            survivor = folded[survivor]
        if survivor in actors:
            actors[slug] = actors[survivor]
    return ucdp_names.Register({slug: into or iso for slug, iso, into in countries}, actors)


def choose(version, question, known):
    """Chosen of `CURRENT` or of a release by its name; None if there is no such release.

    While nothing is published, the pages of one question are cut from one answer.
    """
    asked = (version, question, _state(), known)
    for key, chosen in _walks:
        if key == asked:
            return chosen
    chosen = _current(question, known) if version == CURRENT else _released(version, question, known)
    if chosen is not None:
        _walks[:] = [(asked, chosen), *_walks[: WALKS - 1]]
    return chosen


def page(chosen, start, size, known):
    """At most `size` rows from place `start` on. One query, read a few documents at a time."""
    wanted = chosen.found[start : start + size]
    numbers = {edition: number for number, edition in wanted}
    documents = EditionDocument.objects.filter(edition__in=numbers).values_list("edition_id", "body")
    rows = {
        edition: ucdp.row(orjson.loads(body), numbers[edition], known)
        for edition, body in documents.iterator(chunk_size=CHUNK)
    }
    return [rows[edition] for _, edition in wanted]


def releases():
    """Names of the releases, the newest first."""
    return list(_public_releases().values_list("name", flat=True))


def _state():
    """What changes with every edition. The last one alone would not tell of one that becomes visible after it."""
    last = Edition.objects.order_by("-pk").values_list("pk", "sha256").first()
    return last, Edition.objects.count()


def _current(question, known):
    """From the latest edition of each public incident; what the index can decide it decides."""
    rows = _in_index(question, known).values_list(
        "number_in_record", "edition_id", "edition__sha256", "counts_incident", *INDEXED
    )
    chosen, waiting = Chosen(), []
    for number, edition, sha256, is_leaf, *values in rows.iterator(chunk_size=2000):
        if reason := reason_in_index(is_leaf, values, known):
            chosen.skipped[reason] += 1
        else:
            waiting.append((number, edition, sha256))
    _choose(chosen, waiting, question, known)
    return chosen


def _released(name, question, known):
    """From the editions frozen in a release."""
    release = _public_releases().filter(name=name).first()
    if release is None:
        return None
    frozen = Edition.objects.filter(releases=release, subject=Subject.INCIDENT, kind=EditionKind.PUBLISHED)
    members = list(
        numbered(frozen, "subject_uid").values_list("number_in_record", "pk", "sha256", "subject_uid", "number")
    )
    withheld = _withheld(frozen)
    outlines = read_outlines([(edition, sha256) for _, edition, sha256, *_ in members], known)
    wholes = _wholes(outlines[sha256] for _, _, sha256, *_ in members)
    chosen, waiting = Chosen(), []
    for number, edition, sha256, uid, edition_number in members:
        outlined = outlines[sha256]
        if question.ids and ucdp.OFFSET + number not in question.ids or not _is_there(outlined, question, known):
            continue
        reason = outlined.reason
        if edition_number < withheld.get(uid, 0):
            reason = WITHHELD
        elif outlined.uid in wholes and reason != ucdp.NO_DEATH:
            reason = ucdp.OPERATION
        if reason:
            chosen.skipped[reason] += 1
        else:
            waiting.append((number, edition, sha256))
    _choose(chosen, waiting, question, known)
    return chosen


def _public_releases():
    return Release.objects.complete()


def _in_index(question, known):
    rows = PublishedIncident.objects.all()
    if question.ids:
        firsts = [number - ucdp.OFFSET for number in question.ids]
        named = Edition.objects.filter(pk__in=firsts, subject=Subject.INCIDENT, number=1)
        rows = rows.filter(uid__in=named.values("subject_uid"))
    if question.countries:
        rows = rows.filter(country__slug__in=_slugs(question, known))
    if question.since:
        rows = rows.filter(date_end__gte=question.since)
    if question.until:
        rows = rows.filter(date_end__lte=question.until)
    if box := question.box:
        rows = rows.filter(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))
    return numbered(rows, "uid")


def _slugs(question, known):
    """Slugs of the countries that were asked for."""
    wanted = {iso for iso, country in COUNTRIES.items() if country.number in question.countries}
    return [slug for slug, iso in known.countries.items() if iso in wanted]


def numbered(rows, uid):
    """The rows with the place of their incident's first edition in the sequence of the record, in that order."""
    first = Edition.objects.filter(subject=Subject.INCIDENT, subject_uid=OuterRef(uid), number=1)
    return rows.annotate(number_in_record=Subquery(first.values("pk")[:1])).order_by("number_in_record")


def reason_in_index(is_leaf, values, known):
    """Why an incident gives no row, as far as the values of INDEXED tell, or None."""
    category, kind, low, best, start, precision, latitude, country = values
    reason = ucdp.hindrance(
        category=category,
        kind=kind,
        killed_low=low,
        killed_best=best,
        start=start,
        precision=precision,
        latitude=latitude,
        country=country,
        register=known,
    )
    return ucdp.OPERATION if not is_leaf and category == Category.VIOLENT and reason != ucdp.NO_DEATH else reason


def _choose(chosen, waiting, question, known):
    """Fill `chosen` with those of the waiting that give a row of the types, dyads and actors asked for."""
    outlines = read_outlines([(edition, sha256) for _, edition, sha256 in waiting], known)
    for number, edition, sha256 in waiting:
        outlined = outlines[sha256]
        if outlined.reason:
            chosen.skipped[outlined.reason] += 1
        elif _is_asked_for(outlined, question, known):
            chosen.found.append((number, edition))


def _is_there(outlined, question, known):
    """What `_in_index` asks, of an edition that the index no longer holds."""
    box = question.box
    return (
        (not question.countries or outlined.country in _slugs(question, known))
        and (not question.since or bool(outlined.end) and question.since.isoformat() <= outlined.end)
        and (not question.until or bool(outlined.end) and outlined.end <= question.until.isoformat())
        and (
            box is None
            or outlined.latitude is not None
            and box.south <= outlined.latitude <= box.north
            and box.west <= outlined.longitude <= box.east
        )
    )


def _is_asked_for(outlined, question, known):
    if question.types and outlined.sides.type not in question.types:
        return False
    if question.actors and not ucdp.actor_numbers(outlined, known) & set(question.actors):
        return False
    return not question.dyads or ucdp.dyad_number(outlined, known) in question.dyads


def read_outlines(editions_wanted, known, among=None):
    """SHA-256 → Outline of these (edition, SHA-256); a query for each chunk of documents that were not read before.

    One query in all where `among` is given, rows of an index that hold these editions; those that it holds no longer
    are read like the others.
    """
    countries = tuple(sorted(known.countries.items()))  # the one thing beside the document on which an outline depends
    found, missing = {}, {}
    for edition, sha256 in editions_wanted:
        kept = _outlines.get((sha256, countries))
        if kept is None:
            missing[edition] = sha256
        else:
            found[sha256] = kept
    for edition, body in _bodies(missing, among):
        outlined = ucdp.outline(orjson.loads(body), known)
        # Few pairs of parties make all the incidents, so that they are kept once.
        outlined = replace(outlined, sides=_sides.setdefault(outlined.sides, outlined.sides))
        found[missing[edition]] = _outlines[missing[edition], countries] = outlined
    while len(_outlines) > KEPT:
        _outlines.pop(next(iter(_outlines)), None)
    if len(_sides) > KEPT:
        _sides.clear()
    return found


def _bodies(missing, among):
    """(edition, body) of these editions."""
    waiting = dict.fromkeys(missing)
    if among is not None and waiting:
        documents = among.order_by().values_list("edition_id", "edition__document__body").iterator(chunk_size=CHUNK)
        for edition, body in documents:
            if edition in waiting:
                del waiting[edition]
                yield edition, body
    # What was published since the editions were pinned has moved rows of the index away from them.
    waiting = list(waiting)
    for place in range(0, len(waiting), CHUNK):
        documents = EditionDocument.objects.filter(edition__in=waiting[place : place + CHUNK])
        yield from documents.values_list("edition_id", "body")


def _wholes(outlines):
    """Uids, as documents show them, of the incidents of a release that have a part among them (R13)."""
    outlines = list(outlines)
    members = {outlined.uid for outlined in outlines}
    listing = {outlined.uid for outlined in outlines if members.intersection(outlined.parts)}
    return listing | {outlined.part_of for outlined in outlines if outlined.part_of}


def _withheld(frozen):
    """Uid → the number below which editions are withheld, for the incidents that have any such edition."""
    later = Edition.objects.filter(subject=Subject.INCIDENT, subject_uid__in=frozen.values("subject_uid"))
    touched = later.filter(reason=EditionReason.PRIVACY) | later.filter(kind=EditionKind.MERGED)
    histories = {}
    for edition in later.filter(subject_uid__in=touched.values("subject_uid")).order_by("-number"):
        histories.setdefault(edition.subject_uid, []).append(edition)
    return editions.withheld_below_each(histories) if histories else {}
