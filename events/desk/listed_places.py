"""Rows of the register made from rows of a list: new places, what known ones lack, and their names."""

from decimal import Decimal

from events import names
from events.choices import AliasKind, CoordinateBasis, LocationLevel
from events.desk.gazetteer import is_local_script
from events.exchange.gazetteer_rows import Name
from events.models.location import Location, LocationAlias


def made(entry, around, by):
    """A new place as the list says it, without its permanent address."""
    country, province, district = around
    parent = district or province or country
    return Location(
        name=names.clean(entry.name),
        folded=names.fold(entry.name),
        level=entry.level,
        parent=parent,
        country=country,
        province=province,
        district=district,
        coordinate_basis=entry.basis,
        population=entry.population,
        time_zone=entry.time_zone,
        geonames_id=entry.geonames_id,
        pcode=entry.code,
        note=names.clean(entry.note),
        created_by=by,
        **_point(entry),
    )


def give_addresses(places):
    """Give new places permanent addresses that are free. One query."""
    wanted = {place.uid: _candidates(place) for place in places}
    every = {slug for slugs in wanted.values() for slug in slugs}
    taken = set(Location.objects.filter(slug__in=every).values_list("slug", flat=True))
    for place in places:
        place.slug = next(slug for slug in wanted[place.uid] if slug not in taken)
        taken.add(place.slug)


def _candidates(place):
    stem = names.slugify(place.name)[:70].rstrip("-") or "place"
    numbers = [f"{stem}-{number}" for number in (place.geonames_id, place.uid) if number]
    return [stem, f"{stem}-{place.parent.slug}"[:100].rstrip("-"), *numbers]


def _point(entry):
    if entry.latitude is None:
        return {}
    return {"latitude": Decimal(f"{entry.latitude:.5f}"), "longitude": Decimal(f"{entry.longitude:.5f}")}


def lacking(place, entry):
    """Column → value that the list says and the place does not have. No point is given to a country, nor one replaced."""
    said = {
        "geonames_id": entry.geonames_id,
        "pcode": entry.code,
        "population": entry.population,
        "time_zone": entry.time_zone,
    }
    fresh = {name: value for name, value in said.items() if value and not getattr(place, name)}
    if place.coordinate_basis == CoordinateBasis.NONE and place.level == entry.level != LocationLevel.COUNTRY:
        fresh |= _point(entry) and _point(entry) | {"coordinate_basis": entry.basis}
    return fresh


def aliases(place, given, spelt):
    """A LocationAlias for each name that folds differently from those known; `spelt` takes them up."""
    found = (named(place, Name(0, 0, text, language), spelt) for text, language in given)
    return [alias for alias in found if alias]


def named(place, name, spelt):
    folded = names.fold(name.text)
    if not folded or folded in spelt or len(name.text) > 200 or not _is_readable(folded):
        return None
    spelt.add(folded)
    kind = AliasKind.FORMER if name.is_former else AliasKind.TRANSLITERATION
    text = names.clean(name.text)
    return LocationAlias(location=place, text=text, folded=folded, language=name.language, kind=kind.value)


def local(given):
    """Those in the Arabic script: another Latin spelling of a known place is not taken from a list without a look."""
    return [(text, language) for text, language in given if not any("a" <= char <= "z" for char in names.fold(text))]


def _is_readable(folded):
    """Latin or Arabic letters, as people write them here, and not both in one name."""
    latin = any("a" <= char < "\u0250" for char in folded)
    return not (latin and any(char >= "\u0600" for char in folded)) and is_local_script(folded)
