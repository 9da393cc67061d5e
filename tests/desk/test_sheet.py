"""The log sheet: documents, sites and cards of claims become an incident with its parts, or are refused whole."""

import pytest

from events.models.claim import Claim
from events.models.incident import Incident
from events.models.source import Document
from events.models.unfinished import UnfinishedEntry
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db


def test_a_sheet_becomes_an_operation_with_sites_and_claims(client, analyst):
    places = builders.places()
    client.force_login(analyst)

    answer = client.post("/desk/log/", _operation())

    assert answer.status_code == 302, keyboard.sentences(answer)
    whole = Incident.objects.get(title="Made-up strikes")
    site = whole.links_in.get().from_incident
    assert (site.title, site.location) == ("Made-up strikes: Testtown", places["town"])
    toll, place = whole.claims.get(), site.claims.get()
    assert [(str(line.qualifier), line.demographic, line.low) for line in toll.lines.all()] == [
        ("some", "any", 2),
        ("some", "children", 2),
    ]
    assert toll.lines.last().subset_of == toll.lines.first()
    assert toll.claimant_text == "Made-up officials" and place.claimant_text == "Made-up officials"
    assert toll.citations.get().document == place.citations.get().document == Document.objects.get()


def test_sending_to_review_submits_the_operation_with_its_sites(client, analyst):
    builders.places()
    client.force_login(analyst)

    answer = client.post("/desk/log/", _operation(submit="yes"))

    assert answer.status_code == 302, keyboard.sentences(answer)
    assert set(Incident.objects.values_list("status", flat=True)) == {"submitted"}


def test_a_site_without_a_claim_is_named_and_nothing_is_saved(client, analyst):
    builders.places()
    client.force_login(analyst)
    sent = _operation(submit="yes") | {"cards-0-says-1-site": ""}

    answer = client.post("/desk/log/", sent)

    assert answer.status_code == 422
    assert "“Made-up strikes: Testtown”: Add at least one claim with a citation." in answer.text.replace("&#x27;", "'")
    assert not Incident.objects.exists() and not Document.objects.exists()
    assert 'value="Made-up strikes"' in answer.text and "some civilians" in answer.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"cards-0-says-0-toll-killed-civilian-any": "many"}, "is not a number of people"),
        ({"cards-0-says-0-toll-killed-civilian-any": ""}, "Give the number of all of them too"),
        ({"cards-0-says-1-site": "2"}, "is not in the list"),
        ({"cards-0-claimant_text": ""}, "Say who claims it"),
        ({"documents-0-title": ""}, "This document is new here; give its title."),
        ({"documents-0-url": "", "documents-0-title": "", "documents-0-source": ""}, None),
        ({"sites-0-place": "Nowhere at all"}, "No place goes by"),
        ({"cards-0-says-0-aspect": ""}, "Fill in"),
        ({"documents-0-url": "javascript:alert(1)"}, "“javascript:” is not the beginning of a page&#x27;s address"),
    ],
)
def test_a_wrong_sheet_is_refused_with_a_sentence_and_shown_as_typed(client, analyst, changes, sentence):
    builders.places()
    client.force_login(analyst)

    answer = client.post("/desk/log/", _operation() | changes)

    if sentence is None:  # claims yet to be cited are a draft like any other
        assert answer.status_code == 302, keyboard.sentences(answer)
        return
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Incident.objects.exists() and not Claim.objects.exists()
    assert "some civilians were killed there" in answer.text


def test_cards_are_kept_in_the_order_in_which_they_stand(client, analyst):
    client.force_login(analyst)
    sent = keyboard.incident() | keyboard.cards(
        {"claimant_text": "Made-up second", "order": "2", "says": [{"aspect": "occurrence"}]},
        {"claimant_text": "Made-up first", "order": "1", "says": [{"aspect": "occurrence"}]},
    )

    answer = client.post("/desk/log/", sent)

    assert answer.status_code == 302, keyboard.sentences(answer)
    assert [claim.claimant_text for claim in Incident.objects.get().claims.all()] == ["Made-up first", "Made-up second"]


def test_rows_are_added_without_scripts_and_nothing_typed_is_lost(client, analyst):
    client.force_login(analyst)

    for button, row in (
        ("more-cards", "cards-1-claimant"),
        ("more-cards-0-says", "cards-0-says-2-aspect"),
        ("more-sites", "sites-1-place"),
        ("more-documents", "documents-1-url"),
    ):
        answer = client.post("/desk/log/", _operation() | {button: "yes"})
        assert answer.status_code == 200
        assert f'name="{row}"' in answer.text
        assert "some civilians were killed there" in answer.text and 'value="Made-up strikes"' in answer.text


def test_claims_of_a_sheet_go_to_an_incident_that_exists_already(client, analyst):
    incident = builders.draft(analyst, claims=[])
    client.force_login(analyst)
    sent = keyboard.incident() | keyboard.cards(
        {"claimant_text": "Made-up witness", "says": [{"aspect": "occurrence"}]}
    )

    answer = client.post("/desk/log/", sent | {"into": incident.uid})

    assert answer.status_code == 302 and answer.url == incident.get_absolute_url()
    assert incident.claims.get().claimant_text == "Made-up witness"
    assert Incident.objects.count() == 1


def test_claims_never_go_to_an_incident_that_the_person_may_not_see(client, analyst, other_analyst):
    hidden = builders.draft(other_analyst, claims=[])
    client.force_login(analyst)
    sent = keyboard.incident() | keyboard.cards(
        {"claimant_text": "Made-up witness", "says": [{"aspect": "occurrence"}]}
    )

    answer = client.post("/desk/log/", sent | {"into": hidden.uid})

    assert answer.status_code == 422
    assert "No incident has the number" in answer.text
    assert not hidden.claims.exists()


def test_a_sheet_sent_twice_logs_one_operation(client, analyst):
    builders.places()
    client.force_login(analyst)
    sent = _operation()

    first, second = client.post("/desk/log/", sent), client.post("/desk/log/", sent)

    assert first.url == second.url
    assert Incident.objects.count() == 2


def test_a_sheet_that_was_sent_leads_to_what_came_of_it(client, analyst):
    client.force_login(analyst)
    entry = _kept(client, title="Made-up title")

    logged = client.post(f"/desk/log/?resume={entry.uid}", keyboard.incident() | {"unfinished": entry.key})

    assert logged.status_code == 302
    assert client.get(f"/desk/log/?resume={entry.uid}").url == logged.url


def _operation(**changes):
    return (
        keyboard.incident(title="Made-up strikes", kind="air_strike", place="Test Province")
        | keyboard.sheet_rows("documents", {**keyboard.new_document(), "excerpt": ""})
        | keyboard.sheet_rows("sites", {"place": "Testtown"})
        | keyboard.cards(
            {
                "claimant_text": "Made-up officials",
                "document": "1",
                "says": [
                    {
                        "aspect": "casualties",
                        "excerpt": "some civilians were killed there",
                        "toll-killed-civilian-any": "some",
                        "toll-killed-civilian-children": "some",
                    },
                    {"aspect": "location", "site": "1", "value_location": "Testtown", "excerpt": "at Testtown"},
                ],
            }
        )
        | changes
    )


def _kept(client, **typed):
    body = {
        "page": "/desk/log/",
        "key": "0" * 36,
        "revision": 0,
        "changed": {name: [text] for name, text in typed.items()},
        "gone": [],
        "label": "",
    }
    assert client.post("/desk/unfinished/", body, content_type="application/json").status_code == 200
    return UnfinishedEntry.objects.get()
