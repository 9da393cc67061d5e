"""Rows of a plan that are likely in the ledger already: what happened within a day of an incident, near it, and alike.

Incidents are read a year at a time, when a row of that year comes, and compared in memory: a handful of questions to the
database for each 500 rows, whatever the file and the ledger hold. Facts are kept, and said by `likely_words`.
"""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from events import access
from events.choices import (
    KINDS_ALIKE,
    Category,
    Demographic,
    IncidentStatus,
    LocationLevel,
    Outcome,
    RowVerdict,
    VictimCategory,
)
from events.desk.importing import resembling
from events.desk.importing.resembling import APART, COARSE, Compared, Spot
from events.desk.likeness import LONGEST
from events.models.batch import ExternalRecord, ImportRow
from events.models.casualty import CasualtyLine
from events.models.claim import Claim
from events.models.incident import Incident
from events.models.location import Location

MOST = 3  # incidents that are kept of one row
_INCIDENT = ("pk", "title", "kind", "date_start", "date_end", "location_precision", "status", "created_by", "keeper")
_PLACE = ("pk", "level", "parent_id", "district_id", "province_id", "country_id", "latitude", "longitude")


class Finder:
    """Marks the new rows of one plan. `counts`: how many are likely here, of how many whoever brought it may know."""

    def __init__(self, batch, meanings):
        self.counts = {"likely": 0, "likely_open": 0}
        self._batch, self._meanings = batch, meanings
        self._is_editor = access.can_judge(batch.imported_by)
        self._years, self._on, self._spots = set(), {}, {None: None}

    def mark(self, rows, made):
        """Note at ImportRows, made of `rows` of a reader in this order, what they are like and what was decided before."""
        new = (pair for pair in zip(rows, made, strict=True) if pair[1].verdict == RowVerdict.NEW)
        pairs = [(row, kept) for row, kept in new if not row.uid]
        if not pairs:
            return
        self._read_spots({self._meanings.place(row.place).pk for row, _kept in pairs} - self._spots.keys())
        self._read_years({year for row, _kept in pairs for year in _years(row.date)} - self._years)
        decided = self._decided([kept.external_id for _row, kept in pairs])
        for row, kept in pairs:
            found, before = self._found(row), decided.get(kept.external_id)
            if not found and before is None:
                continue
            kept.likely = [facts for facts, _incident in found]
            kept.is_likely = True
            kept.is_likely_open = before is not None or any(incident.is_open for _facts, incident in found)
            if before is not None:
                kept.decision, kept.decided_by_id, kept.decided_at = before
            self.counts["likely"] += 1
            self.counts["likely_open"] += kept.is_likely_open

    def _found(self, row):
        """[(facts, Compared of the incident)] of at most MOST, the likeliest first; those that are open before others."""
        if not _is_dated(row.date.start, row.date.end):
            return []
        start, end = row.date.start.toordinal(), row.date.end.toordinal()
        near = {one.pk: one for day in range(start - APART, end + APART + 1) for one in self._on.get(day, ())}
        alike = KINDS_ALIKE.get(row.kind, ())
        candidates = [one for one in near.values() if one.kind in alike]
        if not candidates:
            return []
        sought = Compared(0, row.title, row.kind, start, end, *self._spot_of(row), _killed_in(row))
        found = [(facts, one) for one in candidates if (facts := resembling.likeness(sought, one))]
        return sorted(found, key=lambda pair: (-resembling.score(pair[0]), not pair[1].is_open, pair[1].pk))[:MOST]

    def _spot_of(self, row):
        """(Spot, its grain), with the coordinates of the row where it has some of its own."""
        place = self._meanings.place(row.place)
        spot, at = self._spots[place.pk], row.place.latitude
        if at is None:
            return spot, spot.grain(place.precision) if spot else COARSE
        if spot is None:
            spot = Spot(0, "", None, None, frozenset(), at, row.place.longitude)
            return spot, spot.grain(row.place.precision)
        if not place.is_whole:  # a village that no register knows, in a district that is known
            spot = Spot(0, "", spot.district, spot.province, spot.above, at, row.place.longitude)
            return spot, spot.grain(row.place.precision)
        spot = Spot(spot.pk, spot.level, spot.district, spot.province, spot.above, at, row.place.longitude)
        return spot, spot.grain(place.precision)

    def _read_spots(self, keys):
        if keys:
            for values in Location.objects.filter(pk__in=keys).values_list(*_PLACE):
                self._spots[values[0]] = _spot(values)

    def _read_years(self, years):
        """Two queries, none where all of these years are read."""
        if not years:
            return
        self._years |= years
        in_years = Q()
        for first, last in _spans(years):
            in_years |= Q(date_start__range=(date(first, 1, 1), date(last, 12, 31)))
        same = ExternalRecord.objects.filter(dataset=self._batch.dataset, incident=OuterRef("pk"))
        others = Incident.objects.live().filter(in_years, ~Exists(same)).exclude(category=Category.SERIES)
        killed = _killed(others)
        in_place = [f"location__{name}" for name in _PLACE]
        for values in others.order_by("pk").values_list(*_INCIDENT, *in_place):
            pk, title, kind, start, end, precision, status, author, keeper, *of_place = values
            if not _is_dated(start, end):
                continue
            spot = _spot(of_place) if of_place[0] else None
            known = Compared(
                pk,
                title,
                kind,
                start.toordinal(),
                end.toordinal(),
                spot,
                spot.grain(precision) if spot else COARSE,
                killed.get(pk, ()),
                self._is_editor or status == IncidentStatus.PUBLISHED or self._batch.imported_by_id in (author, keeper),
            )
            for day in range(known.start, known.end + 1):
                self._on.setdefault(day, []).append(known)

    def _decided(self, ids):
        """external id → (decision, by whom, when) of what was decided last about this row of the data set. One query."""
        earlier = ImportRow.objects.filter(external_id__in=ids, decided_at__isnull=False)
        rows = earlier.filter(batch__dataset=self._batch.dataset).order_by("decided_at", "pk")
        return {
            external_id: rest
            for external_id, *rest in rows.values_list("external_id", "decision", "decided_by", "decided_at")
        }


