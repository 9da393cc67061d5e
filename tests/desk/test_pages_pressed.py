"""Pages of the desk under pressure: hostile bytes, impossible numbers, rows that vanish, and a database that gives way."""

import re

import pytest
from django.db import IntegrityError, OperationalError

from events.desk import incidents
from events.models.claim import Claim
from events.models.key import ApiKey
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db

NUL = {"place": "Testtown", "place-asked": "Test\x00town", "place-pick": "\x00abc"}


@pytest.fixture
def desk(client, analyst):
    client.force_login(analyst)
    return client


def test_control_characters_beside_a_name_never_reach_the_database(desk):
    town = builders.location()

    answer = desk.post("/desk/log/", keyboard.incident(**NUL))

    assert answer.status_code == 302
    assert incidents.Incident.objects.get().location == town


@pytest.mark.parametrize("precision", ["day", "week", "month", "quarter", "year"])
def test_the_last_day_of_the_calendar_is_refused_with_a_sentence(desk, precision):
    sent = keyboard.incident(date_start="9999-12-31", date_precision=precision)

    answer = desk.post("/desk/log/", sent)

    assert answer.status_code == 422
    assert "must lie between" in keyboard.sentences(answer)


def test_a_key_for_ever_is_refused_with_a_sentence(desk):
    answer = desk.post("/desk/account/keys/", {"name": "For ever", "expires_on": "9999-12-31"})

    assert answer.status_code == 422
    assert "not later than the year 2100" in keyboard.sentences(answer)
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize("total", ["9" * 5000, "²", "-1", "999999999"])
def test_a_counter_of_rows_that_is_no_number_does_no_harm(desk, analyst, total):
    incident = builders.draft(analyst, claims=[])
    sent = keyboard.claim() | {"more-lines": "yes", "lines-TOTAL_FORMS": total}

    assert desk.post(f"/desk/incidents/{incident.uid}/claims/add/", sent).status_code == 200


def failing(error):
    def verb(*args, **kwargs):
        raise error

    return verb


@pytest.mark.parametrize(
    ("verb", "address", "sent"),
    [
        ("incidents.log", "/desk/log/", keyboard.incident()),
        ("claims.add", "/desk/incidents/{uid}/claims/add/", keyboard.claim()),
        ("incidents.discard", "/desk/incidents/{uid}/discard/", {}),
        ("incidents.submit", "/desk/incidents/{uid}/submit/", {}),
    ],
)
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (IntegrityError("unique"), 422),
        (Claim.DoesNotExist("gone"), 404),
        (OperationalError("deadlock detected"), 503),
    ],
)
def test_what_happens_at_the_same_moment_gets_an_answer(desk, analyst, monkeypatch, verb, address, sent, error, status):
    incident = builders.draft(analyst)
    monkeypatch.setattr(f"events.desk.{verb}", failing(error))

    answer = desk.post(address.format(uid=incident.uid), sent)

    assert answer.status_code == status
    if status == 422:
        assert "at the same moment" in keyboard.sentences(answer)
    if status == 503:
        assert int(answer["Retry-After"]) > 0
        assert "database is busy" in answer.text


def test_what_a_verb_wrote_before_it_failed_is_taken_back(desk, analyst, monkeypatch):
    incident = builders.draft(analyst)

    def half(row, *, by):
        type(row).objects.filter(pk=row.pk).update(title="Half done")
        raise IntegrityError("unique")

    monkeypatch.setattr("events.desk.incidents.discard", half)

    desk.post(f"/desk/incidents/{incident.uid}/discard/")

    incident.refresh_from_db()
    assert incident.title == "Made-up incident"


def test_hidden_and_absent_drafts_get_the_same_answer(desk, other_analyst):
    hidden = builders.draft(other_analyst)
    claim = hidden.claims.get()

    for there, nowhere in (
        (f"/desk/incidents/{hidden.shown_uid}/", "/desk/incidents/7K3M-9QX2/"),
        (f"/desk/claims/{claim.shown_uid}/edit/", "/desk/claims/7K3M-9QX2/edit/"),
    ):
        answers = [desk.get(there), desk.get(nowhere)]
        assert [answer.status_code for answer in answers] == [404, 404]
        own = rf'name="csrfmiddlewaretoken" value="\w+"|{hidden.shown_uid}|{claim.shown_uid}|7K3M-9QX2'
        texts = [re.sub(own, "", answer.text) for answer in answers]
        assert texts[0] == texts[1]


def test_links_with_hidden_drafts_stay_hidden(desk, analyst, other_analyst, editor):
    public = builders.published(title="Public one", by=analyst)
    document = builders.document("Secret report")
    hidden = builders.draft(other_analyst, title="Secret draft", claims=[builders.claim(document_row=document)])
    out = incidents.link(public, hidden, by=editor, type="retaliation_for")
    incidents.link(hidden, public, by=editor, type="follows")
    add_claim = f"/desk/links/{out.uid}/claims/add/"

    page = desk.get(f"/desk/incidents/{public.uid}/")

    assert page.status_code == 200
    assert "Secret" not in page.text
    assert hidden.shown_uid not in page.text
    assert desk.get(add_claim).status_code == 404
    desk.force_login(editor)
    assert "Secret report" in desk.get(add_claim).text
    assert "Secret draft" in desk.get(f"/desk/incidents/{public.uid}/").text
