"""The review page: one claim at hand beside its words and its rivals, the grade before the source's, then onwards."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from events.choices import RATIONALES
from events.desk import claims
from events.models.claim import Claim, Review
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db

NOTE = "Made-up note on the source"


def review(client, incident, claim=None):
    return client.get(f"/desk/incidents/{incident.uid}/review/" + (f"?claim={claim.uid}" if claim else ""))


def decide(client, claim, **changes):
    return client.post(f"/desk/claims/{claim.uid}/decide/", keyboard.verdict(claim, **changes))


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def graded(analyst):
    """A submitted incident with one claim, on a source with a grade and a note."""
    source = builders.source(reliability="B", reliability_note=NOTE)
    return builders.submitted(analyst, claims=[builders.claim(document_row=builders.document(source_row=source))])


def test_the_first_claim_that_waits_for_the_person_is_at_hand(desk, analyst, editor):
    incident = builders.submitted(analyst, claims=[builders.claim(), builders.claim(claimant_text="A second witness")])
    first, second = incident.claims.all()
    claims.decide(first, by=editor, verdict="accepted")

    assert review(desk, incident).context["at_hand"] == second
    assert review(desk, incident, first).context["at_hand"] == first


@pytest.mark.parametrize("asked", ["ZZZZZZZZ", "no-uid", ""])
def test_a_claim_of_another_incident_is_absent(desk, analyst, asked):
    incident, other = builders.submitted(analyst), builders.submitted(analyst)

    assert desk.get(f"/desk/incidents/{incident.uid}/review/?claim={asked}").status_code == 404
    assert review(desk, incident, other.claims.get()).status_code == 404


def test_the_excerpt_stands_in_the_captured_text(desk, analyst):
    paper = builders.document(
        captured_text="Words before. “Eight   were killed” <b>there</b>. Words after.", language="ur"
    )
    incident = builders.submitted(analyst, claims=[builders.claim(document_row=paper, excerpt='"Eight were killed"')])

    page = review(desk, incident).text

    assert 'lang="ur">Words before. <mark>“Eight   were killed”</mark> &lt;b&gt;there' in page


def test_the_page_says_when_nothing_was_captured_or_the_excerpt_is_not_there(desk, analyst):
    paper = builders.document(captured_text="Quite other words.")
    incident = builders.submitted(analyst, claims=[builders.claim(), builders.claim(document_row=paper)])
    bare, wrong = incident.claims.all()

    assert "No text of this document was captured" in review(desk, incident, bare).text
    assert "is not in the captured text" in review(desk, incident, wrong).text


def test_only_the_texts_of_the_claim_at_hand_are_read(desk, analyst):
    papers = [builders.document(captured_text=f"made-up words {n}") for n in range(3)]
    incident = builders.submitted(analyst, claims=[builders.claim(document_row=paper) for paper in papers])

    with CaptureQueriesContext(connection) as asked:
        review(desk, incident)

    reading = [query["sql"] for query in asked if "captured_text" in query["sql"]]
    assert len(reading) == 1
    assert "citation" in reading[0]


def test_rivals_show_where_they_differ(desk, analyst):
    tolls = [builders.claim("casualties", claimant_text=f"Test {n}", lines=[builders.toll(n)]) for n in (8, 12)]

    page = review(desk, builders.submitted(analyst, claims=tolls)).text

    assert '<td class="differs">12 <span class="differs__word">differs</span></td>' in page


def test_what_the_claimant_says_elsewhere_is_told(desk, analyst):
    army = builders.actor()
    elsewhere = builders.submitted(analyst, title="Made-up elsewhere", claims=[builders.claim(claimant=army)])
    builders.submitted(analyst, title="Made-up of others")
    here = builders.submitted(
        analyst,
        claims=[builders.claim(claimant=army), builders.claim("weapon", claimant=army, value_text="A test weapon")],
    )

    found = review(desk, here).context

    assert [claim.incident for claim in found["elsewhere"]] == [elsewhere]
    assert [claim.aspect for claim in found["here"]] == ["weapon"]


def test_checks_stand_with_the_claim_that_they_name(desk, analyst):
    friday = builders.claim(claimant_text="Test one", excerpt="It happened on Friday, in made-up words")
    incident = builders.submitted(analyst, claims=[friday, builders.claim(claimant_text="Test two")])
    first, second = incident.claims.all()

    assert "speaks of Friday" in review(desk, incident, first).text
    assert "speaks of Friday" not in review(desk, incident, second).text
    assert "1 check" in review(desk, incident, second).text


@pytest.mark.parametrize("kind", ["location", "casualties"])
def test_the_page_costs_the_same_for_two_claims_as_for_eight(desk, analyst, kind):
    def incident(number):
        province = builders.location(f"Test province {number}", level="province")
        towns = [builders.location(f"Test town {number}/{n}", parent=province) for n in range(number)]
        values = [{"value_location": town} if kind == "location" else {"lines": [builders.toll(2)]} for town in towns]
        return builders.submitted(
            analyst, claims=[builders.claim(kind, claimant_text=f"Test {n}", **value) for n, value in enumerate(values)]
        )

    def cost(row):
        review(desk, row)
        with CaptureQueriesContext(connection) as asked:
            assert review(desk, row).status_code == 200
        return len(asked)

    few, many = incident(2), incident(8)

    assert cost(few) == cost(many)


# --- the grade of the source ---------------------------------------------------------------------------------------


def test_the_sources_grade_is_not_in_the_page_before_the_claims(desk, graded):
    page = review(desk, graded).text

    assert NOTE not in page
    assert "B · usually reliable" not in page


def test_the_sources_grade_is_told_for_a_chosen_credibility(desk, graded):
    claim = graded.claims.get()

    answer = desk.get(f"/desk/claims/{claim.uid}/reliability/?credibility=3")

    assert NOTE in answer.text
    assert "B · usually reliable" in answer.text
    claim.refresh_from_db()
    assert (claim.verdict, claim.credibility, claim.version) == ("pending", 6, 1)


@pytest.mark.parametrize("asked", ["", "?credibility=", "?credibility=7", "?credibility=x"])
def test_without_a_credibility_the_sources_grade_stays_hidden(desk, graded, asked):
    answer = desk.get(f"/desk/claims/{graded.claims.get().uid}/reliability/{asked}")

    assert answer.status_code == 400
    assert NOTE not in answer.text


def test_who_may_not_decide_the_claim_is_not_told(desk, editor):
    own = builders.submitted(editor).claims.get()

    assert desk.get(f"/desk/claims/{own.uid}/reliability/?credibility=3").status_code == 403


# --- deciding ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"credibility": ""}, "Choose how likely it is"),
        ({"credibility": "9"}, "not in the list"),
        ({"verdict": ""}, "Press one of the buttons"),
        ({"verdict": "pending"}, "not in the list"),
        ({"verdict": "rejected", "phrase": RATIONALES["accepted"][0], "rationale": ""}, "for another verdict"),
        ({"phrase": "My own code"}, "not in the list"),
        ({"rationale": "x" * 2001}, "at most 2000"),
    ],
)
def test_a_refused_decision_says_why_and_keeps_what_was_typed(desk, graded, typed, sentence):
    answer = decide(desk, graded.claims.get(), **{"rationale": "Kept words.", **typed})

    assert answer.status_code == 422
    assert sentence in keyboard.sentences(answer)
    assert typed.get("rationale", "Kept words.") in answer.text
    assert Claim.objects.get().verdict == "pending"


def test_a_ready_sentence_serves_where_nothing_was_written(desk, graded):
    sentence = RATIONALES["rejected"][0]

    assert decide(desk, graded.claims.get(), verdict="rejected", phrase=sentence, credibility="").status_code == 302

    assert Review.objects.get().rationale == sentence


def test_own_words_come_before_a_ready_sentence(desk, graded):
    decide(desk, graded.claims.get(), verdict="rejected", phrase=RATIONALES["accepted"][0], rationale="My own words.")

    assert Review.objects.get().rationale == "My own words."


def test_what_was_typed_on_a_claim_that_another_decided_first_is_shown(desk, graded, other_editor):
    claim = graded.claims.get()
    claims.decide(claim, by=other_editor, verdict="accepted", credibility=2)

    answer = decide(desk, claim, rationale="Typed in vain <b>")

    assert answer.status_code == 409
    assert "You had written" in answer.text
    assert escape("Typed in vain <b>") in answer.text
    claim.refresh_from_db()
    assert claim.decided_by == other_editor


def test_the_next_undecided_claim_follows_and_what_was_passed_over_comes_up_again(desk, analyst):
    incident = builders.submitted(analyst, claims=[builders.claim(claimant_text=f"Test {n}") for n in range(3)])
    first, second, third = incident.claims.all()

    assert decide(desk, second).url.endswith(f"?claim={third.uid}")
    assert decide(desk, third).url.endswith(f"?claim={first.uid}")


def test_after_the_last_claim_comes_publishing(desk, graded):
    assert decide(desk, graded.claims.get()).url == f"/desk/incidents/{graded.shown_uid}/publish/"


def test_what_cannot_be_published_leads_to_the_next_in_the_queue(desk, graded, analyst):
    following = builders.submitted(analyst)

    onwards = decide(desk, graded.claims.get(), verdict="rejected", rationale="Not there.").url

    assert onwards == f"/desk/incidents/{following.shown_uid}/review/"


def test_the_last_of_the_queue_leads_back_to_it(desk, graded):
    # A submitted incident that holds nothing to publish stays in the queue itself, but nothing follows it.
    assert decide(desk, graded.claims.get(), verdict="rejected", rationale="Not there.").url == "/desk/queue/"


# --- keys ----------------------------------------------------------------------------------------------------------


def test_single_keys_can_be_switched_off_and_on(desk):
    assert 'data-shortcuts="on"' in desk.get("/desk/queue/").text

    answer = desk.post("/desk/account/shortcuts/", {"shortcuts": "off", "next": "/desk/queue/?mine=on"})
    assert answer.url == "/desk/queue/?mine=on"
    assert 'data-shortcuts="off"' in desk.get("/desk/queue/").text

    desk.post("/desk/account/shortcuts/", {"shortcuts": "on"})
    assert 'data-shortcuts="on"' in desk.get("/desk/queue/").text


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_the_choice_leads_to_no_other_host(desk, address):
    assert desk.post("/desk/account/shortcuts/", {"shortcuts": "off", "next": address}).url == "/desk/"


def test_another_choice_than_on_or_off_is_refused(desk):
    assert desk.post("/desk/account/shortcuts/", {"shortcuts": "<b>"}).status_code == 400
