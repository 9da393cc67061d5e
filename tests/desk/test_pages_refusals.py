"""Wrong input at the desk: status 422, a sentence, what was typed kept, and nothing changed."""

import pytest

from events.models.change import Change
from events.models.claim import Claim
from events.models.incident import Incident
from events.models.location import Location
from events.models.source import Document
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db

DAY_RANGE = {"date_start": "2024-03-18", "date_end": "2024-03-20"}


@pytest.fixture
def desk(client, analyst):
    client.force_login(analyst)
    return client


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "Fill in “Title”."),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"title": "\u200b\u202e"}, "Fill in “Title”."),
        ({"kind": ""}, "Fill in “Kind”."),
        ({"kind": "massacre"}, "“massacre” is not in the list"),
        ({"date_start": "18.3.2024"}, "year-month-day"),
        ({"date_start": "2024-02-30"}, "year-month-day"),
        ({"date_start": "0025-03-18"}, "must lie between 1893"),
        ({"date_start": "", "date_end": "2024-03-18"}, "Give the first day"),
        ({"date_end": "2024-03-17", "date_precision": "day_range"}, "must not lie before the first"),
        (DAY_RANGE, "choose “range of days”"),
        (DAY_RANGE | {"date_precision": "minute", "date_time": "03:00"}, "one day"),
        ({"date_end": "2024-04-18", "date_precision": "day_range"}, "at most 7 days"),
        ({"date_time": "25:00"}, "hours and minutes"),
        ({"date_time": "03:00", "date_zone": "Asia/Kabul"}, "needs the precision"),
        ({"date_precision": "minute"}, "give the local time"),
        ({"date_precision": "minute", "date_time": "03:00"}, "needs its time zone"),
        ({"date_zone": "Mars/Olympus"}, "is not in the list"),
        ({"place": "Nowhere at all"}, "No place goes by “Nowhere at all”"),
        ({"place": "x" * 201}, "at most 200 characters"),
        ({"location_precision": "site"}, "Name the place"),
        ({"summary": "x" * 4001}, "at most 4000 characters"),
        ({"tags": "x" * 41}, "40 characters"),
        ({"entry_key": "once"}, "valid value"),
        ({"entry_key": ""}, "Entry key"),
    ],
)
def test_a_wrong_incident_is_refused_with_a_sentence_and_changes_nothing(desk, typed, sentence):
    sent = keyboard.incident(**typed)

    answer = desk.post("/desk/log/", sent)

    assert answer.status_code == 422
    assert sentence in keyboard.sentences(answer)
    assert "Made-up attack on a post" in answer.text or "title" in typed
    assert not Incident.objects.exists()
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"claimant_text": ""}, "Say who claims it"),
        ({"claimant_text": "x" * 201}, "at most 200 characters"),
        ({"aspect": "mood"}, "“mood” is not in the list"),
        ({"aspect": "relation"}, "is not in the list"),
        ({"stance": "hints"}, "is not in the list"),
        ({"attribution": ""}, "How the document names them"),
        ({"aspect": "kind"}, "Choose the word from the list"),
        ({"aspect": "kind", "kind_code": "school"}, "is not in the list"),
        ({"aspect": "target_nature"}, "Choose the word from the list"),
        ({"aspect": "weapon"}, "Say in words"),
        ({"aspect": "perpetrator"}, "Name the actor"),
        ({"aspect": "location"}, "Name the place"),
        ({"aspect": "date"}, "Give the day"),
        ({"aspect": "casualties"}, "at least one line"),
        ({"asserted_start": "yesterday"}, "year-month-day"),
        ({"asserted_start": "2024-03-18", "asserted_end": "2024-03-01"}, "must not lie before the first"),
        ({"supersedes": "7K3M9QX2"}, "is not in the list"),
    ],
)
def test_a_wrong_claim_is_refused_with_a_sentence_and_changes_nothing(desk, analyst, typed, sentence):
    incident = builders.draft(analyst, claims=[])

    answer = desk.post(f"/desk/incidents/{incident.uid}/claims/add/", keyboard.claim(**typed))

    assert answer.status_code == 422
    assert sentence in keyboard.sentences(answer)
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([{"number": "lots", "category": "civilian"}], "Row 1, number: “lots” is not a number"),
        ([{"number": "-7", "category": "civilian"}], "is not a number"),
        ([{"number": "9-7", "category": "civilian"}], "write 7-9"),
        ([{"number": "7"}], "Row 1, who"),
        ([{"number": "7", "category": "cattle"}], "is not in the list"),
        ([{"number": "7", "category": "civilian", "party": "Nobody known"}], "No actor goes by"),
        ([{"number": "3", "category": "civilian", "subset_row": "1"}], "a filled row above"),
        (
            [{"number": "8", "category": "civilian"}, {"number": "9", "category": "civilian", "subset_row": "1"}],
            "part of 8",
        ),
    ],
)
def test_a_wrong_toll_is_refused_at_its_row(desk, analyst, rows, sentence):
    incident = builders.draft(analyst, claims=[])

    answer = desk.post(
        f"/desk/incidents/{incident.uid}/claims/add/", keyboard.claim("casualties") | keyboard.lines(*rows)
    )

    assert answer.status_code == 422
    assert sentence in keyboard.sentences(answer)
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"url": "javascript:alert(1)"}, "“javascript:” is not the beginning of a page's address"),
        ({"url": "", "title": "", "source": ""}, "Say which document"),
        ({"title": ""}, "give its title"),
        ({"source_kind": ""}, "needs its kind"),
        ({"source-pick": "", "source-asked": ""}, "No source goes by"),
        ({"excerpt": "x" * 501}, "at most 500 characters"),
        ({"published_start": "2024-13-01"}, "year-month-day"),
        ({"document": "7K3M9QX2"}, "is not in the list"),
        ({"relay": "hearsay"}, "is not in the list"),
    ],
)
def test_a_wrong_citation_is_refused_and_leaves_no_document(desk, analyst, changes, sentence):
    incident = builders.draft(analyst, claims=[])
    rows = keyboard.citations(keyboard.new_document(**changes))

    answer = desk.post(f"/desk/incidents/{incident.uid}/claims/add/", keyboard.claim() | rows)

    assert answer.status_code == 422
    assert sentence in keyboard.sentences(answer)
    assert not Claim.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize("missing", ["lines-TOTAL_FORMS", "citations-TOTAL_FORMS"])
