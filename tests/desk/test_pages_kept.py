"""Nothing typed is lost: not to a state that moved on, a row that went away, a double click or another tab."""

import re

import pytest
from django.http import QueryDict

from events.desk import claims, incidents, stale
from events.desk.forms import typed
from events.models.actor import Actor, ActorAlias, ActorRelation
from events.models.claim import Claim
from events.models.incident import Incident, IncidentLink
from events.models.location import Location
from events.models.source import Document, Source
from events.press import editions
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db
WORDS = "Made-up words that took an hour, <b>bold</b> ones too"
SHOWN = "Made-up words that took an hour, &lt;b&gt;bold&lt;/b&gt; ones too"


@pytest.fixture
def desk(client, analyst):
    client.force_login(analyst)
    return client


def shown_back(answer, status):
    assert answer.status_code == status
    assert SHOWN in answer.text
    assert "readonly" in answer.text
    assert WORDS not in answer.text
    return answer.text


def edited(incident):
    return keyboard.incident(summary=WORDS, version=str(incident.version))


def test_an_incident_that_was_submitted_meanwhile(desk, analyst):
    incident = builders.submitted(analyst)

    page = shown_back(desk.post(f"/desk/incidents/{incident.uid}/edit/", edited(incident)), 409)

    assert "submitted and is with the editors" in page
    assert f'href="/desk/incidents/{incident.shown_uid}/"' in page
    assert "Made-up attack on a post" in page
    assert ">Summary</label>" in page
    assert "Kind: <bdi>Armed assault</bdi>" in page


def test_an_incident_that_was_put_away_or_merged_meanwhile(desk, analyst, editor):
    gone, loser, survivor = builders.draft(analyst), builders.draft(analyst), builders.draft(analyst, title="Survivor")
    incidents.discard(gone, by=analyst)
    editions.merge(loser, survivor, by=editor, note="The same")

    page = shown_back(desk.post(f"/desk/incidents/{gone.uid}/edit/", edited(gone)), 409)
    assert "withdrawn or put away" in page
    page = shown_back(desk.post(f"/desk/incidents/{loser.uid}/edit/", edited(loser)), 409)
    assert f'href="/desk/incidents/{survivor.shown_uid}/"' in page


def test_a_published_incident_withdrawn_while_somebody_else_edits_it(client, other_analyst, editor):
    incident = builders.published()
    client.force_login(other_analyst)
    editions.withdraw(incident, by=editor, reason="privacy", note="Gone")

    shown_back(client.post(f"/desk/incidents/{incident.uid}/edit/", edited(incident)), 404)


def test_a_claim_for_an_incident_that_was_submitted_meanwhile(desk, analyst):
    incident = builders.submitted(analyst)
    sent = keyboard.claim(value_text=WORDS) | keyboard.citations(keyboard.new_document(excerpt="Words of a paper"))

    page = shown_back(desk.post(f"/desk/incidents/{incident.uid}/claims/add/", sent), 409)

    assert "Citation 1, excerpt" in page
    assert "Words of a paper" in page
    assert "TOTAL_FORMS" not in page


@pytest.mark.parametrize("verdict", ["accepted", "rejected"])
def test_a_claim_that_was_decided_meanwhile(desk, analyst, editor, verdict):
    incident = builders.submitted(analyst)
    claim = incident.claims.get()
    claims.decide(claim, by=editor, verdict=verdict, rationale="Because")

    page = shown_back(desk.post(f"/desk/claims/{claim.uid}/edit/", keyboard.claim(value_text=WORDS, version="1")), 409)

    assert f"has been decided: {verdict}" in page


def rewritten(claim, by, text):
    """Somebody else rewrites the claim's words; what it cites stays."""
    cited = [{"document": one.document, "excerpt": one.excerpt} for one in claim.citations.all()]
    claims.edit(claim, by=by, version=claim.version, fields={"value_text": text}, lines=[], citations=cited)


