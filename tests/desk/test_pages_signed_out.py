"""What was sent by somebody whose session ended, or with a token that ended with it, is not lost."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.models.incident import Incident
from tests import builders
from tests.desk import keyboard

pytestmark = pytest.mark.django_db
TYPED = {"title": "Made-up “attack” <b>", "summary": "First line\nsecond line, آٹھ افراد", "tags": "one, two"}


def held(answer):
    """List of (name, value) that the page would send again, without the token."""
    form = answer.text.split("data-alive=")[1].split("</form>")[0]
    inputs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    return [(unescape(name), unescape(value)) for name, value in inputs if name != "csrfmiddlewaretoken"]


def test_everything_that_was_typed_is_on_the_page(client):
    sent = keyboard.incident(**TYPED)

    answer = client.post("/desk/log/?from=here", sent)

    assert answer.status_code == 401
    assert dict(held(answer)) == sent
    assert 'action="/desk/log/?from=here"' in answer.text
    assert answer["Cache-Control"] == "private, no-store"
    assert not Incident.objects.exists()


def test_sending_it_again_after_signing_in_saves_it(client, analyst):
    answer = client.post("/desk/log/", keyboard.incident(**TYPED))
    client.force_login(analyst)

    saved = client.post("/desk/log/", dict(held(answer)))

    assert saved.status_code == 302
    incident = Incident.objects.get()
    assert (incident.title, incident.summary) == (TYPED["title"], TYPED["summary"])


def test_several_values_of_one_name_are_all_kept(client):
    answer = client.post("/desk/log/", {"row": ["a", "b", "a"]})

    assert held(answer) == [("row", "a"), ("row", "b"), ("row", "a")]


def test_of_a_file_only_the_name_is_said_and_it_can_be_chosen_again(client):
    file = SimpleUploadedFile("made-up.csv", b"zqbytesqz")

    answer = client.post("/desk/log/", {"title": "Made-up", "file": file})

    assert held(answer) == [("title", "Made-up")]
    assert "made-up.csv" in answer.text
    assert "zqbytesqz" not in answer.text
    assert '<input type="file" id="again-1" name="file"' in answer.text
    assert 'enctype="multipart/form-data"' in answer.text


def test_passwords_and_secrets_are_never_shown_again(client):
    answer = client.post("/desk/log/", {"password": "zqsecretqz", "new_secret": "zqsecretqz", "title": "Made-up"})

    assert "zqsecretqz" not in answer.text


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"Accept": "application/json"}])
@pytest.mark.parametrize("method", ["get", "post"])
def test_scripts_get_a_sentence_and_no_page(client, headers, method):
    answer = getattr(client, method)("/desk/log/", {"title": "Made-up"}, headers=headers)

    assert answer.status_code == 401
    assert "You are signed out." in answer.text
    assert "<" not in answer.text


def test_what_is_no_form_of_the_desk_goes_to_sign_in(client):
    for answer in (
        client.get("/desk/log/"),
        client.post("/accounts/password/change/", {"password1": "x"}),
        client.post("/desk/log/", "{}", content_type="application/json"),
    ):
        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/")


def strict(person=None):
    client = Client(enforce_csrf_checks=True)
    if person:
        client.force_login(person)
    return client


HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize("headers", [HERE, {"Origin": "http://testserver"}, {"Referer": "http://testserver/desk/log/"}])
def test_a_token_that_ended_is_replaced_and_nothing_is_lost(analyst, headers):
    client, sent = strict(analyst), keyboard.incident(**TYPED)
    answer = client.post("/desk/log/", sent | {"csrfmiddlewaretoken": "a" * 64}, headers=headers)
    assert answer.status_code == 403
    assert dict(held(answer)) == sent
    assert "signed in as <bdi>analyst</bdi>" in answer.text
    token = answer.text.split('csrfmiddlewaretoken" value="')[1].split('"')[0]

    assert client.post("/desk/log/", sent | {"csrfmiddlewaretoken": token}, headers=HERE).status_code == 302
    assert Incident.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {"Referer": "http://testserver.elsewhere.example/desk/"},
    ],
)
def test_what_came_from_elsewhere_is_refused_and_not_shown(analyst, headers):
    answer = strict(analyst).post("/desk/log/", {"title": "zqforeignqz"}, headers=headers)

    assert answer.status_code == 403
    assert "zqforeignqz" not in answer.text


def test_without_any_cookie_left_it_is_held_too():
    answer = strict().post("/desk/log/", {"title": "Made-up"}, headers=HERE)

    assert answer.status_code == 401
    assert held(answer) == [("title", "Made-up")]


def test_a_script_with_an_old_token_gets_a_sentence(analyst):
    answer = strict(analyst).post("/desk/log/", {"title": "Made-up"}, headers=HERE | {"HX-Request": "true"})

    assert answer.status_code == 403
    assert "<" not in answer.text


def test_pages_ask_whether_somebody_is_signed_in(client, analyst):
    nobody = client.get("/desk/alive/")
    assert nobody.json()["signed_in"] is False
    client.force_login(analyst)

    answer = client.get("/desk/alive/")

    assert answer.json()["signed_in"] is True
    assert len(answer.json()["csrf"]) == 64
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("multipart", [True, False])
def test_too_much_text_is_refused_with_its_size_and_the_limit(client, analyst, settings, multipart):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_240
    client.force_login(analyst)
    sent = {"title": "x" * 30_000}
    encoded = {} if multipart else {"content_type": "application/x-www-form-urlencoded"}

    answer = client.post("/desk/log/", sent if multipart else f"title={sent['title']}", **encoded)

    assert answer.status_code == 413
    assert re.search(
        r"What was sent holds 29\.\d KB of text; one page can take 10\.0 KB", answer.text.replace("\xa0", " ")
    )


def test_too_many_fields_and_too_much_for_a_script_are_refused_with_a_sentence(client, analyst, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    client.force_login(analyst)
    many = {f"row-{number}": "x" for number in range(9)}

    page = client.post("/desk/log/", many)
    said = client.post("/desk/log/", many, headers={"HX-Request": "true"})

    assert (page.status_code, said.status_code) == (413, 413)
    assert "More than 5 fields were sent" in page.text
    assert said.text.startswith("More than 5 fields were sent")


def test_the_page_is_the_same_for_an_incident_that_is_there_and_one_that_is_not(client, analyst):
    incident = builders.draft(analyst)

    answers = [client.post(f"/desk/incidents/{uid}/edit/", {"title": "x"}) for uid in (incident.uid, "0000-0000")]

    assert [answer.status_code for answer in answers] == [401, 401]
