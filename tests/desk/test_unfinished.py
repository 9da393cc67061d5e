"""What is typed and not sent yet is kept for its person, found again, and never overwritten by another tab."""

import pytest

from events.desk import unfinished
from events.models.unfinished import UnfinishedEntry
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db
KEY = "0123abcd-0000-0000-0000-0123456789ab"


def kept(client, **changes):
    body = {"page": "/desk/log/", "key": KEY, "revision": 0, "changed": {}, "gone": [], "label": ""} | changes
    return client.post("/desk/unfinished/", body, content_type="application/json")


def test_only_what_changed_is_sent_and_all_of_it_is_found_again(client, analyst):
    client.force_login(analyst)

    first = kept(
        client, changed={"title": ["Made-up title"], "summary": ["draft"], "kind": ["ambush"]}, label="Made-up"
    )
    second = kept(client, revision=1, changed={"summary": ["میران شاہ <b>"]}, gone=["kind"])

    assert (first.status_code, second.json()["revision"]) == (200, 2)
    page = client.get(f"/desk/log/?resume={first.json()['uid']}").text
    assert 'value="Made-up title"' in page and "میران شاہ &lt;b&gt;" in page
    assert UnfinishedEntry.objects.get().typed == {"title": ["Made-up title"], "summary": ["میران شاہ <b>"]}


def test_a_second_tab_never_overwrites_the_first(client, analyst):
    client.force_login(analyst)
    kept(client, changed={"title": ["from the first tab"]})

    late = kept(client, revision=0, changed={"title": ["from the second tab"]})

    assert late.status_code == 409 and "Another tab" in late.json()["detail"]
    assert UnfinishedEntry.objects.get().typed == {"title": ["from the first tab"]}


def test_nobody_else_finds_or_discards_an_entry(client, analyst, editor):
    entry = unfinished.keep(by=analyst, page="/desk/log/", key=KEY, revision=0, changed={"title": ["secret words"]})
    client.force_login(editor)

    assert "secret words" not in client.get(f"/desk/log/?resume={entry.uid}").text
    assert client.post(f"/desk/unfinished/{entry.uid}/discard/").status_code == 404
    assert UnfinishedEntry.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {"page": "/incidents/"},
        {"key": "short"},
        {"changed": ["a", "list"]},
        {"changed": {"title": "text"}, "revision": "many"},
        {"changed": {"title": ["x" * 101]}},
    ],
)
def test_what_no_form_sends_is_refused_with_a_sentence(client, analyst, body, monkeypatch):
    monkeypatch.setattr(unfinished, "LARGEST", 100)
    client.force_login(analyst)

    answer = kept(client, **body)

    assert answer.status_code == 422 and answer.json()["detail"].endswith(".")
    assert not UnfinishedEntry.objects.exists()


def test_what_no_database_can_hold_is_left_out(client, analyst):
    client.force_login(analyst)

    assert kept(client, changed={"title": ["a\x00b\u200f🙂"]}).status_code == 200

    assert UnfinishedEntry.objects.get().typed == {"title": ["ab\u200f🙂"]}


@pytest.mark.parametrize("page", ["edit/", "claims/add/?aspect=casualties"])
def test_forms_of_an_incident_are_resumed_as_typed(client, analyst, page):
    incident = builders.draft(analyst)
    address = f"/desk/incidents/{incident.shown_uid}/{page}"
    client.force_login(analyst)
    shown = keyboard.as_shown(client.get(address))
    typed = {name: [text] for name, text in shown.items() if name != "csrfmiddlewaretoken"}
    name = "title" if page == "edit/" else "value_text"

    uid = kept(client, page=address, changed=typed | {name: ["half a sentence"]}).json()["uid"]

    assert "half a sentence" in client.get(address + ("&" if "?" in address else "?") + f"resume={uid}").text
    assert "Go on with it" in client.get(address).text


def test_my_work_lists_what_is_not_sent(client, analyst):
    client.force_login(analyst)
    uid = kept(client, changed={"title": ["Made-up"]}, label="Made-up label").json()["uid"]

    assert "Made-up label" in client.get("/desk/").text and f"resume={uid}" in client.get("/desk/").text
    assert client.post(f"/desk/unfinished/{uid}/discard/").status_code == 302
    assert "Made-up label" not in client.get("/desk/").text


def test_no_more_than_a_hundred_wait(client, analyst, monkeypatch):
    monkeypatch.setattr(unfinished, "MOST", 1)
    client.force_login(analyst)
    kept(client, changed={"title": ["one"]})

    refused = kept(client, key=KEY[::-1], changed={"title": ["two"]})

    assert refused.status_code == 422 and "wait unsent" in refused.json()["detail"]
