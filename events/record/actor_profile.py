"""What the page of an actor shows: its parts in incidents, on whose word, what it says, its relations over time."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext

from events import uids
from events.choices import AttributionStatus, Part, RelationType
from events.models.actor import Actor
from events.models.edition import PublishedParticipant
from events.record import charts, claim_lines, registers, relation_lanes, small_map, speech, statistics, statistics_time
from events.record.relation_lanes import Lane
from events.record.selection import Selection
from events.rules import dates


@dataclass(frozen=True)
class Share:
    """Public incidents of one part, or of one tier of attribution: with its factions, and the actor itself.

    `one_of_several` of them (factions included) name others as well. `query` chooses exactly `incidents`.
    """

    code: str
    incidents: int
    own: int
    one_of_several: int
    query: str


@dataclass(frozen=True)
class Tie:
    """A relation as the actor's page tells it. `holds` is whether it holds on the day asked for; None without one."""

    words: str
    is_subject: bool
    other: Actor
    since: date | None
    until: date | None
    is_contested: bool
    is_held: bool
    is_established: bool
    claims: tuple
    holds: bool | None


def of(actor, *, on=None, claims_shown):
    """Everything of the page but its list of incidents, for a template. Eight queries and one for the relations' claims."""
    selection = Selection.about(actor=actor)
    over_time = statistics_time.over_time(selection, statistics.by_dates(selection.queryset()))
    ties = [_tie(row, actor, on) for row in registers.relations_of(actor)]
    shares = _shares(actor)
    said, where, tiers = speech.of(actor), small_map.of(selection), _tiers(shares, selection)
    return {
        "actor": actor,
        "names": [alias for alias in actor.aliases.all() if not alias.scheme],
        "identifiers": [alias for alias in actor.aliases.all() if alias.scheme],
        "selection": selection,
        "timeline": reverse("timeline"),
        "over_time": over_time,
        "chart": charts.histogram(over_time, reverse("timeline")),
        "map": where,
        "incidents_total": where.mapped + where.unmapped,
        "parts": _parts(shares, selection),
        "tiers": tiers,
        "held_total": sum(tier.incidents for tier in tiers),
        "speech": said,
        "claims": claim_lines.read(list(registers.claims_by(actor)[:claims_shown])) if said.claims else [],
        "ties": ties,
        "lanes": relation_lanes.drawn([_lane(tie) for tie in ties], _active(over_time), on),
        "on": on,
        "pager_query": f"on={on}" if on else "",
        "founded": _described(actor.founded),
        "dissolved": _described(actor.dissolved),
    }


def _described(vague_date):
    return dates.describe(vague_date) if vague_date.start else ""


def _shares(actor):
    """List of (part, attribution, incidents, own, one of several), in one query."""
    return list(
        PublishedParticipant.objects.filter(actor=actor)
        .order_by()
        .values_list("part", "incident__attribution")
        .annotate(
            incidents=Count("incident", distinct=True),
            own=Count("incident", distinct=True, filter=Q(is_direct=True)),
            one_of_several=Count("incident", distinct=True, filter=Q(incident__perpetrator__isnull=True)),
        )
    )


def _parts(shares, selection):
    """Shares by part, the most frequent first."""
    found = {}
    for part, _, *numbers in shares:
        found[part] = [before + more for before, more in zip(found.get(part, (0, 0, 0)), numbers, strict=True)]
    shares = [Share(part, *numbers, selection.narrowed(role=part)) for part, numbers in found.items()]
    return sorted(shares, key=lambda share: (-share.incidents, share.code))


def _tiers(shares, selection):
    """Shares of violent acts that it is held to have done, the best word first; a tier without any is left out."""
    by_tier = {tier: numbers for part, tier, *numbers in shares if part == Part.PERPETRATOR}
    return [
        Share(tier.value, *by_tier[tier], selection.narrowed(role=Part.PERPETRATOR.value, attribution=tier.value))
        for tier in AttributionStatus
        if tier in by_tier
    ]


def _tie(row, actor, on):
    is_subject = row.subject_id == actor.pk
    return Tie(
        words=gettext(RelationType.label_of(row.type)),
        is_subject=is_subject,
        other=row.object if is_subject else row.subject,
        since=row.valid_from,
        until=row.valid_until,
        is_contested=row.is_contested,
        is_held=row.stands,
        is_established=row.basis == "established",
        claims=tuple(uids.shown(claim.uid) for claim in row.claims.all()),
        holds=None if on is None else (row.valid_from or on) <= on <= (row.valid_until or on),
    )


def _lane(tie):
    said = gettext("%(relation)s %(actor)s") if tie.is_subject else gettext("%(actor)s %(relation)s this actor")
    label = said % {"relation": tie.words, "actor": tie.other.label}
    marks = ((gettext("contested"), tie.is_contested), (gettext("said, not held"), not tie.is_held))
    words = ", ".join(word for word, is_so in marks if is_so)
    return Lane(
        label=f"{label} ({words})" if words else label,
        since=tie.since,
        until=tie.until,
        is_contested=tie.is_contested,
        is_held=tie.is_held,
        address=tie.other.get_absolute_url(),
    )


def _active(over_time):
    """First and last day of the bars with incidents, so that lanes and histogram can be read together."""
    bars = [row for row in over_time.rows if row["from"] and row["incidents"]]
    return [bars[0]["from"], bars[-1]["to"]] if bars else []
