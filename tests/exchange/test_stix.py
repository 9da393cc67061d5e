"""From a made-up public document to objects of STIX, without a database."""

from datetime import UTC, datetime

import pytest

from events.exchange import stix, stix_claims
from events.exchange.stix_objects import INCIDENT, identifier
from tests.exchange import acled_documents as made

BEGAN, PRINTED = datetime(2024, 3, 19, 8, 0, 0, 123456, tzinfo=UTC), datetime(2024, 3, 20, 12, tzinfo=UTC)
PEOPLE = {
    "army": {"uid": "0000-000A", "short_name": "TA", **made.actor("Test army")},
    "elders": {
        "uid": "0000-000B",
        "short_name": "",
        **made.actor("Test elders", kind="population_group", side="third"),
    },
}


def document(*, parts=(), links=(), **changes):
    conclude = {
        "occurrence": {"status": "single_source", "is_denied": False, "claims": []},
        "attribution": {"status": "unattributed", "actor": None, "candidates": []},
        "acknowledgement": {},
        "casualties": {"killed": {"total": made.NO_FIGURE, "by_category": {"civilian": made.figure(0, 0, 0)}}},
    }
    found = made.document(conclude=conclude)
    found["date"] |= {"time_zone": None, "utc": None, "shown": "18 March 2024"}
    country = {"slug": "afghanistan", "name": "Afghanistan", "iso": "AF"}
    province = {"slug": "paktika", "name": "Paktika", "iso": "AF-PKA"}
    place = {"uid": "0000-000C", "disputed_note": "", "shown": "Barmal", "country": country, "province": province}
    return (
        found
        | {
            "edition": {"number": 2, "ruleset": 1, "kind": "published"},
            "location": made.place(**place),
            "tags": [],
            "part_of": None,
            "actors": PEOPLE,
            "participants": [{"actor": actor, "part": part, "claims": ["0000-000D"]} for actor, part in parts],
            "links": [
                {"uid": f"0000-000{number}", "type": type_, "to": to, "standing": "editorial", "claims": []}
                for number, (type_, to) in enumerate(links)
            ],
            "claims": [],
            "documents": [],
        }
        | changes
    )


def objects(content, *, incidents=(), bundle=None):
    edition = stix.Edition(content, "0" * 64, BEGAN, PRINTED, "https://ledger.example")
    return list(stix.incident(edition, bundle or stix.Bundle(incidents=set(incidents))))


def ties(found):
    return {one["relationship_type"]: one for one in found if one["type"] == "relationship"}


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ("perpetrator", "attributed-to"),
        ("target", "targets"),
        ("initiator", "related-to"),
        ("responder", "related-to"),
        ("host", "related-to"),
        ("mediator", "related-to"),
        ("announcer", "related-to"),
        ("affected", "related-to"),
    ],
)
def test_a_part_is_a_relationship_that_says_which(part, word):
    tie = ties(objects(document(parts=[("elders", part)])))[word]

    assert tie["target_ref"] == identifier("identity", "0000-000B")
    assert tie["description"] == f"{part.capitalize()}, as the rules conclude from 0000-000D."


def test_several_parts_of_one_actor_are_several_relationships():
    found = objects(document(parts=[("elders", "host"), ("elders", "mediator")]))

    assert len({one["id"] for one in found}) == len(found)
    assert sum(one.get("relationship_type") == "related-to" for one in found) == 2


def test_links_and_the_operation_lead_only_to_what_is_in_the_bundle():
    content = document(links=[("same_as", "1111-1111"), ("retaliation_for", "2222-2222")], part_of="3333-3333")

    apart, together = objects(content), objects(content, incidents=["1111-1111", "2222-2222", "3333-3333"])

    assert set(ties(apart)) == {"located-at"}
    assert set(ties(together)) == {"located-at", "duplicate-of", "retaliation-for", "part-of"}
    assert ties(together)["part-of"]["target_ref"] == identifier("incident", "3333-3333")


