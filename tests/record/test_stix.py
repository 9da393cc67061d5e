"""Bundles of STIX 2.1: valid by the validator of OASIS, the same each time, and saying no more than the documents do."""

import json
import socket
from datetime import date

import pytest
import stix2
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator
from stix2validator import ValidationOptions, validate_instance

from events.desk import claims, incidents, registers
from events.exchange.stix_objects import CLAIM, INCIDENT, MARKINGS, identifier, said
from events.models.edition import Edition
from events.press import editions, relations
from events.record import stix
from tests import builders
from tests.record import many

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """A made-up strike that one side owns and another tells otherwise, and an answer to it."""
    places = builders.places()
    army = builders.actor("Test army")
    group = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    analyst, editor = builders.person("analyst"), builders.person("editor")
    paper = builders.document("Made-up report", licence="CC BY 4.0")
    strike = builders.submitted(
        analyst,
        title="Test strike",
        summary="Made up.",
        kind="air_strike",
        tags=["made-up"],
        location=places["town"],
        location_precision="settlement",
        claims=[
            builders.claim("perpetrator", value_actor=army, part="perpetrator", claimant=army, document_row=paper),
            builders.claim("perpetrator", value_actor=army, part="perpetrator", claimant=group, stance="denies"),
            builders.claim("occurrence", stance="doubts"),
            builders.claim("casualties", lines=[builders.toll(0, category="civilian")]),
        ],
    )
    grades = dict(zip(strike.claims.order_by("pk"), (1, 2, 6, 4), strict=True))
    for claim, credibility in grades.items():
        claims.decide(claim, by=editor, verdict="accepted", credibility=credibility)
    editions.publish(strike, by=editor, reason="new_incident")
    answer = builders.published(by=analyst, editor=editor, title="Test answer", kind="statement")
    incidents.link(answer, strike, by=editor, type="follows")
    editions.publish(answer, by=editor, reason="correction", note="A link.")
    relation = registers.relate(
        group, "fights", army, by=editor, basis="established", valid_from=date(2020, 1, 1), note="Made up."
    )
    relations.publish_relation(relation, by=editor, reason="new_incident")
    strike.refresh_from_db()
    return {"strike": strike, "answer": answer, "army": army, "group": group, "relation": relation}


def taken(client, address="/incidents.stix.json"):
    """The bundle; whatever it points to is in it, and nothing twice."""
    answer = client.get(address)
    text = answer.getvalue().decode()
    assert answer.status_code == 200, text
    bundle = json.loads(text)
    held = {one["id"] for one in bundle["objects"]}
    assert len(held) == len(bundle["objects"])
    assert {ref for one in bundle["objects"] for ref in pointed(one)} <= held
    assert int(answer["X-Row-Count"]) == len(of(bundle, "incident"))
    return bundle


def judged(bundle):
    """The bundle, once the validator of OASIS and its library have found nothing wrong with it."""
    found = validate_instance(bundle, ValidationOptions(version="2.1", enforce_refs=True))
    assert found.is_valid, found.errors
    stix2.parse(bundle, allow_custom=False)
    return bundle


def pointed(one):
    """Every id that an object names, in its extensions too."""
    for name, value in one.items():
        if name.endswith("_ref"):
            yield value
        elif name.endswith("_refs"):
            yield from value
        elif name == "extensions":
            yield from (key for key in value if key in (INCIDENT, CLAIM))
            yield from (ref for more in value.values() for ref in pointed(more))


def of(bundle, type_):
    return [one for one in bundle["objects"] if one["type"] == type_]


def by_name(bundle, type_, name):
    return next(one for one in of(bundle, type_) if one["name"] == name)


@pytest.fixture(autouse=True)
def without_network(monkeypatch):
    """Only the database of a test may be spoken to; it is connected already."""

    def refused(*args, **more):
        raise AssertionError("somebody asks the network")

    monkeypatch.setattr(socket, "create_connection", refused)


