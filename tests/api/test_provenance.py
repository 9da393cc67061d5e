"""Where the values of an incident come from: each names its place, its rule, its claims, and says how."""

import json
from functools import reduce

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models.edition import Edition
from events.press import editions
from events.record import provenance
from events.rules import reasons
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident():
    """Made-up: two sides say who did it and how many died, somebody denies it, and one claim may carry nothing."""
    front = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    army = builders.actor("Test army")
    lines = [builders.toll(3), builders.toll(2, category="security_forces"), builders.toll(4, outcome="injured")]
    return builders.published(
        title="Made-up attack",
        claims=[
            builders.claim("occurrence", claimant=army),
            builders.claim("perpetrator", claimant=army, value_actor=front, part="perpetrator"),
            builders.claim("perpetrator", claimant_text="A villager", value_actor=army, part="perpetrator"),
            builders.claim("target", claimant=front, value_actor=army, part="target"),
            builders.claim("target_nature", claimant=army, value_code="military_post"),
            builders.claim("casualties", claimant=army, lines=lines),
            builders.claim("casualties", claimant=front, lines=[builders.toll(9)]),
            builders.claim("occurrence", claimant=front, stance="denies"),
            builders.claim("kind", claimant_text="A blogger", stance="doubts", value_code="armed_assault"),
        ],
    )


def address(incident):
    return f"/api/v1/incidents/{incident.shown_uid}/provenance/"


def at(document, path):
    steps = (int(step) if step.isdecimal() else step for step in path.split("."))
    return reduce(lambda inside, step: inside[step], steps, document)


def concluded(held, path):
    """Paths of all values of a headline that say something: no claims, and no figure that nobody reports."""
    if isinstance(held, dict):
        if "low" in held:
            return [path] if held["claims"] else []
        return [
            found
            for name, inside in held.items()
            if name not in ("claims", "claims_behind")
            for found in concluded(inside, f"{path}.{name}")
        ]
    if isinstance(held, list) and not path.endswith(".pairs"):
        return [found for place, inside in enumerate(held) for found in concluded(inside, f"{path}.{place}")]
    return [] if held is None else [path]


def test_every_value_of_the_headline_has_its_rule_its_claims_and_a_sentence(client, incident):
    document = client.get(f"/api/v1/incidents/{incident.shown_uid}/").json()

    answer = client.get(address(incident)).json()

    given = {one["path"] for one in answer["values"]}
    missing = [
        path
        for path in concluded(document["headline"], "headline")
        if not any(path == known or path.startswith(f"{known}.") for known in given)
    ]
    assert missing == []
    assert len(given) == len(answer["values"]) > 15
    assert all(one["why"] for one in answer["values"])
    known = {claim["uid"] for claim in document["claims"]}
    assert all(set(one["claims"]) <= known for one in answer["values"])


def test_each_path_leads_to_the_value_and_to_the_claims_beside_it(client, incident):
    document = client.get(f"/api/v1/incidents/{incident.shown_uid}/").json()

    for one in client.get(address(incident)).json()["values"]:
        held = at(document, one["path"])
        if isinstance(held, dict):
            assert held | one["value"] == held and one["value"]
            assert one["claims"] == held.get("claims", one["claims"])
        else:
            assert held == one["value"]


def test_the_sentences_are_those_of_the_page(client, incident):
    document = json.loads(Edition.objects.of("incident", incident.uid).first().document.body)
    values = client.get(address(incident)).json()["values"]

    said = {(one["label"], one["shown"], one["rule"]["number"], one["why"], tuple(one["claims"])) for one in values}
    for reason in reasons.of(document):
        assert (reason.label, reason.value, reason.rule, reason.why, reason.claims) in said
    occurrence = next(one for one in values if one["path"] == "headline.occurrence")
    assert occurrence["why"].endswith("Somebody denies it.")
    assert occurrence["rule"] == {"number": "R3", "url": "http://testserver/methodology/#R3"}


def test_every_rule_is_explained_where_its_link_leads(client, incident):
    page = client.get("/methodology/").text

    for one in client.get(address(incident)).json()["values"]:
        assert f'id="{one["rule"]["url"].partition("#")[2]}"' in page


def test_it_names_the_edition_that_it_explains_and_the_claims_that_carry_nothing(client, incident):
    latest = Edition.objects.of("incident", incident.uid).first()
    weak = incident.claims.get(stance="doubts")

    answer = client.get(address(incident)).json()

    assert (answer["uid"], answer["edition"], answer["sha256"]) == (incident.shown_uid, 1, latest.sha256)
    document = json.loads(latest.document.body)
    assert answer["unused_claims"] == [claim["uid"] for claim in document["claims"] if not claim["is_eligible"]]
    assert weak.shown_uid in {claim["uid"] for claim in document["claims"]}


def test_where_nobody_is_named_the_attribution_still_says_why(client):
    silent = builders.published()

    values = {one["path"]: one for one in client.get(address(silent)).json()["values"]}

    assert values["headline.attribution"]["value"] == {"actor": None, "is_contested": False, "status": "unattributed"}
    assert values["headline.attribution"]["rule"]["number"] == "R6"


def test_an_unchanged_answer_is_304(client, incident):
    etag = client.get(address(incident))["ETag"]

    assert client.get(address(incident), headers={"If-None-Match": etag}).status_code == 304


def test_it_answers_as_the_incident_itself_does(client, editor):
    goes, stays, gone = (builders.published(title=title) for title in ("Goes", "Stays", "Gone"))
    draft = builders.draft(builders.person("analyst"))
    editions.merge(goes, stays, by=editor, note="The same")
    editions.withdraw(gone, by=editor, reason="retraction", note="The made-up source took it back.")

    assert client.get(address(goes)).status_code == 301
    assert client.get(address(goes))["Location"] == address(stays)
    assert client.get(address(gone)).status_code == 410
    assert "took it back" in client.get(address(gone)).json()["detail"]
    assert client.get(address(draft)).status_code == 404
    assert client.get("/api/v1/incidents/AAAA-AAAA/provenance/").status_code == 404
    assert list(client.get(f"{address(stays)}?path=headline").json()["errors"]) == ["path"]


def test_it_costs_the_same_few_queries_however_many_claims_there_are(client, incident):
    with CaptureQueriesContext(connection) as captured:
        client.get(address(incident))

    assert len(captured) <= 3  # whether the reader has it already, on PostgreSQL also who still writes; the edition
    document = json.loads(Edition.objects.of("incident", incident.uid).first().document.body)
    with CaptureQueriesContext(connection) as captured:
        provenance.of(document)
    assert len(captured) == 0
