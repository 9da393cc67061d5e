"""The record as rows of ACLED: which public documents a query is about, read one at a time, however many there are.

The index says which incidents have a row and which of them the query is about, as far as it knows the columns asked for;
documents are read for the rows of the page alone, or for all that are left where the query asks for more than the index
knows. The same few queries, whatever the page.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby

import orjson
from django.db.models import Max, Q

from events.choices import AliasScheme, EditionKind, LocationLevel
from events.exchange import acled, acled_words
from events.exchange.acled_bounds import bounds
from events.models.actor import ActorAlias
from events.models.edition import Edition, PublishedIncident, Subject
from events.models.location import Location, LocationAlias

MOST = 20_000  # documents that one request may read
CHUNK = 100  # documents in memory at a time
FEW = 500  # editions that a query names one by one
NEWEST = ("-sort_date", "-uid")


class TooMany(Exception):
    """More documents would have to be read than one request may."""


@dataclass
class Tally:
    """What one pass has found: rows of the page, rows that fit, and why incidents have none."""

    count: int = 0
    total: int = 0
    skipped: Counter = field(default_factory=Counter)


def read(question, take):
    """Tally of a Question about events; `take` gets the rows of its page, newest day first, codes as numbers."""
    tally, facts = Tally(), known()
    first, behind = question.slice
    chosen = PublishedIncident.objects.filter(_within(bounds(question)))
    light, rest = question.parted(acled.OUTLINE)
    is_settled = not rest and not question.is_monadic  # the index alone says which rows fit
    wanted = set()
    for edition, found in outlines(chosen, facts):
        if isinstance(found, acled.Skip):
            tally.skipped[found.reason] += 1
        elif light.holds(found):
            if not is_settled or _is_on_page(tally.total, first, behind):
                wanted.add(edition)
            tally.total += is_settled
        _refuse_more(len(wanted))
    for row in _rows(chosen, wanted, facts):
        for one in acled.sides(row) if question.is_monadic else (row,):
            if is_settled or question.holds(one):
                if is_settled or _is_on_page(tally.total, first, behind):
                    take(one)
                    tally.count += 1
                tally.total += not is_settled
    return tally


def _is_on_page(place, first, behind):
    return place >= first and (behind is None or place < behind)


def deleted(since=None):
    """[(event id, Unix time)], newest first: ids that an edition had and the latest has no more, for whatever reason.

    Withdrawn, merged, split into parts, moved to another country, or no longer expressible. `since` is Unix time.
    """
    wholes = {
        uid: int(moment.timestamp())
        for uid, moment in PublishedIncident.objects.exclude(parent_uid="")
        .order_by()
        .values_list("parent_uid")
        .annotate(Max("published_at"))
    }
    again = Edition.objects.filter(subject=Subject.INCIDENT, number=2).values("subject_uid")
    is_changed = Q(subject_uid__in=again) | Q(subject_uid__in=PublishedIncident.objects.values("parent_uid"))
    editions = Edition.objects.filter(is_changed, subject=Subject.INCIDENT).order_by("subject_uid", "number")
    _refuse_more(editions.count())
    columns = ("subject_uid", "kind", "published_at", "document__body")
    facts, found = known(), []
    for uid, history in groupby(editions.values_list(*columns).iterator(chunk_size=CHUNK), key=lambda row: row[0]):
        found += _gone(history, wholes.get(uid), facts).items()
    return sorted((pair for pair in found if since is None or pair[1] >= since), key=lambda pair: (-pair[1], pair[0]))


@dataclass
class Seen:
    """How often, and from which day to which, something stands in the rows."""

    first: str
    last: str
    count: int = 0


def seen(keys_of, *, in_outline=False):
    """Key → Seen over all rows; `keys_of` gives the keys of a row, each counted once. Outlines cost no documents."""
    found, facts, everything = {}, known(), PublishedIncident.objects.all()
    fit = {edition: row for edition, row in outlines(everything, facts) if not isinstance(row, acled.Skip)}
    if not in_outline:
        _refuse_more(len(fit))
    for row in fit.values() if in_outline else _rows(everything, set(fit), facts):
        day = row["event_date"]
        for key in dict.fromkeys(keys_of(row)):
            entry = found.setdefault(key, Seen(day, day))
            entry.first, entry.last, entry.count = min(entry.first, day), max(entry.last, day), entry.count + 1
    return found


def last_published_at():
    """When the newest edition was published, or None in an empty record. One query."""
    return Edition.objects.aggregate(last=Max("published_at"))["last"]


def outlines(chosen, facts, order=NEWEST):
    """(edition, outline or Skip) of every chosen incident, newest day first, from the index alone. One query."""
    rows = chosen.order_by(*order).values_list("edition_id", "counts_incident", *_INDEXED)
    for row in rows.iterator(chunk_size=2000):
        edition, is_leaf, *values = row
        yield edition, acled.outline(_as_document(dict(zip(_INDEXED, values, strict=True))), facts, is_leaf=is_leaf)


_INDEXED = (
    *("uid", "category", "kind", "date_start", "date_end", "date_precision", "location_id", "country__slug"),
    *("location_precision", "latitude", "longitude", "attribution", "perpetrator_id", "published_at"),
)


def _as_document(row):
    """What the index holds of a document, in the document's shape, as far as an outline needs it."""
    country = {"slug": row["country__slug"]} if row["country__slug"] else None
    return {
        "uid": row["uid"],
        "edition": {"published_at": row["published_at"]},
        "category": row["category"],
        "kind": row["kind"],
        "date": {
            "start": row["date_start"] and row["date_start"].isoformat(),
            "end": row["date_end"] and row["date_end"].isoformat(),
            "precision": row["date_precision"],
        },
        "location": row["location_id"]
        and {"country": country, "latitude": row["latitude"], "longitude": row["longitude"]},
        "location_precision": row["location_precision"],
        "headline": {"attribution": {"status": row["attribution"], "actor": row["perpetrator_id"]}},
    }