def test_a_bundle_is_valid_and_its_extensions_follow_their_own_schema(client, told):
    bundle = judged(taken(client))
    schema = client.get("/data/stix-extensions.json").json()

    assert {one["schema"] for one in of(bundle, "extension-definition")} == {
        f"http://testserver/data/stix-extensions.json#/$defs/{name}" for name in ("incident", "claim")
    }
    for type_, key, name in (("incident", INCIDENT, "incident"), ("note", CLAIM, "claim"), ("opinion", CLAIM, "claim")):
        check = Draft202012Validator(schema | {"$ref": f"#/$defs/{name}"})
        for one in of(bundle, type_):
            assert not list(check.iter_errors(one["extensions"][key])), one
    Draft202012Validator.check_schema(schema)


def test_an_incident_names_its_edition_its_papers_and_what_the_rules_conclude(client, told):
    strike, bundle = told["strike"], taken(client)
    found = by_name(bundle, "incident", "Test strike")
    edition = Edition.objects.of("incident", strike.uid).get()
    page, document, *papers = found["external_references"]
    more = found["extensions"][INCIDENT]

    assert found["created"] == found["modified"] == f"{edition.published_at:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
    assert page["url"] == f"http://testserver/incidents/{strike.shown_uid}/editions/1/"
    assert document["hashes"] == {"SHA-256": edition.sha256}
    assert client.get(document["url"].removeprefix("http://testserver")).status_code == 200
    assert any(one["description"] == "Made-up report. Licence: CC BY 4.0" for one in papers)
    assert (more["attribution"], more["date"]["start"]) == ("self_claimed", "2024-03-18")
    assert more["tolls"]["killed"]["civilian"] == {"low": 0, "best": 0, "high": 0, "open_upper": False}
    assert "injured" not in more["tolls"]  # nobody says, which is not none
    assert found["labels"] == ["violent", "air_strike", "made-up"]


def test_claims_are_notes_and_what_is_denied_is_an_opinion_about_what_is_said(client, told):
    bundle = taken(client)
    army, group = (by_name(bundle, "identity", name)["id"] for name in ("Test army", "Test Front"))
    strike = by_name(bundle, "incident", "Test strike")["id"]
    done = next(one for one in of(bundle, "relationship") if one["relationship_type"] == "attributed-to")
    owned = next(one for one in of(bundle, "note") if one["abstract"] == "perpetrator")
    denied, doubted = sorted(of(bundle, "opinion"), key=lambda one: one["opinion"], reverse=True)

    assert (done["source_ref"], done["target_ref"]) == (strike, army)
    assert owned["content"] == "Test army says: perpetrator: Test army; perpetrator."
    assert (owned["authors"], owned["confidence"], owned["object_refs"]) == (["Test army"], 90, [strike, army])
    assert (denied["opinion"], denied["object_refs"]) == ("strongly-disagree", [done["id"]])
    assert (denied["authors"], denied["confidence"]) == (["Test Front"], 70)
    assert denied["extensions"][CLAIM]["claimant_ref"] == group
    assert (doubted["opinion"], doubted["object_refs"]) == ("disagree", [strike])
    assert "confidence" not in doubted  # credibility cannot be judged
    assert owned["external_references"][0]["description"] == "Made-up report. “made-up words”. Licence: CC BY 4.0"
    assert {one["created_by_ref"] for one in bundle["objects"] if "created_by_ref" in one} == {
        identifier("identity", "record")
    }


def test_nobody_is_called_a_threat_whatever_the_side(client, told):
    bundle = taken(client)

    assert {one["name"]: one["identity_class"] for one in of(bundle, "identity")} == {
        "Frontier Ledger": "organization",
        "Test army": "organization",
        "Test Front": "group",
    }
    assert not {one["type"] for one in bundle["objects"]} & {"threat-actor", "intrusion-set", "campaign"}


