"""The lists beside the events: what was deleted, and who and what stands in the rows, with first and last day and number."""

from events.exchange import acled_words
from events.record import acled


def read(question, take):
    """acled.Tally of a Question about a list; `take` gets the rows of its page."""
    found = [row for row in _ROWS[question.table.name](question) if question.holds(row)]
    first, behind = question.slice
    page = found[first:behind]
    for row in page:
        take(row)
    return acled.Tally(len(page), len(found))


def _deleted(question):
    return [{"event_id_cnty": event_id, "deleted_timestamp": moment} for event_id, moment in acled.deleted()]


def _actors(question):
    found = acled.seen(_names)
    return [{"actor_name": name, **_counted(found[name])} for name in sorted(found)]


def _types(question):
    found = acled.seen(lambda row: [code for code in (row["inter1"], row["inter2"]) if code])
    return [
        {"actor_type_id": code, "actor_type_name": acled_words.INTER[code], **_counted(found[code])}
        for code in sorted(found)
    ]


def _countries(question):
    found = acled.seen(lambda row: [row["country"]], in_outline=True)
    known = sorted(acled_words.COUNTRIES.values(), key=lambda country: country.name)
    return [
        {"country": one.name, "iso": one.iso, "iso3": one.prefix, **_counted(found[one.name])}
        for one in known
        if one.name in found
    ]


def _regions(question):
    found = acled.seen(lambda row: [row["region"]], in_outline=True)
    return [
        {"region": number, "region_name": name, **_counted(found[name])}
        for number, name in sorted(acled_words.REGIONS.items())
        if name in found
    ]


_ROWS = {
    "deleted": _deleted,
    "actor": _actors,
    "actortype": _types,
    "country": _countries,
    "region": _regions,
}


def _names(row):
    beside = (name for column in ("assoc_actor_1", "assoc_actor_2") for name in row[column].split("; "))
    return [name for name in (row["actor1"], row["actor2"], *beside) if name]


def _counted(seen):
    return {"first_event_date": seen.first, "last_event_date": seen.last, "event_count": seen.count}
