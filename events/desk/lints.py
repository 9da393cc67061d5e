"""What an editor should look at again before publishing; it warns and never blocks."""

from events.desk import areas
from events.press import facts
from events.rules import checks


def of(incident):
    """Tuple of `checks.Lint` about an incident of the desk and its claims."""
    claims = list(incident.claims.with_everything())
    excerpts = [
        checks.Excerpt(claim.shown_uid, citation.excerpt, citation.document.published_end)
        for claim in claims
        for citation in claim.citations.all()
    ]
    return checks.lints(
        checks.Draft(
            facts=facts.incident_facts(incident, claims),
            date=incident.date,
            location_precision=incident.location_precision,
            coordinate_basis=incident.location.coordinate_basis if incident.location else "",
            misplaced=areas.misplaced(incident.location) if incident.location else None,
            excerpts=tuple(excerpts),
        )
    )
