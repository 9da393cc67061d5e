"""Loading lists of places that others publish: what is new is added in bulk, what is known gets only what it lacks."""

import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext

from events import access
from events.choices import LocationLevel
from events.desk import listed_places
from events.desk.known_places import Batch, Divisions
from events.desk.registers.aliases import held
from events.exchange import gazetteers
from events.exchange.gazetteer_rows import Skipped
from events.exchange.rows import Problem
from events.models.change import Change
from events.models.location import Location, LocationAlias
from events.press import traces

BATCH = 500
BREATH = 0.05  # seconds
_TIES = {"parent", "country", "province", "district", "merged_into", "created_by"}  # rows of ours; a query for each
_COARSE = ("country", "province", "district")
_FINER = tuple(level.value for level in LocationLevel if level.value not in _COARSE)
_ROUNDS = (("country", "province"), ("district",), _FINER)  # what others lie in comes first
_POINT = ("latitude", "longitude", "coordinate_basis")
FILLED = ("geonames_id", "pcode", "population", "time_zone", "wikidata", *_POINT)


@dataclass
class Loaded:
    """What loading one file did: counts; `skipped` by what the list calls such rows."""

    rows: int = 0
    added: Counter = field(default_factory=Counter)  # by level
    known: int = 0
    filled: Counter = field(default_factory=Counter)  # by column
    aliases: int = 0  # names that known places got
    unplaced: int = 0  # rows whose point is called approximate, and was not taken
    skipped: Counter = field(default_factory=Counter)
    refused: int = 0


def load(path, *, by, keys, said=lambda rows: None, refused=lambda problem: None):
    """Load a file of gazetteers.KINDS; returns Loaded. At any length in little memory, a batch in each transaction.

    As one transaction a long list would keep everybody else from writing on SQLite until they give up. Whoever is stopped
    loads the file again: what is known then changes nothing.

    `keys` are codes by which GeoNames calls divisions, with their slugs ("PK.03" → "khyber-pakhtunkhwa"). `refused` is
    called with the Problem of each row that is not taken, `said` now and then with the number of rows. Raises Refused.
    """
    access.require_judge(by)
    loading = _Loading(by, said, refused)
    if gazetteers.kind_of(path) == gazetteers.NAMES:
        loading.names(gazetteers.read(path))
    else:
        loading.places(path, Divisions(keys))
    return loading.done