def test_a_page_sent_without_its_counters_is_refused(desk, analyst, missing):
    incident = builders.draft(analyst, claims=[])
    sent = keyboard.toll_claim()
    del sent[missing]

    answer = desk.post(f"/desk/incidents/{incident.uid}/claims/add/", sent)

    assert answer.status_code == 422
    assert not Claim.objects.exists()


def test_more_rows_than_a_claim_has_are_refused(desk, analyst):
    incident = builders.draft(analyst, claims=[])
    sent = keyboard.toll_claim() | {"lines-TOTAL_FORMS": "5000"}

    answer = desk.post(f"/desk/incidents/{incident.uid}/claims/add/", sent)

    assert answer.status_code == 422


def test_everything_typed_is_still_there_after_a_refusal(desk, analyst):
    incident = builders.draft(analyst, claims=[])
    sent = keyboard.toll_claim(claimant_text="", value_text="Words of mine") | {"lines-0-number": "lots"}

    answer = desk.post(f"/desk/incidents/{incident.uid}/claims/add/", sent)

    for words in ("lots", "Words of mine", "eight people were killed", "https://gazette.example/made-up"):
        assert words in answer.text


def test_one_more_row_keeps_what_was_typed_and_complains_of_nothing(desk, analyst):
    incident = builders.draft(analyst, claims=[])
    sent = keyboard.toll_claim(claimant_text="") | {"more-citations": "yes"}

    answer = desk.post(f"/desk/incidents/{incident.uid}/claims/add/", sent)

    assert answer.status_code == 200
    assert "citations-1-excerpt" in answer.text
    assert "eight people were killed" in answer.text
    assert keyboard.sentences(answer) == ""
    assert not Claim.objects.exists()


def test_submitting_an_empty_draft_says_what_is_missing(desk, analyst):
    incident = builders.draft(analyst, claims=[])

    answer = desk.post(f"/desk/incidents/{incident.uid}/submit/")

    assert answer.status_code == 422
    assert "at least one claim with a citation" in keyboard.sentences(answer)
    incident.refresh_from_db()
    assert incident.status == "draft"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"latitude": "34"}, "Give the longitude too"),
        ({"latitude": "34", "longitude": "70"}, "Say what the coordinates show"),
        ({"latitude": "NaN", "longitude": "70"}, "as a number in digits"),
        ({"latitude": "91", "longitude": "70"}, "less than or equal to 90"),
        ({"level": ""}, "Fill in “Level”."),
        ({"parent": "Nowhere"}, "No place goes by"),
        ({"level": "country", "parent": "Testland"}, "not of a coarser level"),
    ],
)
def test_a_wrong_place_is_refused_with_a_sentence(desk, typed, sentence):
    builders.location("Testland", level="country", iso="PK")

    answer = desk.post("/desk/locations/new/", {"name": "New", "level": "site", "coordinate_basis": "none"} | typed)

    assert answer.status_code == 422
    assert sentence in keyboard.sentences(answer)
    assert Location.objects.count() == 1
