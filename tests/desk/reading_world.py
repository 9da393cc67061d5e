"""The names that ship with the product as a vocabulary, read from the files and without a database."""

import json
from functools import cache
from pathlib import Path

from events.desk import assist
from events.desk.reading.vocabulary import Entry, vocabulary

DATA = Path(__file__).resolve().parents[2] / "data"


@cache
def shipped():
    return vocabulary([*_actors(), *_places(), *_settlements()])


def _actors():
    for row in _read("founding-timeline/actors.json"):
        spelt = [(row["name"], ""), (row.get("short_name") or "", "")]
        spelt += [(alias["text"], alias["kind"]) for alias in row.get("aliases", [])]
        for text, kind in spelt:
            country = row.get("home_country") or ""
            yield Entry("actor", row["name"], row["name"], "", text, row["kind"], country, kind == "metonym")


def _places():
    for row in _read("gazetteer/places.json"):
        for text in (row["name"], *(alias["text"] for alias in row["aliases"])):
            yield Entry("place", row["slug"], row["name"], "", text, row["level"])


def _settlements():
    curated = {row["geonames_id"] for row in _read("gazetteer/places.json")}
    for key, row in _read("gazetteer/geonames_cities500_AF_PK.json").items():
        if row["geonameid"] not in curated:
            for text in (row["name"], *row["alternatenames"]):
                known = row["population"] >= assist.WELL_KNOWN
                yield Entry("place", key, row["name"], "", text, "settlement", is_well_known=known)


def _read(name):
    return json.loads((DATA / name).read_text(encoding="utf-8"))