def test_moments_are_told_to_the_millisecond_and_never_end_before_they_begin():
    found = next(one for one in objects(document()) if one["type"] == "incident")
    early = stix.Edition(document(), "0" * 64, PRINTED, BEGAN, "https://ledger.example")
    turned = next(one for one in stix.incident(early, stix.Bundle()) if one["type"] == "incident")

    assert (found["created"], found["modified"]) == ("2024-03-19T08:00:00.123Z", "2024-03-20T12:00:00.000Z")
    assert turned["created"] == turned["modified"]


def test_actors_and_places_stand_once_in_a_bundle_with_the_moments_of_their_register():
    bundle = stix.Bundle(moments={"0000-000A": (BEGAN, BEGAN), "0000-000C": (BEGAN, BEGAN)})

    first, second = (objects(document(uid=uid), bundle=bundle) for uid in ("1111-1111", "2222-2222"))

    assert [one["type"] for one in first] == ["identity", "identity", "incident", "location", "relationship"]
    assert [one["type"] for one in second] == ["incident", "relationship"]
    assert {one["modified"] for one in (first[0], first[3])} == {"2024-03-19T08:00:00.123Z"}
    assert ties(first)["located-at"]["target_ref"] == ties(second)["located-at"]["target_ref"]


def test_a_place_is_as_coarse_as_it_is_shown():
    place = document()["location"]
    shown = {
        kind: next(one for one in objects(document(location=place | changes)) if one["type"] == "location")
        for kind, changes in {
            "area": {},
            "point": {"uncertainty_km": 2.0},
            "bare": {"latitude": None, "longitude": None, "uncertainty_km": None},
        }.items()
    }
    nowhere = objects(document(location=place | {"latitude": None, "longitude": None, "country": None}))

    assert (shown["area"]["precision"], shown["point"]["precision"]) == (35000.0, 2000.0)
    assert len({one["id"] for one in shown.values()}) == 3
    assert shown["bare"]["country"] == "AF" and not {"latitude", "precision"} & set(shown["bare"])
    assert shown["area"]["administrative_area"] == "AF-PKA"
    assert "location" not in {one["type"] for one in nowhere}


def test_nought_is_told_and_what_nobody_says_is_not():
    found = next(one for one in objects(document()) if one["type"] == "incident")

    nought = {"low": 0, "best": 0, "high": 0, "open_upper": False}
    assert found["extensions"][INCIDENT]["tolls"] == {"killed": {"civilian": nought}}


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        (None, None, ()),
        ("2020-01-01", None, ("start_time",)),
        (None, "2021-01-01", ("stop_time",)),
        ("2020-01-01", "2021-01-01", ("start_time", "stop_time")),
        ("2020-01-01", "2020-01-01", ("start_time",)),  # the standard wants the end to be later
    ],
)
def test_a_relation_tells_the_days_that_are_known(since, until, told):
    content = {
        "uid": "0000-000F",
        "subject": "army",
        "type": "does_not_recognise",
        "object": "elders",
        "valid_from": since,
        "valid_until": until,
        "note": "",
        "actors": PEOPLE,
        "claims": [],
        "documents": [],
    }
    edition = stix.Edition(content, "0" * 64, BEGAN, PRINTED, "https://ledger.example")

    *_, tie = stix.relation(edition, stix.Bundle())

    assert tie["relationship_type"] == "does-not-recognise"
    assert tuple(name for name in ("start_time", "stop_time") if name in tie) == told


def test_a_claim_is_told_in_one_sentence():
    claim = {
        **{"stance": "doubts", "aspect": "location", "hedge": "reportedly", "attribution": "residents", "actor": None},
        **{
            "part": "",
            "code": "",
            "text": "",
            "location": {"slug": "barmal", "name": "Barmal"},
            "date": None,
            "lines": [],
        },
    }

    assert stix_claims.content(claim, "Test elders", PEOPLE) == "Test elders doubts: location (reportedly): Barmal."
    nobody = claim | {"location": None, "attribution": "anonymous_official"}
    assert stix_claims.content(nobody, "", PEOPLE) == "anonymous official doubts: location (reportedly)."