def _is_dated(start, end):
    return start is not None and (end - start).days < LONGEST


def _years(vague):
    """The years in which incidents begin that may be near."""
    if not _is_dated(vague.start, vague.end):
        return ()
    margin = timedelta(days=APART)
    first, last = vague.start - timedelta(days=LONGEST) - margin, vague.end + margin
    return {first.year, last.year}


def _spans(years):
    """[(first, last)] of years that follow one another."""
    spans = []
    for year in sorted(years):
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return spans


def _spot(values):
    pk, level, parent, district, province, country, latitude, longitude = values
    return Spot(
        pk,
        level,
        pk if level == LocationLevel.DISTRICT else district,
        pk if level == LocationLevel.PROVINCE else province,
        frozenset({pk, parent, district, province, country} - {None}),
        None if latitude is None else float(latitude),
        None if longitude is None else float(longitude),
    )


def _killed_in(row):
    """Killed of an IncidentRow."""
    tolls = [toll for claim in row.claims for toll in claim.tolls if toll.outcome == Outcome.KILLED]
    return resembling.killed(
        (toll.low, toll.best, toll.high, toll.party is None and toll.category == VictimCategory.ALL)
        for toll in tolls
        if any(number is not None for number in (toll.low, toll.best, toll.high))
    )


def _killed(incidents):
    """primary key → tuple of Killed that its standing claims say. One query."""
    said = CasualtyLine.objects.filter(
        outcome=Outcome.KILLED,
        demographic=Demographic.ANY,
        claim__in=Claim.objects.standing().filter(incident__in=incidents),
    ).exclude(low__isnull=True, best__isnull=True, high__isnull=True)
    found = {}
    for pk, *numbers, category, party in said.values_list(
        "claim__incident", "low", "best", "high", "category", "party"
    ):
        is_whole = party is None and category == VictimCategory.ALL
        found.setdefault(pk, []).append((*numbers, is_whole))
    return {pk: resembling.killed(lines) for pk, lines in found.items()}