def test_incidents_actors_and_places_are_tied(client, told):
    bundle = taken(client)
    names = {one["id"]: one.get("name") for one in bundle["objects"]}
    ties = {
        (names[one["source_ref"]], one["relationship_type"], names[one["target_ref"]])
        for one in of(bundle, "relationship")
    }
    fights = next(one for one in of(bundle, "relationship") if one["relationship_type"] == "fights")
    town = by_name(bundle, "location", "Testtown")

    ends = {names[fights[end]] for end in ("source_ref", "target_ref")}
    assert ends == {"Test Front", "Test army"}
    assert ("Test answer", "follows", "Test strike") in ties
    assert ("Test strike", "located-at", "Testtown") in ties
    assert (fights["start_time"], "stop_time" in fights) == ("2020-01-01T00:00:00.000Z", False)
    assert (town["latitude"], town["precision"], town["country"]) == (33.0, 2000.0, "PK")


def test_everything_is_marked_clear_and_says_what_may_be_done_with_it(client, told):
    bundle = taken(client)
    clear, terms = (next(one for one in bundle["objects"] if one["id"] == mark) for mark in MARKINGS)

    assert clear["name"] == "TLP:CLEAR"
    assert "No licence for the record as a whole has been stated" in terms["definition"]["statement"]
    marked = [one for one in bundle["objects"] if one["type"] != "marking-definition"]
    assert all(one["object_marking_refs"] == list(MARKINGS) for one in marked)


def test_the_same_things_have_the_same_ids_and_what_changed_is_newer(client, told):
    first, again, narrowed = taken(client), taken(client), taken(client, "/incidents.stix.json?kind=air_strike")
    strike = told["strike"]
    incidents.edit(strike, by=builders.person("editor"), version=strike.version, fields={"title": "Test strike, anew"})
    editions.publish(strike, by=builders.person("editor"), reason="correction", note="A word.")
    later = taken(client)

    assert first == again
    held = {one["id"]: one for one in first["objects"]}
    assert len(of(narrowed, "incident")) == 1 and narrowed["id"] != first["id"]
    assert all(held[one["id"]] == one for one in narrowed["objects"])
    assert {one["id"] for one in later["objects"]} == set(held)
    old, new = by_name(first, "incident", "Test strike"), by_name(later, "incident", "Test strike, anew")
    assert (new["id"], new["created"]) == (old["id"], old["created"]) and new["modified"] > old["modified"]


def test_a_place_without_coordinates_or_country_is_told_in_words_alone(client):
    builders.published(
        location=builders.location("The line", level="border_segment"), location_precision="border_segment"
    )

    bundle = judged(taken(client))

    assert of(bundle, "location") == []
    assert of(bundle, "incident")[0]["extensions"][INCIDENT]["place"] == "The line"


def test_what_is_retracted_is_marked_and_a_link_to_what_is_not_chosen_is_left_out(client, told):
    claim = told["strike"].claims.get(stance="doubts")
    claims.retract(claim, by=builders.person("editor"), on=date(2024, 4, 1), rationale="Made up.")
    editions.publish(told["strike"], by=builders.person("editor"), reason="retraction", note="Taken back.")

    bundle, answer = judged(taken(client)), taken(client, "/incidents.stix.json?kind=statement")

    assert [one["labels"] for one in of(bundle, "opinion") if one["opinion"] == "disagree"] == [
        ["occurrence", "retracted"]
    ]
    assert "follows" not in {one["relationship_type"] for one in of(answer, "relationship")}


def test_an_empty_selection_is_a_bundle_that_only_introduces_itself(client, told):
    bundle = judged(taken(client, "/incidents.stix.json?q=nothing-like-it"))

    assert {one["type"] for one in bundle["objects"]} == {"marking-definition", "identity", "extension-definition"}


