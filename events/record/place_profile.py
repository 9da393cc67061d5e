"""What the page of a place shows: what lies above, within and beside it, with how many incidents, and of which kinds."""

from dataclasses import dataclass

from django.db.models import Count, F
from django.urls import reverse

from events import locator, outlines
from events.choices import LEVEL_RANK, Kind
from events.models.location import Location
from events.record import charts, registers, small_map, statistics, statistics_time
from events.record.selection import Selection

BESIDE = 8  # neighbours on the page
_DEEPEST = max(LEVEL_RANK.values())
_CHAIN = ["location", *("location" + "__parent" * steps for steps in range(1, _DEEPEST + 1))]


@dataclass(frozen=True)
class Counted:
    """A place, or a kind of incident, with its public incidents; those of a place include what lies within it."""

    entry: object
    incidents: int
    query: str = ""


def found(slug):
    """The place of the record with what lies above it, to the country, and its names; None without one. Two queries."""
    above = ["parent" + "__parent" * steps for steps in range(_DEEPEST)]
    known = registers.locations().filter(slug=slug).select_related("country", "province", "district", *above)
    return known.prefetch_related("aliases").first()


def of(location):
    """Everything of the page but its list of incidents, for a template; `location` is as `found` gives it. Eight queries."""
    selection = Selection.about(location=location)
    over_time = statistics_time.over_time(selection, statistics.by_dates(selection.queryset()))
    groups = _groups(registers.incidents_in(location), "kind")
    children, here = _next_below(location, groups)
    beside, outline = _beside(location), outlines.of(location)
    places = Location.objects.in_bulk({*children, *beside})
    return {
        "location": location,
        "above": _above(location),
        "selection": selection,
        "timeline": reverse("timeline"),
        "over_time": over_time,
        "chart": charts.histogram(over_time, reverse("timeline")),
        "map": small_map.of(selection),
        "outline": outline,
        "locator": locator.svg_of(location, outline) if outline else None,
        "incidents_total": sum(group["n"] for group in groups),
        "kinds": _kinds(groups, selection),
        "inside": _sorted(children, places),
        "here": here,
        "beside": _sorted(beside, places)[:BESIDE],
        "names": [alias for alias in location.aliases.all() if not alias.scheme],
        "identifiers": [alias for alias in location.aliases.all() if alias.scheme],
    }


def _groups(rows, *also):
    """Dicts of a place's key, those of everything above it, and how many incidents are said to be there. One query."""
    chain = {f"place_{steps}": F(path) for steps, path in enumerate(_CHAIN)}
    return list(rows.order_by().values(*also, **chain).annotate(n=Count("pk")))


def _next_below(location, groups):
    """({key of a place directly in this one: incidents in it}, incidents of which nothing finer is said)."""
    found, here = {}, 0
    for group in groups:
        chain = [group[f"place_{steps}"] for steps in range(len(_CHAIN))]
        steps = chain.index(location.pk) if location.pk in chain else None
        if steps == 0:
            here += group["n"]
        elif steps:
            found[chain[steps - 1]] = found.get(chain[steps - 1], 0) + group["n"]
    return found, here


def _beside(location):
    """{key of another place directly in the same one: incidents in it}; none for what lies in nothing."""
    if location.parent is None:
        return {}
    found, _ = _next_below(location.parent, _groups(registers.incidents_in(location.parent)))
    return {pk: number for pk, number in found.items() if pk != location.pk}


def _sorted(counts, places):
    """List of Counted, the most incidents first."""
    rows = [Counted(places[pk], number) for pk, number in counts.items()]
    return sorted(rows, key=lambda row: (-row.incidents, row.entry.name, row.entry.pk))


def _kinds(groups, selection):
    counts = {}
    for group in groups:
        counts[group["kind"]] = counts.get(group["kind"], 0) + group["n"]
    rows = [Counted(Kind(code), number, selection.narrowed(kind=code)) for code, number in counts.items()]
    return sorted(rows, key=lambda row: (-row.incidents, row.entry.label))


def _above(location):
    found, place = [], location.parent
    while place is not None:
        found.append(place)
        place = place.parent
    return found[::-1]
