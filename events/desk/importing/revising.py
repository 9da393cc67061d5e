"""A newer version of a row whose incident is here: what it says otherwise is claimed anew, and nothing is overwritten.

The new claims wait for an editor like any other; each supersedes what the data set said on the same aspect before. Only
in a draft that nobody went on with are the facts of the incident set as the row has them now.
"""

from events.choices import IncidentStatus
from events.desk.importing.untouched import by_import
from events.models.claim import Claim
from events.models.incident import Incident
from events.press import traces


def revise(rows, maker):
    """Claims of changed ImportRows on the incidents that they know."""
    if not rows:
        return
    incidents = Incident.objects.select_for_update().order_by("pk").in_bulk([row.incident_id for row in rows])
    untouched = by_import(incidents)
    for row in rows:
        _revise(row, incidents[row.incident_id], maker, is_untouched=row.incident_id in untouched)


def _revise(row, incident, maker, *, is_untouched):
    while incident.merged_into_id:
        incident = Incident.objects.select_for_update().get(pk=incident.merged_into_id)
    standing = list(Claim.objects.filter(incident=incident).prefetch_related("lines").order_by("position", "pk"))
    if incident.is_open:
        first = max((claim.position for claim in standing), default=0) + 1
        pairs = [pair for pair in maker.claims(row, incident, first) if not _is_said(pair, standing)]
        if pairs:
            document = maker.documents([row])[0]
            for claim, _tolls in pairs:
                claim.supersedes = _superseded(claim, standing)
            maker.keep_claims([(claim, tolls, row, document) for claim, tolls in pairs])
            traces.touch_incident(incident)
        if is_untouched and incident.status == IncidentStatus.DRAFT:
            _set_facts(incident, row, maker)
    row.incident_id, row.version = incident.pk, incident.version
    row.claims = Claim.objects.filter(incident=incident).count()


def _set_facts(incident, row, maker):
    before = traces.snapshot(incident)
    for name, value in maker.facts(row.content).items():
        setattr(incident, name, value)
    if traces.snapshot(incident) != before:
        traces.save_changed(incident, before, by=maker.by, touch=incident)


def _is_said(pair, standing):
    """Whether the data set says exactly this already."""
    claim, tolls = pair
    said = [(toll.outcome, toll.category, toll.qualifier, toll.low, toll.best, toll.high) for toll in tolls]
    return any(
        _words(other) == _words(claim)
        and [(line.outcome, line.category, line.qualifier, line.low, line.best, line.high) for line in other.lines.all()]
        == said
        for other in standing
    )


def _words(claim):
    date = claim.value_date
    named = (claim.aspect, claim.stance, claim.claimant_id, claim.claimant_text, claim.part, claim.hedge)
    value = (claim.value_actor_id, claim.value_location_id, claim.value_code, claim.value_text)
    return (*named, *value, date.start, date.end, str(date.precision))


def _superseded(claim, standing):
    """The one claim of the same claimant on the same aspect that nothing supersedes yet; None where there are several."""
    newer = {other.supersedes_id for other in standing}
    found = [
        other
        for other in standing
        if other.aspect == claim.aspect and other.pk not in newer and other.is_by_claimant_of(claim)
    ]
    return found[0] if len(found) == 1 else None