class _Loading:
    def __init__(self, by, said, refused):
        self._by, self._said, self._refused = by, said, refused
        self.done = Loaded()

    def places(self, path, divisions):
        for levels in _ROUNDS:
            rows = gazetteers.read(path)
            is_last = levels == _FINER  # in which rows are counted and refused
            told = self._told(rows) if is_last else (row for row in rows if not isinstance(row, Skipped | Problem))
            wanted = (row for row in told if row.level in levels)
            while batch := list(islice(wanted, BATCH)):
                with self._written():
                    self._batch(batch, divisions)

    def names(self, rows):
        told = self._told(rows)
        while batch := list(islice(told, BATCH)):
            with self._written():
                self._names(batch)

    @staticmethod
    @contextmanager
    def _written():
        """A batch in its transaction, and on SQLite a moment afterwards in which others write."""
        with transaction.atomic():
            yield
        if connection.vendor == "sqlite":
            time.sleep(BREATH)

    def _told(self, rows):
        """The rows to take; the others are counted and said."""
        for row in rows:
            self.done.rows += 1
            if self.done.rows % (5 * BATCH) == 0:
                self._said(self.done.rows)
            if isinstance(row, Problem):
                self._refuse(row)
            elif isinstance(row, Skipped):
                self.done.skipped[row.what] += 1
            else:
                yield row

    def _refuse(self, problem):
        self.done.refused += 1
        self._refused(problem)

    def _batch(self, entries, divisions):
        batch, made, known = Batch(entries), [], []
        self.done.unplaced += sum(entry.is_approximate for entry in entries)
        for entry in entries:
            around = divisions.around(entry)
            if place := self._known(entry, around, batch, divisions):
                known.append((place, entry))
            elif problem := _problem(entry, around):
                self._refuse(problem)
            else:
                place = listed_places.made(entry, around, self._by)
                batch.know(place)
                made.append((place, entry))
        self._add(made)
        self._fill([(place, entry) for place, entry in known if not place.merged_into_id])
        self.done.known += len(known)
        for place, entry in (*made, *known):
            if place.level in _COARSE and not place.merged_into_id:
                divisions.know(place, entry.key if entry.level == place.level else "")

    @staticmethod
    def _known(entry, around, batch, divisions):
        country, province, _ = around
        level = LocationLevel(entry.level)
        if level == LocationLevel.COUNTRY:
            return country
        if level not in (LocationLevel.PROVINCE, LocationLevel.DISTRICT):
            return batch.find(entry, around, divisions.sides(entry))
        above = country if level == LocationLevel.PROVINCE else province
        return divisions.meant(entry, above) or batch.find(entry, around, frozenset())

    def _add(self, made):
        places = [place for place, _ in made]
        listed_places.give_addresses(places)
        for place in places:
            place.clean_fields(exclude=_TIES)
        Location.objects.bulk_create(places, batch_size=200)
        self._close([place for place in places if place.level in _COARSE])
        now = timezone.now()
        Change.objects.bulk_create((self._created(place, now) for place in places), batch_size=500)
        found = (listed_places.aliases(place, entry.aliases, {place.folded}) for place, entry in made)
        LocationAlias.objects.bulk_create((alias for aliases in found for alias in aliases), batch_size=500)
        self.done.added.update(place.level for place in places)

    @staticmethod
    def _close(divisions):
        """A province and a district lie in themselves, too."""
        for place in divisions:
            setattr(place, place.level, place)
        Location.objects.bulk_update(divisions, ["province", "district"], batch_size=200)

    def _created(self, place, at):
        after = {name: value for name, value in traces.snapshot(place).items() if value not in (None, "")}
        return self._change(place, "created", None, after, at)

    def _fill(self, known):
        """Give known places what they lack, as they are now in the database."""
        places = Location.objects.select_for_update().in_bulk({place.pk for place, _ in known})
        spelt, changed, changes, aliases = _spelt(places), {}, [], []
        for place, entry in ((places[place.pk], entry) for place, entry in known):
            if fresh := listed_places.lacking(place, entry):
                before, now = traces.snapshot(place), timezone.now()
                for name, value in fresh.items():
                    setattr(place, name, value)
                place.version += 1
                place.clean_fields(exclude=_TIES)
                after = traces.snapshot(place)
                changes += [self._change(place, name, before[name], after[name], now) for name in fresh]
                changed[place.uid] = place
                self.done.filled.update(fresh.keys() - {"longitude", "coordinate_basis"})
            aliases += listed_places.aliases(place, listed_places.local(entry.aliases), spelt[place.pk])
        self._name(aliases, changes, changed)
        self._store(changed, changes)

    def _store(self, changed, changes):
        Location.objects.bulk_update(changed.values(), [*FILLED, "version", "updated_at"], batch_size=200)
        Change.objects.bulk_create(changes, batch_size=500)

    def _name(self, aliases, changes, changed):
        """Add names to known places; each is an act of its own, as when a person adds it."""
        LocationAlias.objects.bulk_create(aliases, batch_size=500)
        for alias in aliases:
            changes.append(self._change(alias.location, "aliases", None, held(alias), timezone.now()))
            changed[alias.location.uid] = alias.location
        self.done.aliases += len(aliases)
        for place in changed.values():
            place.updated_at = timezone.now()

    def _change(self, place, name, before, after, at):
        return Change(
            model="location", object_uid=place.uid, field=name, before=before, after=after, by=self._by, at=at
        )

    def _names(self, rows):
        """Names and Wikidata numbers by GeoNames number; rows of places that nobody loaded are passed over."""
        wanted = Location.objects.current().filter(geonames_id__in={row.geonames_id for row in rows})
        places = {place.geonames_id: place for place in wanted.select_for_update().order_by("pk")}
        spelt = _spelt({place.pk: place for place in places.values()})
        changed, changes, aliases = {}, [], []
        for row in rows:
            place = places.get(row.geonames_id)
            if place is None:
                self.done.skipped[gettext("names of places that are not loaded")] += 1
            elif row.wikidata and not place.wikidata:
                place.wikidata, place.version = row.wikidata, place.version + 1
                changes.append(self._change(place, "wikidata", "", row.wikidata, timezone.now()))
                changed[place.uid] = place
                self.done.filled["wikidata"] += 1
            elif not row.wikidata and (new := listed_places.named(place, row, spelt[place.pk])):
                aliases.append(new)
            else:
                self.done.known += 1
        self._name(aliases, changes, changed)
        self._store(changed, changes)


def _spelt(places):
    """{primary key: folded names of a place}. One query."""
    found = {pk: {place.folded} for pk, place in places.items()}
    for pk, folded in LocationAlias.objects.filter(location__in=found).values_list("location", "folded"):
        found[pk].add(folded)
    return found


def _problem(entry, around):
    """Why an entry cannot be added, or None."""
    country, province, _ = around
    if country is None or entry.level == LocationLevel.COUNTRY:
        said = gettext("The register has no country “%(iso)s”; add it, or load its outline, first.")
        return Problem(entry.line, LocationLevel.COUNTRY.value, entry.country_iso, said % {"iso": entry.country_iso})
    if province is None and entry.level != LocationLevel.PROVINCE:
        said = gettext("It is not known in which province “%(name)s” lies; load the provinces or their outlines first.")
        return Problem(
            entry.line, LocationLevel.PROVINCE.value, entry.province or entry.province_key, said % {"name": entry.name}
        )
    return None
