"""If-Match: nobody overwrites what they have not seen, and who is late learns what differs."""

import pytest

from events.desk import claims, incidents
from events.models.change import Change
from tests import builders
from tests.api.drafting import ask, at, claim_of, key_of, tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(analyst):
    return key_of(analyst)


@pytest.mark.parametrize("match", [None, "*", " * "])
def test_without_the_state_that_was_seen_nothing_is_changed(client, analyst, secret, match):
    row = builders.draft(analyst)
    headers = {} if match is None else {"If-Match": match}

    for method, address in [
        ("PATCH", at(row)),
        *((verb, claim_of(row, row.claims.get())) for verb in ("PATCH", "DELETE")),
    ]:
        answer = ask(client, secret, method, address, {"title": "x"} if address == at(row) else None, **headers)
        assert answer.status_code == 428, (method, address)
        assert list(answer.json()["errors"]) == ["If-Match"]


@pytest.mark.parametrize("match", ["", "abc", '"', "W/", '"a" "b"', "'a'", '"\u00e9"'])
def test_what_is_no_tag_is_refused(client, analyst, secret, match):
    answer = ask(client, secret, "PATCH", at(builders.draft(analyst)), {"title": "x"}, **{"If-Match": match})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["If-Match"])


@pytest.mark.parametrize(
    "changed",
    [
        lambda tag: tag,
        lambda tag: f"W/{tag}",
        lambda tag: f'{tag[:-1]}-gzip"',
        lambda tag: f'W/{tag[:-1]}--gzip"',
        lambda tag: f'{tag[:-1]};br"',
        lambda tag: f'"other", {tag}',
        lambda tag: f'"{tag.strip(chr(34)).rpartition(".")[0]}"',
    ],
    ids=["as sent", "weak", "Apache", "weak and marked", "br", "one of several", "as in a list"],
)
def test_a_tag_that_a_compressing_server_changed_still_names_its_state(client, analyst, secret, changed):
    row = builders.draft(analyst)
    match = changed(tag(client, secret, at(row))["If-Match"])

    assert ask(client, secret, "PATCH", at(row), {"title": "New"}, **{"If-Match": match}).status_code == 200
    assert ask(client, secret, "PATCH", at(row), {"title": "Newer"}, **{"If-Match": match}).status_code == 412


def test_who_asks_for_compressed_answers_can_write(client, analyst, secret):
    row = builders.draft(analyst, summary="A made-up summary. " * 100)

    read = ask(client, secret, "GET", at(row), **{"Accept-Encoding": "gzip"})
    again = ask(client, secret, "GET", at(row), **{"Accept-Encoding": "gzip", "If-None-Match": read["ETag"]})
    wrote = ask(client, secret, "PATCH", at(row), {"title": "New"}, **{"If-Match": read["ETag"]})

    assert "Content-Encoding" not in read  # what is one person's is not compressed
    assert (again.status_code, wrote.status_code) == (304, 200)


def test_a_stale_change_is_answered_with_what_differs(client, analyst, secret):
    row = builders.draft(analyst, title="Old title", summary="Old summary", tags=["a"])
    match = tag(client, secret, at(row))
    incidents.edit(row, by=analyst, fields={"title": "Their title", "tags": ["a", "b"]}, version=1)

    answer = ask(client, secret, "PATCH", at(row), {"title": "My title", "summary": "My summary"}, **match)

    assert (answer.status_code, answer["Content-Type"]) == (412, "application/problem+json")
    assert answer.json()["differences"] == [
        {"field": "title", "base": "Old title", "yours": "My title", "theirs": "Their title"},
        {"field": "summary", "base": "Old summary", "yours": "My summary", "theirs": "Old summary"},
        {"field": "tags", "base": ["a"], "theirs": ["a", "b"]},
    ]
    row.refresh_from_db()
    assert (row.title, row.summary, row.version) == ("Their title", "Old summary", 2)
    again = ask(client, secret, "PATCH", at(row), {"summary": "My summary"}, **{"If-Match": answer["ETag"]})
    assert again.status_code == 200


def test_a_tag_of_another_row_tells_nothing_of_it(client, analyst, other_analyst, secret):
    row, theirs = builders.draft(analyst), builders.draft(other_analyst, title="Hidden words")
    moment = Change.objects.filter(object_uid=theirs.uid).last().pk

    answer = ask(client, secret, "PATCH", at(row), {"title": "x"}, **{"If-Match": f'"{"0" * 20}.{moment}"'})

    assert answer.status_code == 412
    assert answer.json()["differences"] == [{"field": "title", "yours": "x", "theirs": "Made-up incident"}]


def test_a_change_that_stands_already_is_no_conflict(client, analyst, secret):
    row = builders.draft(analyst)
    match, body = tag(client, secret, at(row)), {"title": "New", "tags": ["B", "a"], "date": {"start": "2024-03-19"}}

    first = ask(client, secret, "PATCH", at(row), body, **match)
    again = ask(client, secret, "PATCH", at(row), body, **match)

    assert (first.status_code, again.status_code) == (200, 200)
    assert again["ETag"] == first["ETag"]


def test_a_claim_that_was_added_changes_the_tag_and_is_in_nobodys_way(client, analyst, secret):
    row = builders.draft(analyst)
    match = tag(client, secret, at(row))
    claims.add(row, by=analyst, **builders.claim())

    assert ask(client, secret, "GET", at(row))["ETag"] != match["If-Match"]
    assert ask(client, secret, "PATCH", at(row), {"title": "New"}, **match).status_code == 200
