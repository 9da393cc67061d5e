"""What a reader made of a row, as JSON that a plan keeps, and back."""

from dataclasses import fields
from datetime import date, time

from events.exchange.rows import ClaimRow, NamedActor, NamedPlace, Toll
from events.rules.dates import VagueDate

_OF_CLAIM = [(one.name, one.default) for one in fields(ClaimRow)]
_OF_TOLL = [(one.name, one.default) for one in fields(Toll)]


def packed(row):
    """Dict of plain values of an IncidentRow: of claims and tolls only what is not as usual."""
    return {
        "title": row.title,
        "kind": row.kind,
        "summary": row.summary,
        "date": _date(row.date),
        "place": _place(row.place),
        "excerpt": row.excerpt,
        "uid": row.uid,
        "cited": [[one.publisher, one.title, one.url, one.published] for one in row.cited],
        "claims": [_claim(one) for one in row.claims],
    }


def _claim(claim):
    held = {name: value for name, usual in _OF_CLAIM if (value := getattr(claim, name)) != usual}
    for name, pack in _PACKERS.items():
        if name in held:
            held[name] = pack(held[name])
    return held


def _toll(toll):
    held = {name: value for name, usual in _OF_TOLL if (value := getattr(toll, name)) != usual}
    if "party" in held:
        held["party"] = _actor(held["party"])
    return held


def _actor(actor):
    return [actor.name, actor.scheme, actor.external_id]


def _place(place):
    return {
        "names": [list(pair) for pair in place.names],
        "at": None if place.latitude is None else [place.latitude, place.longitude],
        "precision": place.precision,
    }


def _date(vague):
    clock = vague.time_local.isoformat() if vague.time_local else ""
    days = [day.isoformat() if day else "" for day in (vague.start, vague.end)]
    return [*days, str(vague.precision), clock, vague.time_zone]


_PACKERS = {
    "claimant": _actor,
    "actor": _actor,
    "place": _place,
    "date": _date,
    "tolls": lambda tolls: [_toll(toll) for toll in tolls],
}


def dated(held):
    """The VagueDate that `packed` wrote."""
    start, end, precision, clock, zone = held
    return VagueDate(
        date.fromisoformat(start) if start else None,
        date.fromisoformat(end) if end else None,
        precision,
        time.fromisoformat(clock) if clock else None,
        zone,
    )


def actor(held):
    return NamedActor(*held)


def place(held):
    latitude, longitude = held["at"] or (None, None)
    return NamedPlace(tuple(map(tuple, held["names"])), latitude, longitude, held["precision"])


def claims(held):
    """List of ClaimRow without tolls, each with the list of its Toll."""
    return [(_restored(one), [_restored_toll(toll) for toll in one.get("tolls", ())]) for one in held["claims"]]


def _restored(held):
    read = {"claimant": actor, "actor": actor, "place": place, "date": dated}
    given = {name: read[name](value) if name in read else value for name, value in held.items() if name != "tolls"}
    return ClaimRow(**given)


def _restored_toll(held):
    return Toll(**held | ({"party": actor(held["party"])} if "party" in held else {}))
