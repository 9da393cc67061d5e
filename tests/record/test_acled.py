"""The index and the documents say the same of which incidents have a row of ACLED, and what stands in it."""

from datetime import date

import orjson
import pytest

from events.desk import incidents
from events.exchange import acled as shape
from events.models.edition import PublishedIncident
from events.press import editions
from events.record import acled
from events.rules.dates import VagueDate
from tests import builders

pytestmark = pytest.mark.django_db


def _events():
    places = builders.places()
    at = {"location": places["town"], "location_precision": "settlement"}
    group = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    owned = [builders.claim("perpetrator", value_actor=group, part="perpetrator", claimant=group)]
    begun = [builders.claim("perpetrator", value_actor=group, part="initiator", claimant=group)]
    month = VagueDate(date(2024, 2, 1), date(2024, 2, 29), "month")
    builders.published(**at, claims=owned)
    builders.published(**at, date=month)
    builders.published(**at, date=VagueDate(date(2024, 1, 1), date(2024, 12, 31), "year"))
    builders.published(**at, kind="ceasefire", claims=begun)
    builders.published(**at, kind="ceasefire")
    builders.published(**at, kind="statement")
    builders.published(location=places["country"], location_precision="country")
    builders.published(
        location=builders.location("The line", level="border_segment"), location_precision="border_segment"
    )
    builders.published(
        location=builders.location("Bare place", parent=places["country"]), location_precision="settlement"
    )
    whole, part = builders.published(**at), builders.published(**at)
    incidents.link(part, whole, by=builders.person("editor"), type="part_of")
    editions.publish(part, by=builders.person("editor"), reason="correction", note="Made up.")


def test_outlines_of_the_index_are_those_of_the_documents():
    _events()
    facts = acled.known()
    everything = PublishedIncident.objects.select_related("edition__document")
    documents = {row.edition_id: (orjson.loads(row.edition.document.body), row.counts_incident) for row in everything}

    found = dict(acled.outlines(PublishedIncident.objects.all(), facts))

    assert len(found) == 11
    reasons = set()
    for edition, outline in found.items():
        document, is_leaf = documents[edition]
        row = shape.row(document, facts, is_leaf=is_leaf)
        if isinstance(row, shape.Skip):
            assert outline.reason == row.reason
            reasons.add(row.reason)
        else:
            assert outline == {name: row[name] for name in shape.OUTLINE}
    assert reasons == {
        *("date_too_coarse", "no_actor", "kind_not_exported", "place_too_coarse", "no_country"),
        *("no_coordinates", "has_parts"),
    }
