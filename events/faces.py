"""What readers see of an entry of a register: an allow-list, so that no staff and no desk note slips in."""

from events.rules import dates


def actor(row):
    """Needs its aliases prefetched."""
    return {
        "uid": row.shown_uid,
        "slug": row.slug,
        "name": row.name,
        "short_name": row.short_name,
        "kind": row.kind,
        "side": row.side,
        "home_country": row.home_country,
        "founded": date(row.founded),
        "dissolved": date(row.dissolved),
        "description": row.description,
        "naming_note": row.naming_note,
        "aliases": [_alias(alias) for alias in row.aliases.all()],
    }


def location(row):
    """Needs its parent, ancestors and aliases."""
    return {
        "uid": row.shown_uid,
        "slug": row.slug,
        "name": row.name,
        "level": row.level,
        "parent": place(row.parent),
        "country": place(row.country),
        "province": place(row.province),
        "district": place(row.district),
        "iso": row.iso,
        "latitude": _number(row.latitude),
        "longitude": _number(row.longitude),
        "uncertainty_km": _number(row.uncertainty_km),
        "coordinate_basis": row.coordinate_basis,
        "time_zone": row.time_zone,
        "geonames_id": row.geonames_id,
        "pcode": row.pcode,
        "wikidata": row.wikidata,
        "disputed_note": row.disputed_note,
        "aliases": [_alias(alias) for alias in row.aliases.all()],
    }


def source(row, public_owners):
    """`public_owners`: primary key → slug of the actors of the record; an owner only the desk knows stays unnamed."""
    return {
        "uid": row.shown_uid,
        "slug": row.slug,
        "name": row.name,
        "kind": row.kind,
        "country": row.country,
        "languages": row.languages,
        "owner": public_owners.get(row.owner_id),
        "scale": row.scale,
        "domain": row.domain,
        "reliability": row.reliability,
        "reliability_note": row.reliability_note,
    }


def _alias(row):
    return {"text": row.text, "language": row.language, "kind": row.kind, "scheme": row.scheme}


def place(row):
    return {"slug": row.slug, "name": row.name} if row else None


def date(vague):
    if vague.start is None:
        return None
    return {"start": vague.start, "end": vague.end, "precision": vague.precision, "shown": dates.describe(vague)}


def _number(value):
    return None if value is None else float(value)