def test_a_returned_claim_that_the_editor_rewrote_meanwhile(desk, analyst, editor):
    incident = builders.submitted(analyst, claims=[builders.claim("motive", value_text="First words")])
    claim = claims.decide(incident.claims.get(), by=editor, verdict="needs_changes", rationale="Say more")
    mine = keyboard.as_shown(desk.get(f"/desk/claims/{claim.uid}/edit/")) | {"value_text": WORDS}
    rewritten(claim, editor, "Their words")

    page = shown_back(desk.post(f"/desk/claims/{claim.uid}/edit/", mine), 409)

    assert "is with the editors" in page


def test_a_claim_that_the_editor_rewrote_is_settled_field_by_field(desk, analyst, editor):
    incident = builders.published(by=analyst)
    claim = claims.add(incident, by=analyst, **builders.claim("motive", value_text="First words"))
    mine = keyboard.as_shown(desk.get(f"/desk/claims/{claim.uid}/edit/")) | {"value_text": "My first words"}
    rewritten(claim, editor, "Their first words")

    conflict = desk.post(f"/desk/claims/{claim.uid}/edit/", mine)

    assert conflict.status_code == 409
    assert "only mine: </span>My" in conflict.text
    assert "only theirs: </span>Their" in conflict.text


def test_other_citations_of_a_claim_are_a_difference(desk, analyst, editor):
    incident = builders.draft(analyst, claims=[builders.claim("motive", value_text="Words", excerpt="the old excerpt")])
    claim = incident.claims.get()
    address = f"/desk/claims/{claim.uid}/edit/"
    mine = keyboard.as_shown(desk.get(address)) | {"citations-0-excerpt": "my excerpt"}
    theirs = mine | {"citations-0-excerpt": "their excerpt"}
    assert desk.post(address, theirs).status_code == 302

    conflict = desk.post(address, mine)

    assert conflict.status_code == 409
    assert 'name="keep-citations"' in conflict.text
    settled = keyboard.as_shown(conflict) | {"keep-citations": "theirs"}
    assert settled["citations-0-excerpt"] == "my excerpt"
    assert desk.post(address, settled).status_code == 302
    assert Claim.objects.get().citations.get().excerpt == "their excerpt"


def test_a_claim_that_was_removed_meanwhile(desk, analyst):
    claim = builders.draft(analyst).claims.get()
    claims.remove(claim, by=analyst)

    shown_back(desk.post(f"/desk/claims/{claim.uid}/edit/", keyboard.claim(value_text=WORDS)), 404)


def test_a_verdict_on_a_claim_that_somebody_else_decided_meanwhile(client, analyst, editor, other_editor):
    incident = builders.submitted(analyst)
    claim = incident.claims.get()
    mine = keyboard.verdict(claim, verdict="rejected", rationale=WORDS)
    claims.decide(claim, by=other_editor, verdict="accepted")
    client.force_login(editor)

    for sent in (mine, mine | {"verdict": ""}):
        answer = client.post(f"/desk/claims/{claim.uid}/decide/", sent)
        assert answer.status_code == 409
        assert SHOWN in answer.text
        assert WORDS not in answer.text
        assert "Somebody decided this claim before you" in answer.text
    assert claim.reviews.count() == 1


def test_a_verdict_on_a_claim_that_was_removed_or_became_ones_own(client, analyst, editor):
    incident = builders.submitted(analyst)
    claim = incident.claims.get()
    mine = keyboard.verdict(claim, verdict="rejected", rationale=WORDS)
    client.force_login(editor)
    claims.edit(claim, by=editor, version=1, fields={"value_text": ""}, lines=[], citations=[])

    shown_back(client.post(f"/desk/claims/{claim.uid}/decide/", mine), 403)
    Claim.objects.get().delete()
    shown_back(client.post(f"/desk/claims/{claim.uid}/decide/", mine), 404)


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("incidents/{}/publish/", "note"),
        ("incidents/{}/return/", "rationale"),
        ("incidents/{}/withdraw/", "note"),
        ("incidents/{}/merge/", "note"),
    ],
)
def test_an_editor_who_is_one_no_more_keeps_the_words(desk, analyst, address, field):
    incident = builders.submitted(analyst)

    shown_back(desk.post(f"/desk/{address.format(incident.uid)}", {field: WORDS}), 403)


