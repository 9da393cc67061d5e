"""Why a row is likely in the ledger already, in words, and both beside each other for a person to look at."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import access
from events.choices import Kind, Outcome, VictimCategory
from events.desk.importing import contents, resembling
from events.models.batch import ImportRow
from events.models.incident import Incident


@dataclass(frozen=True)
class Match:
    """An incident that a row is like, the reasons in words, and the killed that both say ("" where it is not said)."""

    incident: Incident
    reasons: tuple[str, ...]
    killed: str


@dataclass(frozen=True)
class Beside:
    """A row with what it says, and the Matches that the person may see."""

    row: ImportRow
    kind: str
    date: object
    place: str
    killed: str
    matches: list


def matches(rows, user):
    """primary key of an ImportRow → [Match], without incidents that the person may not see. One query."""
    wanted = {facts["incident"] for row in rows for facts in row.likely}
    seen = Incident.objects.with_places().filter(access.visible_incidents(user), pk__in=wanted) if wanted else ()
    by_key = {incident.pk: incident for incident in seen}
    return {
        row.pk: [
            Match(by_key[facts["incident"]], tuple(reasons(facts, by_key[facts["incident"]])), _killed_there(facts))
            for facts in row.likely
            if facts["incident"] in by_key
        ]
        for row in rows
    }


def beside(rows, user):
    """[Beside] of rows, in their order. One query."""
    found = matches(rows, user)
    return [_beside(row, found[row.pk]) for row in rows]


def reasons(facts, incident):
    """List of what speaks for it, the strongest kinds of reasons first; empty for one that only a decision recalls."""
    said = [_("one day apart") if facts["days"] else _("same day"), *_place(facts, incident), *_toll(facts)]
    if facts["is_titled"]:
        said.append(_("title much alike"))
    if facts["is_same_kind"]:
        label = _(Kind.label_of(incident.kind)) if incident.kind else ""
        said.append(_("same kind: %(kind)s") % {"kind": label[:1].lower() + label[1:]})
    return said


def _place(facts, incident):
    place = facts["place"]
    if place == resembling.SAME:
        yield _("same place: %(place)s") % {"place": incident.location or "–"}
    elif place == resembling.NEAR:
        yield _("%(kilometres)s km apart") % {"kilometres": max(round(facts["km"]), 1)}
    elif place == resembling.DISTRICT:
        district = incident.location and (incident.location.district or incident.location)
        yield _("same district: %(district)s") % {"district": district or "–"}
    elif place == resembling.WITHIN:
        yield _("one place lies in the other")


def _toll(facts):
    if not facts["killed"]:
        return
    here, there = facts["killed"]
    if facts["toll"] == resembling.EQUAL:
        yield ngettext("%(n)s killed in both", "%(n)s killed in both", here[1]) % {"n": bounds(here)}
    else:
        yield _("%(here)s killed in the row, %(there)s in the ledger") % {"here": bounds(here), "there": bounds(there)}


def bounds(pair):
    """A number of persons, or the range of it: 8, or 5–8."""
    low, high = pair
    return str(low) if low == high else f"{low}–{high}"


def _killed_there(facts):
    return bounds(facts["killed"][1]) if facts["killed"] else ""


def _beside(row, found):
    content = row.content
    if not content:
        return Beside(row, "", None, "", "", found)
    place = contents.place(content["place"])
    label = Kind.label_of(content["kind"]) if content["kind"] in Kind.codes() else ""
    return Beside(
        row=row,
        kind=_(label) if label else "",
        date=contents.dated(content["date"]),
        place=", ".join(name for _level, name in reversed(place.names)),
        killed=_killed_here(content),
        matches=found,
    )


def _killed_here(content):
    """The killed of all together that the row says, or the first line that it says."""
    lines = [toll for _claim, tolls in contents.claims(content) for toll in tolls]
    lines = [one for one in lines if one.outcome == Outcome.KILLED and one.party is None]
    lines.sort(key=lambda one: one.category != VictimCategory.ALL)
    numbers = [[n for n in (one.low, one.best, one.high) if n is not None] for one in lines]
    said = next(filter(None, numbers), None)
    return bounds((min(said), max(said))) if said else ""
