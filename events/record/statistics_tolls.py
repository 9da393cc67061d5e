"""Who claims what: how far the numbers of killed lie apart that two sides give for the same incident."""

from collections import defaultdict
from itertools import combinations, groupby
from operator import itemgetter
from statistics import median

import orjson
from django.utils.translation import gettext

from events import uids
from events.choices import Aspect, Directness, Outcome, Scope, Side, SpeechAct, Stance
from events.record.sections import NUMBER, TEXT, WHOLE, Column, Section, counted
from events.rules import accounts
from events.rules.facts import LineFact

COLUMNS = (
    Column("side", TEXT, f"One side: {', '.join(Side.codes())}."),
    Column("other_side", TEXT, "The other side."),
    Column("incidents", WHOLE, "Incidents for which both give a number of people killed."),
    Column("median_difference", NUMBER, "Median of the distances between the two numbers."),
    Column("least_difference", WHOLE, "The shortest distance."),
    Column("greatest_difference", WHOLE, "The longest distance."),
    Column("side_higher", WHOLE, "Incidents for which the first side gives the higher number."),
    Column("other_side_higher", WHOLE, "Incidents for which the other side does."),
    Column("greatest_incident", TEXT, "Uid of the incident with the longest distance."),
    Column("greatest_title", TEXT, "Its title."),
)


def rival_tolls(selection):
    """The Section “rival-tolls”: how far the killed lie apart that two sides give for the same incident. One query."""
    apart = defaultdict(list)
    for incident, stated in _stated(selection):
        for one, other in combinations(Side.codes(), 2):
            if one in stated and other in stated:
                apart[one, other].append((abs(stated[one] - stated[other]), stated[one] - stated[other], incident))
    rows = [_compared(pair, found) for pair, found in apart.items()]
    rows.sort(key=lambda row: (-row["incidents"], row["side"], row["other_side"]))
    return Section(
        name="rival-tolls",
        title=gettext("How far the tolls of the sides lie apart"),
        description=gettext(
            "For incidents on which two sides give a number of people killed: the distance between the two. Of each "
            "side the highest number counts that an eligible account of the whole incident states; “at least 200” is "
            "200. Words without a number are left out."
        ),
        columns=COLUMNS,
        rows=rows,
        finding=_finding(rows),
    )


def _finding(rows):
    if not rows:
        return gettext("For no incident of this selection do two sides give a number.")
    most = rows[0]
    said = gettext("%(side)s and %(other)s both give a number for %(incidents)s; the median distance is %(median)s.")
    return said % {
        "side": gettext(Side.label_of(most["side"])),
        "other": gettext(Side.label_of(most["other_side"])),
        "incidents": counted(most["incidents"]),
        "median": f"{most['median_difference']:,g}",
    }


def _compared(pair, found):
    _, _, (uid, title) = max(found)
    distances = [distance for distance, _, _ in found]
    return {
        "side": pair[0],
        "other_side": pair[1],
        "incidents": len(found),
        "median_difference": median(distances),
        "least_difference": min(distances),
        "greatest_difference": max(distances),
        "side_higher": sum(difference > 0 for _, difference, _ in found),
        "other_side_higher": sum(difference < 0 for _, difference, _ in found),
        "greatest_incident": uids.shown(uid),
        "greatest_title": title,
    }


def _stated(selection):
    """Pairs of ((uid, title), {side: its highest number}) for incidents whose toll counts. One query, read row by row."""
    shelf = selection.shelf
    claims = (
        shelf.claims()
        .filter(
            incident__in=selection.queryset().filter(counts_killed=True).values("pk"),
            aspect=Aspect.CASUALTIES,
            stance=Stance.ASSERTS,
            is_eligible=True,
        )
        .exclude(speech_act=SpeechAct.EDITORIAL_ASSESSMENT)
        .order_by("incident", "uid")
        .values_list("incident__uid", "incident__title", "claimant__side", "uid", shelf.text_of_claim)
    )
    for incident, of_incident in groupby(claims.iterator(chunk_size=500), itemgetter(0, 1)):
        told, read = defaultdict(list), {}
        for _, _, side, uid, text in of_incident:
            if uids.shown(uid) not in read:
                read |= _claims_in(orjson.loads(text))
            claim = read[uids.shown(uid)]
            if (number := stated_number(claim)) is not None:
                told[side or Side.THIRD.value].append((claim["preliminary"], number))
        yield incident, {side: _highest(numbers) for side, numbers in told.items()}


def _claims_in(content):
    """Uid → claim, of a claim or of a document with many."""
    return {claim["uid"]: claim for claim in content.get("claims", [content])}


def stated_number(claim):
    """The largest number of killed that a claim of a public document states for the whole incident, or None."""
    if claim["scope"] != Scope.WHOLE_INCIDENT:
        return None
    lines = tuple(
        LineFact(
            **{name: line[name] for name in ("outcome", "category", "low", "best", "high", "open_upper", "qualifier")},
            party=line["party"],
            demographic=line["demographic"],
            is_subset=line["subset_of"] is not None,
        )
        for line in claim["lines"]
        if line["outcome"] == Outcome.KILLED and line["directness"] == Directness.DIRECT
    )
    total = accounts.total(accounts.Account(claim, lines)) if lines else None
    return None if total is None or total.is_vague else total.largest


def _highest(numbers):
    """Of pairs (is it preliminary, number) the highest; preliminary ones only where there is nothing else."""
    final = [number for is_preliminary, number in numbers if not is_preliminary]
    return max(final or [number for _, number in numbers])