def test_what_an_incident_refuses_by_its_state_stays_in_the_form(client, analyst, editor):
    incident = builders.draft(analyst)
    client.force_login(editor)

    returned = client.post(f"/desk/incidents/{incident.uid}/return/", {"rationale": WORDS})

    assert returned.status_code == 422
    assert SHOWN in returned.text


def test_an_entry_of_a_register_that_one_may_not_change(desk):
    actor = builders.actor()

    shown_back(desk.post(f"/desk/actors/{actor.uid}/names/", {"text": WORDS, "kind": "acronym"}), 403)
    shown_back(desk.post("/desk/actors/ZZZZ-ZZZZ/edit/", {"description": WORDS}), 404)


def test_what_is_hidden_is_answered_as_what_is_not_there(client, analyst, other_analyst):
    hidden = builders.draft(analyst)
    client.force_login(other_analyst)
    sent = keyboard.incident(summary=WORDS)

    hidden_page, absent_page = (
        client.post(f"/desk/incidents/{uid}/edit/", sent).text for uid in (hidden.uid, "ZZZZ-ZZZZ")
    )

    assert hidden.title not in hidden_page
    assert _without_tokens(hidden_page) == _without_tokens(absent_page)


def _without_tokens(page):
    return re.sub(r'X-CSRFToken":"\w+|value="\w{64}"|[0-9A-Z]{4}-?[0-9A-Z]{4}', "", page)


def test_outsiders_and_pages_without_words_get_the_plain_refusal(client, analyst, researcher):
    incident = builders.draft(analyst)
    client.force_login(researcher)
    assert SHOWN not in client.post("/desk/log/", {"summary": WORDS}).text
    client.force_login(analyst)

    assert client.post(f"/desk/incidents/{incident.uid}/return/", {}).status_code == 403
    assert "What you typed" not in client.post(f"/desk/incidents/{incident.uid}/return/", {"save": "yes"}).text


def test_inputs_are_named_as_on_their_page():
    data = QueryDict(mutable=True)
    data.update({"claims-1-citations-0-excerpt": "words", "claims-0-lines-2-number": "8", "unheard_of": "x"})
    data.update({"claims-1-citations-TOTAL_FORMS": "1", "place-asked": "y", "entry_key": "z", "title": " "})

    kept = typed.kept(data)

    assert [(text.label, text.text) for text in kept.texts] == [
        ("Claim 2: Citation 1, excerpt", "words"),
        ("Claim 1: Casualty line 3, number", "8"),
        ("Unheard of", "x"),
    ]


def test_changed_words_are_marked_and_the_texts_stay_whole():
    difference = stale.Difference("summary", "Summary", "One <i>two</i>\n\nthree four", "One 2\n\nthree five")

    assert "".join(words for words, _ in difference.mine_marked) == difference.mine
    assert [words.strip() for words, changed in difference.mine_marked if changed] == ["<i>two</i>", "four"]
    assert [words.strip() for words, changed in difference.theirs_marked if changed] == ["2", "five"]


def test_texts_too_long_to_compare_or_altogether_different_stay_unmarked():
    long = stale.Difference("text", "Text", "a " * 4000, "b " * 4000)

    assert long.mine_marked == [("a " * 4000, False)]
    assert stale.Difference("kind", "Kind", "IED", "Ambush").mine_marked == [("IED", False)]
    assert stale.Difference("summary", "Summary", "", "Words").mine_marked == []


