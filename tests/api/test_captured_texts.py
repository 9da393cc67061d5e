"""The captured text of a document, sent by key: kept once, hashed, never replaced."""

import hashlib

import pytest

from events.api import examples_writing as examples
from events.models.change import Change
from tests import builders
from tests.api.drafting import ask, at, described, key_of, send_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(analyst):
    return key_of(analyst)


def my_paper(client, analyst, secret):
    row = builders.draft(analyst)
    ask(client, secret, "POST", at(row, "claims/"), examples.CLAIMS)
    return row.claims.last().citations.get().document


def test_a_text_is_kept_once_with_its_hash(client, analyst, secret):
    paper = my_paper(client, analyst, secret)

    first = send_text(client, secret, paper, examples.TEXT)
    again = send_text(client, secret, paper, examples.TEXT)
    other = send_text(client, secret, paper, "Other words.")

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert first.json() == again.json()
    described(client, "/api/v1/documents/{uid}/text/", "post", 201, first)
    assert first.json()["sha256"] == hashlib.sha256(examples.TEXT.encode()).hexdigest()
    assert (first.json()["is_as_sent"], first.json()["excerpts_not_found"]) == (True, [])
    assert "captured before and reads otherwise" in other.json()["detail"]
    paper.refresh_from_db()
    assert paper.captured_text == examples.TEXT
    assert Change.objects.filter(object_uid=paper.uid, field="sha256").get().key is not None


def test_the_published_example_is_what_is_answered(client, analyst, secret):
    paper = my_paper(client, analyst, secret)

    answer = send_text(client, secret, paper, examples.TEXT).json()

    assert answer | {"uid": ""} == examples.CAPTURED | {"uid": ""}


def test_an_excerpt_that_is_not_in_the_text_is_named(client, analyst, secret):
    paper = my_paper(client, analyst, secret)

    answer = send_text(client, secret, paper, "\ufeffWords\x00 of another\r\npage.").json()

    assert answer["excerpts_not_found"][0]["excerpt"].startswith("“The shots came")
    assert answer["is_as_sent"] is False
    assert answer["sha256"] == hashlib.sha256(b"Words of another\npage.").hexdigest()


def test_the_text_of_what_others_entered_or_rely_on_is_an_editors(client, analyst, secret):
    theirs = builders.document()
    public = builders.published(by=analyst)

    answer = send_text(client, secret, theirs, "Words.")
    relied = send_text(client, secret, public.claims.get().citations.get().document, "made-up words")

    assert (answer.status_code, relied.status_code) == (403, 403)
    assert "an editor adds its text" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"", "text/plain", 400),
        (" \u200b\ufeff ".encode(), "text/plain", 400),
        (b"\xff\xfe", "text/plain", 400),
        (b"x" * 2_000_001, "text/plain", 413),
        (b"x" * 8_000_001, "text/plain", 413),
        (b"words", "text/plain; charset=latin-1", 415),
        (b"words", "text/plain; charset=", 415),
        (b'{"text": "words"}', "application/json", 415),
        (b"words", "text/html", 415),
        (b"words", "multipart/form-data; boundary=x", 415),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(client, analyst, secret, content, content_type, status):
    paper = my_paper(client, analyst, secret)

    answer = send_text(client, secret, paper, content, content_type)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content[:300]
    paper.refresh_from_db()
    assert paper.captured_text == ""


def test_a_document_that_is_not_there_and_a_stray_parameter(client, analyst, secret):
    paper = my_paper(client, analyst, secret)
    stray = send_text(client, secret, paper, "x", more="?replace=yes")
    paper.uid = "AAAAAAAA"
    absent = send_text(client, secret, paper, "x")

    assert (absent.status_code, stray.status_code) == (404, 400)


def test_a_text_of_the_largest_size_is_taken_twice_under_one_key(client, analyst, secret):
    paper, text = my_paper(client, analyst, secret), "ک" * 2_000_000
    once = {"Idempotency-Key": "text-1"}

    first = send_text(client, secret, paper, text, **once)
    again = send_text(client, secret, paper, text, **once)
    other = send_text(client, secret, paper, "other", **once)

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 422)
    assert first.json() == again.json()
    assert first.json()["characters"] == 2_000_000