def test_the_api_gives_the_same_bundle_and_those_of_earlier_states(client, told):
    sequence = Edition.objects.latest("pk").pk
    now = taken(client)
    strike = told["strike"]
    incidents.edit(strike, by=builders.person("editor"), version=strike.version, fields={"title": "Test strike, anew"})
    editions.publish(strike, by=builders.person("editor"), reason="correction", note="A word.")

    answer = client.get("/api/v1/incidents.stix.json")
    latest = json.loads(answer.getvalue())
    then = judged(taken(client, f"/api/v1/incidents.stix.json?edition={sequence}"))

    assert answer["Content-Type"] == "application/stix+json;version=2.1"
    assert latest["objects"] == taken(client)["objects"]
    assert by_name(then, "incident", "Test strike") == by_name(now, "incident", "Test strike")
    # Relations have no earlier state here.
    assert not [one for one in of(then, "relationship") if one["relationship_type"] == "fights"]
    assert {one["id"] for one in then["objects"]} <= {one["id"] for one in now["objects"]}
    assert client.get("/api/v1/incidents.stix.json?fields=title").status_code == 400


def test_a_bundle_that_was_cut_cannot_be_read(client, told):
    pieces = list(client.get("/incidents.stix.json").streaming_content)

    with pytest.raises(json.JSONDecodeError):
        json.loads(b"".join(pieces[:-1]))


def test_questions_grow_with_pieces_only(client, told):
    many.copies(told["strike"], 2000, change=lambda document, place: document | {"claims": [], "participants": []})

    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/incidents.stix.json")
        bundle = json.loads(answer.getvalue())

    assert len(of(bundle, "incident")) == int(answer["X-Row-Count"]) == 2002
    assert len(queries) <= 2 * -(-2002 // stix.CHUNK) + 5


def spoken(relation, claimant):
    """The relation, published with a claim by this actor."""
    analyst, editor = builders.person("analyst"), builders.person("editor")
    claim = claims.add(relation, by=analyst, **builders.claim("relation", claimant=claimant))
    claims.decide(claim, by=editor, verdict="accepted", credibility=2)
    relations.publish_relation(relation, by=editor, reason="correction", note="A claim.")


def test_who_comes_in_by_a_relation_alone_has_the_moments_of_the_register(client, told):
    observer = builders.actor("Test observer", side="third", home_country="")
    doubt = builders.claim("occurrence", claimant=observer)
    builders.published(title="Test talk", kind="statement", claims=[doubt])
    spoken(told["relation"], observer)

    whole, narrowed = taken(client), taken(client, "/incidents.stix.json?kind=air_strike")

    assert "Test talk" not in {one.get("name") for one in narrowed["objects"]}
    found = by_name(narrowed, "identity", "Test observer")
    assert found == by_name(whole, "identity", "Test observer")
    first = Edition.objects.of("actor", observer.uid).earliest("pk")
    assert found["created"] == f"{first.published_at:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"


def test_more_relations_take_no_more_questions(client, told):
    editor, asked = builders.person("editor"), []
    spoken(told["relation"], builders.actor("Test observer"))
    for place, type_ in enumerate(("allied_with", "rival_of", "hosts")):
        with CaptureQueriesContext(connection) as queries:
            bundle = taken(client)
        asked.append((len(queries), len(of(bundle, "identity"))))
        relation = registers.relate(told["group"], type_, told["army"], by=editor, basis="established")
        spoken(relation, builders.actor(f"Test observer {place}"))

    assert asked == [(asked[0][0], number) for number in (4, 5, 6)]


def test_null_is_left_out_and_nought_and_no_are_said():
    assert said({"a": None, "b": 0, "c": False, "d": "", "e": [], "f": {"g": None}, "h": [{"i": None, "j": 0}]}) == {
        "b": 0,
        "c": False,
        "h": [{"j": 0}],
    }


def test_ids_are_of_version_five_and_of_no_other_namespace():
    one = identifier("incident", "0000-003W")

    assert one == identifier("incident", "0000-003W") != identifier("incident", "0000-003X")
    assert one.split("--")[1][14] == "5"
