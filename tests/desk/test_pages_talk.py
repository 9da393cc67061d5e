"""The pages on which the desk talks, is told what happened, and goes on where it was."""

import re

import pytest
from django.contrib.messages import get_messages

from events.desk import claims, digest, discussion, incidents, registers
from events.models.comment import Comment
from tests import builders
from tests.desk import keyboard
from tests.desk.test_pages_queries import counted

pytestmark = pytest.mark.django_db


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def send(client, incident, **fields):
    return client.post(f"/desk/incidents/{incident.uid}/discussion/", {"page": "incident", **fields})


def test_a_comment_is_made_on_the_page_of_the_incident(client, analyst, editor):
    incident = builders.draft(analyst)
    claim = incident.claims.get()
    client.force_login(analyst)
    form = client.get(f"/desk/incidents/{incident.uid}/").text
    assert f'value="{claim.uid}"' in form

    answer = send(client, incident, text="First line\n<b>second</b>, @editor and @nobody-here", claim=claim.uid)

    comment = Comment.objects.get()
    assert answer.url == f"/desk/incidents/{incident.shown_uid}/#comment-{comment.uid}"
    assert any("@nobody-here" in sentence for sentence in said(answer))
    page = client.get(answer.url.partition("#")[0]).text
    assert "First line<br>&lt;b&gt;second&lt;/b&gt;, <strong>@editor</strong> and @nobody-here" in page
    assert f'id="comment-{comment.uid}"' in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Write the comment first."),
        ({"text": "x" * 4001}, "4000"),
        ({"text": "Kept words", "claim": "ZZZZZZZZ"}, "choose another"),
        ({"text": "Kept words", "page": "elsewhere"}, "not in the list"),
    ],
)
def test_a_refused_comment_is_kept_and_says_why(client, analyst, fields, sentence):
    incident = builders.draft(analyst)
    client.force_login(analyst)

    answer = send(client, incident, **fields)

    assert answer.status_code == 422
    assert sentence in keyboard.sentences(answer)
    assert fields["text"] in answer.text
    assert not Comment.objects.exists()


def test_comments_made_during_review_lead_back_to_the_review(client, analyst, editor):
    incident = builders.submitted(analyst)
    client.force_login(editor)

    assert send(client, incident, text="A word", page="review").url.startswith(
        f"/desk/incidents/{incident.shown_uid}/review/#comment-"
    )


def test_what_a_person_may_not_see_they_may_not_discuss(client, analyst, other_analyst):
    incident = builders.draft(analyst)
    comment = discussion.say(incident, by=analyst, text="Between us")
    client.force_login(other_analyst)

    assert send(client, incident, text="Let me in").status_code == 404
    for verb in ("resolve", "reopen", "rewrite"):
        assert client.post(f"/desk/comments/{comment.uid}/{verb}/", {"text": "Mine now"}).status_code == 404
    comment.refresh_from_db()
    assert comment.text == "Between us"


def test_resolving_folds_a_comment_and_twice_is_said(client, analyst):
    incident = builders.draft(analyst)
    comment = discussion.say(incident, by=analyst, text="Settled soon")
    client.force_login(analyst)
    address = f"/desk/comments/{comment.uid}"

    client.post(f"{address}/resolve/")
    page = client.get(f"/desk/incidents/{incident.uid}/").text
    assert page.index("Resolved (1)") < page.index("Settled soon")
    assert any("already" in sentence for sentence in said(client.post(f"{address}/resolve/")))
    client.post(f"{address}/reopen/")
    assert "Resolved (1)" not in client.get(f"/desk/incidents/{incident.uid}/").text


def test_rewriting_shows_the_words_and_tells_who_was_not_told(client, analyst):
    incident = builders.draft(analyst)
    comment = discussion.say(incident, by=analyst, text="Frist words")
    client.force_login(analyst)
    address = f"/desk/comments/{comment.uid}/rewrite/"
    assert "Frist words" in client.get(address).text

    refused = client.post(address, {"text": ""})
    assert refused.status_code == 422
    answer = client.post(address, {"text": "First words, @nobody-here"})

    assert any("@nobody-here" in sentence for sentence in said(answer))
    assert "rewritten" in client.get(f"/desk/incidents/{incident.uid}/").text


def test_the_first_visit_welcomes_and_the_digest_stays_until_seen(client, analyst, editor):
    incident = builders.submitted(analyst)
    incidents.give_back(incident, by=editor, rationale="The place is missing.")
    client.force_login(analyst)

    first = client.get("/desk/")
    assert "This is the desk" in first.text
    assert first.text.count("The place is missing.") == 2  # told, and standing in the list
    form = re.search(r'action="/desk/seen/".*?</form>', first.text, re.S)[0]
    sent = {"until": re.search(r'name="until" value="([^"]+)"', form)[1]}
    sent["beyond"] = re.findall(r'name="beyond" value="([^"]+)"', form)
    discussion.say(incident, by=editor, text="Said in between")
    assert client.post("/desk/seen/", sent).status_code == 302

    again = client.get("/desk/").text
    assert "This is the desk" not in again
    assert "Since you were here" in again
    assert "Said in between" in again
    assert again.count("The place is missing.") == 1


