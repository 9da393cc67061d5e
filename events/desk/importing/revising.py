"""A newer version of a row whose incident is here: what it says otherwise is claimed anew, and nothing is overwritten.

The new claims wait for an editor like any other; each supersedes what the data set said on the same aspect before. Only
in a draft that nobody went on with are the facts of the incident set as the row has them now.
"""

from events import names
from events.choices import IncidentStatus
from events.desk.importing.untouched import by_import
from events.models.claim import Claim
from events.models.incident import Incident
from events.press import traces

_LINE = ("outcome", "category", "qualifier", "low", "best", "high")
_COLUMNS = (
    *("aspect", "stance", "claimant_id", "claimant_text", "part", "hedge", "value_actor_id", "value_location_id"),
    *("value_code", "value_text", "value_date_start", "value_date_end", "value_date_precision"),
)


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
        said = [pair for pair in maker.claims(row, first) if not _is_said(pair, standing)]
        if said:
            maker.keep_documents([row])
            of_incident = [
                (columns | {"incident_id": incident.pk, "supersedes_id": _superseded(columns, standing)}, tolls, row)
                for columns, tolls in said
            ]
            maker.keep_claims(of_incident)
            traces.touch_incident(incident)
        if is_untouched and incident.status == IncidentStatus.DRAFT:
            _set_facts(incident, row, maker)
    row.incident_id, row.version = incident.pk, incident.version
    row.claims = Claim.objects.filter(incident=incident).count()


def _set_facts(incident, row, maker):
    before, facts = traces.snapshot(incident), maker.facts(row.content)
    for name, value in facts.items():
        setattr(incident, name, value)
    if traces.snapshot(incident) != before:
        traces.save_changed(incident, before, by=maker.by, touch=incident)
        row.content |= {"before": {name: before[name] for name in facts}}  # for whoever undoes it
        row.save(update_fields=["content"])


def _is_said(pair, standing):
    """Whether the data set says exactly this already."""
    columns, tolls = pair
    words = [columns.get(name) or None for name in _COLUMNS]
    numbers = [[getattr(toll, name) for name in _LINE] for toll in tolls]
    return any(
        [_of(claim, name) for name in _COLUMNS] == words
        and [[getattr(line, name) for name in _LINE] for line in claim.lines.all()] == numbers
        for claim in standing
    )


def _of(claim, name):
    value = getattr(claim, name)
    is_unsaid = name == "value_date_precision" and claim.value_date_start is None
    return None if is_unsaid else value or None


def _superseded(columns, standing):
    """The key of the claimant's one claim on the same aspect that nothing supersedes; None where there are several."""
    newer = {claim.supersedes_id for claim in standing}
    found = [
        claim.pk
        for claim in standing
        if claim.aspect == columns["aspect"] and claim.pk not in newer and _is_by(claim, columns)
    ]
    return found[0] if len(found) == 1 else None


def _is_by(claim, columns):
    if claim.claimant_id or columns["claimant_id"]:
        return claim.claimant_id == columns["claimant_id"]
    return names.fold(claim.claimant_text) == names.fold(columns["claimant_text"])
