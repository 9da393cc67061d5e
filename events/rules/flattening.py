"""The plain columns that follow from the document of an incident (a dict as its edition holds it): words, days, numbers.

The press puts them into the public index, the record into files of editions that are no longer the latest.
"""

from datetime import date

from events.choices import Aspect, Outcome
from events.rules import places

NO_DATE = date(1, 1, 1)  # sorts incidents without a date last
FIGURES = ("killed", "killed_civilian", "killed_excluding_perpetrators", "injured")
BOUNDS = ("low", "best", "high")
_NOBODY_SAYS = {"low": None, "best": None, "high": None, "open_upper": False}


def columns(document):
    """Name of the column → value, for all that need neither a register nor another document."""
    place, papers = document["location"] or {}, document["documents"]
    return {
        **{name: document[name] for name in ("title", "summary", "category", "kind", "location_precision")},
        **_of_date(document["date"]),
        **{name: place.get(name) for name in ("latitude", "longitude", "uncertainty_km")},
        "place_shown": place.get("shown", ""),
        "mapped": places.mapped(place, document["location_precision"]).value,
        **_of_headline(document["headline"]),
        **_of_tolls(document["headline"]["casualties"]),
        "claims_count": len(document["claims"]),
        "documents_count": len(papers),
        "sources_count": len({paper["source"]["slug"] for paper in papers}),
    }


def day(text):
    """The date of “2024-03-18”, or None."""
    return date.fromisoformat(text) if text else None


def _of_date(vague):
    return {
        "date_start": day(vague["start"]),
        "date_end": day(vague["end"]),
        "date_precision": vague["precision"],
        "date_shown": vague["shown"],
        "time_local": vague["time_local"] or "",
        "time_zone": vague["time_zone"],
        "utc": vague["utc"] or "",
        "sort_date": day(vague["start"]) or NO_DATE,
    }


def _of_headline(concluded):
    return {
        "occurrence": concluded["occurrence"]["status"],
        "is_denied": concluded["occurrence"]["is_denied"],
        "attribution": concluded["attribution"]["status"],
        "is_contested": bool(concluded["contested"]),
        "contested_aspects": _barred(entry["aspect"] for entry in concluded["contested"]),
        "harm_grade": concluded["harm_grade"],
        "is_cross_border": concluded["cross_border"]["is_cross_border"],
        "escalation": concluded["escalation"],
    }


def _of_tolls(casualties):
    killed = casualties.get(Outcome.KILLED, {})
    figures = (
        killed.get("total"),
        killed.get("by_category", {}).get("civilian"),
        killed.get("excluding_perpetrators"),
        casualties.get(Outcome.INJURED, {}).get("total"),
    )
    found = {}
    for name, figure in zip(FIGURES, figures, strict=True):
        figure = figure or _NOBODY_SAYS
        found |= {f"{name}_{bound}": figure[bound] for bound in BOUNDS} | {f"{name}_open": figure["open_upper"]}
    return found


def _barred(aspects):
    """“|date|target_nature|”, in the order of the list."""
    wanted = set(aspects)
    ordered = [aspect.value for aspect in Aspect if aspect in wanted]
    return f"|{'|'.join(ordered)}|" if ordered else ""