@pytest.mark.parametrize("until", ["", "yesterday", "2999-01-01T00:00:00+00:00"])
def test_a_forged_mark_is_refused(client, analyst, until):
    client.force_login(analyst)

    answer = client.post("/desk/seen/", {"until": until})

    assert answer.status_code == 422
    assert digest.made_for(analyst).is_first


def test_returned_claims_stand_with_the_words_and_lead_to_their_form(client, analyst, editor):
    incident = builders.submitted(analyst)
    claim = incident.claims.get()
    claims.decide(claim, by=editor, verdict="needs_changes", rationale="Which words, exactly?")
    public = builders.published(by=builders.person("analyst", name="third"), editor=editor)
    elsewhere = claims.add(public, by=analyst, **builders.claim("motive", value_text="Made up"))
    claims.decide(elsewhere, by=editor, verdict="needs_changes", rationale="Says who?")
    relation = registers.relate(builders.actor("One"), "fights", builders.actor("Two"), by=editor)
    of_relation = claims.add(relation, by=analyst, **builders.claim("relation"))
    claims.decide(of_relation, by=editor, verdict="needs_changes", rationale="Since when?")
    digest.seen(by=analyst, until=digest.made_for(analyst).until, beyond=digest.made_for(analyst).beyond)
    client.force_login(analyst)

    page = client.get("/desk/").text

    for row, words in ((claim, "Which words, exactly?"), (elsewhere, "Says who?"), (of_relation, "Since when?")):
        assert f"/desk/claims/{row.shown_uid}/edit/" in page
        assert words in page
    assert "Which words, exactly?" in client.get("/desk/mine/returned/").text


def left_off(client):
    found = re.search(r'Go on with <a href="([^"]+)">“<bdi>(.*?)</bdi>”', client.get("/desk/").text)
    return found and found.groups()


def test_the_first_line_leads_to_where_the_person_was(client, analyst, editor):
    client.force_login(analyst)
    assert left_off(client) is None
    older, newer = builders.draft(analyst, title="Older"), builders.draft(analyst, title="Newer", claims=[])
    assert left_off(client) == (f"/desk/incidents/{newer.shown_uid}/", "Newer")

    claim = claims.add(older, by=analyst, **builders.claim())
    assert left_off(client) == (f"/desk/incidents/{older.shown_uid}/#claim-{claim.uid}", "Older")

    incidents.discard(older, by=analyst)
    assert left_off(client)[1] == "Newer"
    incidents.discard(newer, by=analyst)
    assert left_off(client) is None


def test_editors_go_on_with_the_review_and_see_what_is_assigned_to_them(client, analyst, editor, other_editor):
    incident = builders.submitted(analyst, title="To review", claims=[builders.claim(), builders.claim()])
    claims.decide(incident.claims.first(), by=editor, verdict="accepted")
    client.force_login(editor)
    assert left_off(client)[0].startswith(f"/desk/incidents/{incident.shown_uid}/review/")
    assert 'id="list-assigned"' not in client.get("/desk/").text

    incidents.assign(incident, by=other_editor, to=editor)

    assert 'id="list-assigned"' in client.get("/desk/").text


def test_my_work_costs_the_same_for_two_as_for_eight(client, analyst, editor, other_editor):
    def happen(times):
        for _ in range(times):
            incident = builders.submitted(analyst)
            claims.decide(incident.claims.get(), by=editor, verdict="needs_changes", rationale="Why?")
            incidents.assign(incident, by=other_editor, to=editor)
            discussion.say(incident, by=editor, text="@analyst look")
            discussion.say(incident, by=analyst, text="@editor I do")
            builders.published(by=analyst, editor=editor)

    def costs():
        found = []
        for person in (analyst, editor):
            client.force_login(person)
            found.append(counted(client, "/desk/"))
        return found

    happen(2)
    few = costs()
    happen(6)

    assert costs() == few


def test_a_discussion_costs_the_same_for_two_as_for_eight(client, analyst, editor):
    incident = builders.draft(analyst)
    client.force_login(analyst)

    def costs(times):
        for _ in range(times):
            discussion.say(incident, by=editor, text="@analyst look", claim=incident.claims.get())
            discussion.resolve(discussion.say(incident, by=analyst, text="@editor done"), by=editor)
        pages = ("", "discussion/")
        return [counted(client, f"/desk/incidents/{incident.uid}/{page}") for page in pages]

    assert costs(2) == costs(6)
