"""The record as rows of ACLED: which public documents a query is about, read one at a time, however many there are.

The index leaves out what cannot fit (country, day, moment of the edition); each row is then compared with the query
itself. Four queries, whatever the page.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby

import orjson
from django.db.models import Max, Q

from events.choices import AliasScheme, EditionKind, LocationLevel
from events.exchange import acled, acled_words
from events.exchange.acled_bounds import Bounds, bounds
from events.models.actor import ActorAlias
from events.models.edition import Edition, PublishedIncident, Subject
from events.models.location import Location, LocationAlias

MOST = 50_000  # documents that one request may read
CHUNK = 100  # documents in memory at a time


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
    tally = Tally()
    first, behind = question.slice
    for found in _found(bounds(question)):
        if isinstance(found, acled.Skip):
            tally.skipped[found.reason] += 1
            continue
        for row in acled.sides(found) if question.is_monadic else (found,):
            if not question.holds(row):
                continue
            if tally.total >= first and (behind is None or tally.total < behind):
                take(row)
                tally.count += 1
            tally.total += 1
    return tally


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
    _refuse_more(editions)
    columns = ("subject_uid", "kind", "published_at", "document__body")
    facts, found = _facts(), []
    for uid, history in groupby(editions.values_list(*columns).iterator(chunk_size=CHUNK), key=lambda row: row[0]):
        found += _gone(history, wholes.get(uid), facts).items()
    return sorted((pair for pair in found if since is None or pair[1] >= since), key=lambda pair: (-pair[1], pair[0]))


@dataclass
class Seen:
    """How often, and from which day to which, something stands in the rows."""

    first: str
    last: str
    count: int = 0


def seen(keys_of):
    """Key → Seen over all rows; `keys_of` gives the keys of a row, each counted once."""
    found = {}
    for row in _found(Bounds()):
        if isinstance(row, acled.Skip):
            continue
        day = row["event_date"]
        for key in dict.fromkeys(keys_of(row)):
            entry = found.setdefault(key, Seen(day, day))
            entry.first, entry.last, entry.count = min(entry.first, day), max(entry.last, day), entry.count + 1
    return found


def last_published_at():
    """When the newest edition was published, or None in an empty record. One query."""
    return Edition.objects.aggregate(last=Max("published_at"))["last"]


def _found(limits):
    """Row or Skip of every public incident within the bounds, newest day first."""
    chosen = PublishedIncident.objects.filter(_within(limits))
    _refuse_more(chosen)
    columns = ("edition__document__body", "counts_incident")
    bodies = chosen.newest_first().values_list(*columns).iterator(chunk_size=CHUNK)
    return acled.rows(((orjson.loads(body), is_leaf) for body, is_leaf in bodies), _facts())


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


def _refuse_more(chosen):
    if chosen.count() > MOST:
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


def _facts():
    """What the registers know beside the documents. Three queries."""
    return acled.Facts(
        actors=_names(ActorAlias, "actor__slug"),
        places=_names(LocationAlias, "location__slug"),
        countries=dict(
            Location.objects.filter(level=LocationLevel.COUNTRY, iso__in=acled_words.COUNTRIES).values_list(
                "slug", "iso"
            )
        ),
    )


def _names(model, slug):
    found = {}
    held = model.objects.filter(scheme=AliasScheme.ACLED).order_by("pk")
    for owner, *name in held.values_list(slug, "text", "valid_from", "valid_until"):
        found.setdefault(owner, []).append(acled.Name(*name))
    return found
