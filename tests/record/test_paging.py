"""Pages by key: every row once, in one order, both ways."""

import base64

import pytest
from django.http import QueryDict

from events.models.edition import PublishedIncident
from events.record import paging
from tests.record import rows


@pytest.fixture
def seven(db):
    days = ["2024-03-18", "2024-03-18", "2024-03-18", "2024-03-01", "2023-01-01", None, None]
    for number, day in enumerate(days):
        rows.incident(f"Incident {number}", day=day)
    return list(PublishedIncident.objects.newest_first())


def walk(size):
    """All rows from the newest on, then back to the newest again."""
    page = paging.page(PublishedIncident.objects.all(), size)
    there, back = list(page.rows), [page.rows]
    while page.after:
        page = paging.page(PublishedIncident.objects.all(), size, after=page.after)
        there += page.rows
    back = list(page.rows)
    while page.before:
        page = paging.page(PublishedIncident.objects.all(), size, before=page.before)
        back = page.rows + back
    return there, back


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_pages_neither_repeat_nor_skip_in_either_direction(seven, size):
    there, back = walk(size)

    assert there == seven
    assert back == seven


def test_a_row_added_meanwhile_shifts_nothing(seven):
    first = paging.page(PublishedIncident.objects.all(), 3)
    rows.incident("Newest", day="2025-01-01")

    second = paging.page(PublishedIncident.objects.all(), 3, after=first.after)

    assert second.rows == seven[3:6]


def test_the_first_page_has_nothing_newer_and_the_last_nothing_older(seven):
    first = paging.page(PublishedIncident.objects.all(), 4)
    last = paging.page(PublishedIncident.objects.all(), 4, after=first.after)

    assert first.before is None
    assert last.after is None
    assert last.before is not None


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "ä",
        "2024-03-18",
        "a" * 500,
        base64.urlsafe_b64encode(b"2024-13-18AAAAAAAA").decode(),
        base64.urlsafe_b64encode(b"2024-03-18AAAAAAA").decode(),
        base64.urlsafe_b64encode(b"2024-03-18aaaaaaaa").decode(),
        base64.urlsafe_b64encode(b"2024-03-18AAAAUAAA").decode(),
        base64.urlsafe_b64encode(b"2024-03-18AAAAAAAA").decode() + "\n",
    ],
)
def test_a_cursor_that_is_not_ours_is_refused(db, cursor):
    with pytest.raises(paging.CursorError, match="leave it out"):
        paging.page(PublishedIncident.objects.all(), 5, after=cursor)


def test_after_and_before_exclude_each_other(seven):
    cursor = paging.cursor(seven[0])

    with pytest.raises(paging.CursorError, match="exclude each other"):
        paging.page(PublishedIncident.objects.all(), 5, after=cursor, before=cursor)


def test_cursors_need_no_escaping_in_an_address(seven):
    cursors = [paging.cursor(row) for row in seven]

    assert [QueryDict(f"after={cursor}")["after"] for cursor in cursors] == cursors
