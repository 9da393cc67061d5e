"""Response times: how long after an incident comes the one that answers it."""

from collections import defaultdict
from datetime import datetime
from statistics import median

import orjson
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext, ngettext

from events.choices import LinkType
from events.record.sections import NUMBER, TEXT, WHOLE, Column, Section
from events.record.timeline import EXACT

ANSWERS = (LinkType.RETALIATION_FOR, LinkType.RESPONSE_TO)
HOURS, DAYS, VAGUE = "hours", "days", "vague"
COLUMNS = (
    Column("type", TEXT, f"Code of the link: {', '.join(ANSWERS)}."),
    Column("standing", TEXT, "asserted, or contested where an eligible claim denies the link."),
    Column("unit", TEXT, "hours between moments, days between days, vague where a date spans more than a day."),
    Column("links", WHOLE, "Links of that kind."),
    Column("median", NUMBER, "Median time from the cause to the answer; null for vague dates."),
    Column("shortest", NUMBER, "Shortest time; 0 days is the same day."),
    Column("longest", NUMBER, "Longest time."),
)


def response_times(selection):
    """The Section “response-times” of the links that begin in a chosen incident. One query."""
    times = defaultdict(list)
    for link in _links(selection):
        unit, time = between(_end(link, "cause"), _end(link, "answer"))
        times[link["type"], link["standing"], unit].append(time)
    rows = [
        {
            "type": kind,
            "standing": standing,
            "unit": unit,
            "links": len(found),
            "median": median(found) if unit != VAGUE else None,
            "shortest": min(found) if unit != VAGUE else None,
            "longest": max(found) if unit != VAGUE else None,
        }
        for (kind, standing, unit), found in sorted(times.items())
    ]
    return Section(
        name="response-times",
        title=gettext("How soon answers come"),
        description=gettext(
            "Time from an incident to the one that somebody calls its retaliation or response, for answers in this "
            "selection. Hours where both moments are known, whole days where both days are; links that a claim denies "
            "stand apart."
        ),
        columns=COLUMNS,
        rows=rows,
        finding=_finding(rows),
    )


def between(cause, answer):
    """(unit, time) from (first day, precision, moment or None) of the cause to that of the answer."""
    if cause[2] and answer[2]:
        return HOURS, round((answer[2] - cause[2]).total_seconds() / 3600, 1)
    if cause[1] in EXACT and answer[1] in EXACT:
        return DAYS, (answer[0] - cause[0]).days
    return VAGUE, None


def _links(selection):
    """Dicts of links whose both ends are public, with the dates and the documents of both."""
    shelf = selection.shelf
    causes = shelf.incidents().filter(uid=OuterRef("to_uid"))
    columns = {
        "start": "date_start",
        "precision": "date_precision",
        "body": "edition__document__body",
    }
    return (
        shelf.links()
        .filter(
            from_incident__in=selection.queryset().values("pk"),
            to_uid__in=shelf.incidents().values("uid"),
            type__in=ANSWERS,
        )
        .annotate(**{f"cause_{name}": Subquery(causes.values(column)) for name, column in columns.items()})
        .values(
            "type",
            "standing",
            "cause_start",
            "cause_precision",
            "cause_body",
            answer_start=_of_answer("date_start"),
            answer_precision=_of_answer("date_precision"),
            answer_body=_of_answer("edition__document__body"),
        )
        .order_by("uid")
        .iterator(chunk_size=200)
    )


def _of_answer(column):
    return F(f"from_incident__{column}")


def _end(link, name):
    return link[f"{name}_start"], link[f"{name}_precision"], moment(link[f"{name}_body"])


def moment(body):
    """When the incident of a stored document happened, to the minute, or None where that is not known."""
    utc = orjson.loads(body)["date"]["utc"]
    return datetime.strptime(utc, "%Y-%m-%dT%H:%M%z") if utc else None


def _finding(rows):
    if not rows:
        return gettext("No incident of this selection is said to answer another one.")
    total = sum(row["links"] for row in rows)
    vague = sum(row["links"] for row in rows if row["unit"] == VAGUE)
    denied = sum(row["links"] for row in rows if row["standing"] == "contested")
    if denied and vague:
        said = gettext(
            "%(links)s; %(denied)d of them denied by somebody; %(vague)d with a date too vague to tell the time."
        )
    elif denied:
        said = gettext("%(links)s; %(denied)d of them denied by somebody.")
    elif vague:
        said = gettext("%(links)s; %(vague)d with a date too vague to tell the time.")
    else:
        said = gettext("%(links)s.")
    links = ngettext("%(number)s link", "%(number)s links in all", total) % {"number": f"{total:,}"}
    return said % {"links": links, "denied": denied, "vague": vague}