def _rows(chosen, wanted, facts):
    """Rows of the editions wanted, newest day first, read from their documents one at a time. One query."""
    if not wanted:
        return
    # What has no row for one of these reasons need not be read.
    likely = chosen.filter(counts_incident=True, latitude__isnull=False, kind__in=acled_words.TYPES)
    columns = ("edition_id", "edition__document__body")
    if len(wanted) <= FEW:
        likely = likely.filter(edition_id__in=wanted)
    for edition, body in likely.newest_first().values_list(*columns).iterator(chunk_size=CHUNK):
        if edition in wanted:
            row = acled.row(orjson.loads(body), facts, is_leaf=True)
            if not isinstance(row, acled.Skip):
                yield row


def _within(limits):
    """Q over the index for Bounds; nothing that could fit lies outside."""
    found = Q()
    if limits.countries is not None:
        found &= Q(country__iso__in=limits.countries)
    if limits.first is not None:
        found &= Q(sort_date__gte=limits.first)
    if limits.last is not None:
        found &= Q(sort_date__lte=limits.last)
    if limits.since is not None:
        found &= Q(published_at__gte=_moment(limits.since))
    return found


def _moment(seconds):
    """Unix time as a moment, within the years that there are."""
    lowest, highest = (
        datetime.combine(day, datetime.min.time(), UTC).timestamp() for day in (date(1970, 1, 1), date.max)
    )
    return datetime.fromtimestamp(min(max(seconds, lowest), highest), UTC)


def _refuse_more(number):
    if number > MOST:
        raise TooMany


def _gone(history, whole_since, facts):
    """Event id → Unix time from which on the incident of these editions no longer had it."""
    gone, held, moment = {}, None, None
    for _, kind, published_at, body in history:
        moment = int(published_at.timestamp())
        now = acled.event_id(orjson.loads(body), facts) if kind == EditionKind.PUBLISHED else None
        if held and held != now:
            gone[held] = moment
        gone.pop(now, None)
        held = now
    if held and whole_since is not None:
        gone[held] = max(moment, whole_since)
    return gone


def known():
    """What the registers know beside the documents. Three queries."""
    # Documents name a country that was folded until they are reviewed again.
    countries = Location.objects.filter(level=LocationLevel.COUNTRY).values_list("slug", "iso", "merged_into__iso")
    return acled.Facts(
        actors=_names(ActorAlias, "actor__slug"),
        places=_names(LocationAlias, "location__slug"),
        countries={slug: into or iso for slug, iso, into in countries if (into or iso) in acled_words.COUNTRIES},
    )


def _names(model, slug):
    found = {}
    held = model.objects.filter(scheme=AliasScheme.ACLED).order_by("pk")
    for owner, *name in held.values_list(slug, "text", "valid_from", "valid_until"):
        found.setdefault(owner, []).append(acled.Name(*name))
    return found
