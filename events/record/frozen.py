"""Flat rows made from the documents of editions alone, with the names that stood when they were published.

No query is asked and no register is read: an edition gives the same cells for as long as it is kept, whatever was renamed,
folded or published since. Where the documents are the latest, the cells are those of `flat.read`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from events import uids
from events.record import flat
from events.record.filters import AIMED_AT
from events.rules import counting, flattening

_LEVELS = ("country", "province", "district")


@dataclass(frozen=True)
class Held:
    """The document of a published edition of an incident, as a dict, with what it does not say itself.

    `first_published_at` is when the first edition of this incident appeared.
    """

    document: dict
    sha256: str
    first_published_at: datetime


def read(held: Iterable[Held], base):
    """flat.Flat of all that was public at one time, in the order of the record: one edition of each incident.

    Which rows count follows from the whole set, as an operation and its parts are counted once. `base` is scheme and
    host of the site. All rows are in memory, some 5 KB each; the documents need not be.
    """
    return arranged(map(row_of, held), base)


def arranged(rows, base):
    """The same of rows of `row_of`, which may be arranged again and again."""
    rows = {row["uid"]: row for row in rows}
    counted = families(rows)
    ordered = sorted(rows.values(), key=lambda row: (row["sort_date"], row["uid"]), reverse=True)
    found = (row | counted[row["uid"]] | {"base": base} for row in ordered)
    return flat.Flat(len(rows), found, found)


def row_of(one):
    """A dict that `columns.cells` reads, once `families` of the set and "base" are added."""
    document = one.document
    header = document["edition"]
    return {
        "uid": uids.parse(document["uid"]),
        "number": header["number"],
        **flattening.columns(document),
        **_place(document["location"] or {}),
        **_perpetrator(document),
        "targets": _targets(document),
        "part_of_uid": uids.parse(document["part_of"]) if document["part_of"] else "",
        "parts": [uids.parse(uid) for uid in document["parts"]],
        "first_published_at": one.first_published_at,
        "published_at": datetime.strptime(header["published_at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
        "edition__ruleset": header["ruleset"],
        "edition__sha256": one.sha256,
    }


def families(rows):
    """uid → {"parent_uid", "counts_incident", "counts_killed", "counts_injured"} for uid → row of the whole set (R13)."""
    parents = _parents(rows)
    killed = counting.count_families(_family_rows(rows, parents, "killed"))
    injured = counting.count_families(_family_rows(rows, parents, "injured"))
    return {
        uid: {
            "parent_uid": parents[uid],
            "counts_incident": killed[uid].counts_incident,
            "counts_killed": killed[uid].counts_toll,
            "counts_injured": injured[uid].counts_toll,
        }
        for uid in rows
    }


def _parents(rows):
    """uid → uid of the operation: as its own edition has it if that is in the set, else the one whose edition lists it."""
    listed = {}
    for row in sorted(rows.values(), key=lambda row: (row["sort_date"], row["uid"])):
        listed |= dict.fromkeys(row["parts"], row["uid"])
    return {
        uid: row["part_of_uid"] if row["part_of_uid"] in rows else listed.get(uid, row["part_of_uid"])
        for uid, row in rows.items()
    }


def _family_rows(rows, parents, outcome):
    return [
        counting.FamilyRow(
            uid=uid,
            parent=parents[uid] if parents[uid] in rows else None,
            category=row["category"],
            **{bound: row[f"{outcome}_{bound}"] for bound in flattening.BOUNDS},
        )
        for uid, row in rows.items()
    ]


def _place(location):
    """Names and codes of the place; documents from before they held ISO codes leave these empty."""
    above = {level: location.get(level) or {} for level in _LEVELS}
    return {
        "location__slug": location.get("slug"),
        **{f"{level}__name": one.get("name") for level, one in above.items()},
        **{f"{level}__iso": above[level].get("iso") for level in ("country", "province")},
    }


def _perpetrator(document):
    slug = document["headline"]["attribution"]["actor"]
    actor = document["actors"].get(slug) or {}
    return {
        "perpetrator__slug": slug,
        "perpetrator__name": actor.get("name"),
        "perpetrator__side": actor.get("side"),
    }


def _targets(document):
    """[(slug, name, side)] of those at whom it was aimed, by name."""
    slugs = {entry["actor"] for entry in document["participants"] if entry["part"] in AIMED_AT}
    named = [(slug, document["actors"][slug]["name"], document["actors"][slug]["side"]) for slug in slugs]
    return sorted(named, key=flat.by_name)