def test_a_long_summary_shows_which_words_differ(client, analyst, editor):
    incident = builders.draft(analyst, summary="Made-up beginning. " * 100 + "It ended at noon.")
    address = f"/desk/incidents/{incident.uid}/edit/"
    client.force_login(editor)
    mine = keyboard.as_shown(client.get(address))
    theirs = mine | {"summary": mine["summary"].replace("noon", "dusk")}
    assert client.post(address, theirs).status_code == 302

    conflict = client.post(address, mine | {"summary": mine["summary"].replace("noon.", "<dawn>.")})

    assert "only mine: </span>&lt;dawn&gt;." in conflict.text
    assert "only theirs: </span>dusk." in conflict.text


def counts():
    models = (Incident, IncidentLink, Claim, Actor, ActorAlias, ActorRelation, Location, Source, Document)
    return [model.objects.count() for model in models]


def creating_forms(analyst):
    """Every form of the desk that makes a row, filled in: address and what is sent."""
    one, other = (builders.draft(analyst, title=f"Made up {number}", claims=[]) for number in ("first", "second"))
    actors = [builders.actor(name) for name in ("Test army", "Test front")]
    paper = {"title": "Report", "source": builders.source().name, "kind": "article", "published_precision": "day"}
    return [
        ("/desk/log/", keyboard.incident()),
        (f"/desk/incidents/{one.uid}/claims/add/", keyboard.claim(entry_key="0b0e1a3e-8f5f-4f7e-9a43-2f3f5a8d9f12")),
        (f"/desk/incidents/{one.uid}/link/", {"type": "follows", "to": other.shown_uid}),
        ("/desk/actors/new/", {"name": "Made-up body", "kind": "ngo", "side": "third"}),
        ("/desk/locations/new/", {"name": "Made-up town", "level": "settlement"}),
        ("/desk/sources/new/", {"name": "Made-up paper", "kind": "newspaper"}),
        ("/desk/documents/new/", paper),
        (f"/desk/actors/{actors[0].uid}/names/", {"text": "TA", "kind": "acronym"}),
        (
            "/desk/relations/new/",
            {"subject": "Test army", "type": "fights", "object": "Test front", "basis": "claimed"},
        ),
    ]


@pytest.mark.parametrize("number", range(9))
def test_every_creating_form_sent_twice_makes_one_row(client, analyst, editor, number):
    address, given = creating_forms(analyst)[number]
    client.force_login(editor)
    sent = keyboard.as_shown(client.get(address)) | given
    if address.endswith("/link/"):  # shows first what would follow
        sent |= keyboard.marks(client.post(address, sent))
    before = counts()

    first, _ = client.post(address, sent), client.post(address, sent)

    assert first.status_code == 302, keyboard.sentences(first)
    assert sum(counts()) == sum(before) + 1


def test_an_entry_sent_twice_leads_to_the_same_page_and_changed_words_make_another(client, editor):
    client.force_login(editor)
    sent = keyboard.as_shown(client.get("/desk/sources/new/")) | {"name": "Made-up paper", "kind": "newspaper"}

    first, again = (client.post("/desk/sources/new/", sent) for _ in range(2))
    other = client.post("/desk/sources/new/", sent | {"name": "Another made-up paper"})

    assert first.url == again.url != other.url
    assert Source.objects.count() == 2


def test_a_refused_entry_can_be_sent_again_once_it_would_be_right(client, editor):
    client.force_login(editor)
    sent = keyboard.as_shown(client.get("/desk/sources/new/")) | {"name": "\u200b", "kind": "newspaper"}

    assert client.post("/desk/sources/new/", sent).status_code == 422
    assert client.post("/desk/sources/new/", sent | {"name": "Made-up paper"}).status_code == 302


def test_a_second_click_on_submit_leads_to_the_incident(desk, analyst):
    incident = builders.draft(analyst, location=builders.location(), location_precision="settlement")
    address = f"/desk/incidents/{incident.uid}/submit/"

    assert [desk.post(address).status_code for _ in range(2)] == [302, 302]
