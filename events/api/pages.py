"""One page of a list and the cursors to the next: of the lists by day, and of those by one unique column."""

import base64
import re
from dataclasses import dataclass
from datetime import date

from django.db import models

from events.api.errors import refused
from events.api.questions import COUNTED, LONGEST_NUMBER
from events.record import paging

_PLACE = re.compile(r"[-\w]+", re.ASCII)  # every column that lists go by: slugs, uids and numbers
_NEXT, _PREVIOUS = "n", "p"  # the first letter of a cursor says which way it leads

# Before every row: incidents without a date stand at this day, and no uid lies below.
_BEGINNING = paging.cursor({"sort_date": date.min, "uid": "00000000"})


@dataclass(frozen=True)
class Page:
    """Rows in the order of the list; cursors are None where nothing follows or precedes."""

    rows: list
    next: str | None
    previous: str | None


def counted(queryset, asked):
    """(how many rows the whole list has, or None; exact, at_least or none). One query at most."""
    how = asked.cleaned_data["count"] or "exact"
    if how == "none":
        return None, how
    if how == "exact":
        return queryset.count(), how
    found = queryset.order_by()[: COUNTED + 1].count()
    return (COUNTED, "at_least") if found > COUNTED else (found, "exact")


def by_day(queryset, asked):
    """Newest day first as on the pages, or oldest; `asked` is a read `questions.Paging`. Two queries at most."""
    way, place = _read(asked.cleaned_data["cursor"])
    if asked.is_oldest_first:
        direction = {"after": place} if way == _PREVIOUS else {"before": place or _BEGINNING}
    else:
        direction = {} if not way else {"after" if way == _NEXT else "before": place}
    try:
        found = paging.page(queryset, asked.size, **direction)
    except paging.CursorError as error:
        raise _unknown() from error
    rows, on, back = found.rows, found.after, found.before
    if asked.is_oldest_first:
        rows, on, back = rows[::-1], back, on
    return Page(rows, on and _NEXT + on, back and _PREVIOUS + back)


def by_column(queryset, asked, column, *, descending=False):
    """In the order of a column that is unique and never null. Two queries at most."""
    way, place = _read(asked.cleaned_data["cursor"])
    edge = _decoded(place, queryset.model._meta.get_field(column)) if way else None
    backwards = way == _PREVIOUS
    falls = descending != backwards
    found = _beside(queryset, column, edge, "lt" if falls else "gt") if way else queryset
    rows = list(found.order_by(f"-{column}" if falls else column)[: asked.size + 1])
    more, rows = len(rows) > asked.size, rows[: asked.size]
    behind = bool(way and rows) and _beside(queryset, column, _held(rows[0], column), "gt" if falls else "lt").exists()
    if backwards:
        rows.reverse()
    has_next, has_previous = (behind, more) if backwards else (more, behind)
    return Page(
        rows,
        _NEXT + _encoded(rows[-1], column) if has_next else None,
        _PREVIOUS + _encoded(rows[0], column) if has_previous else None,
    )


def _held(row, column):
    return row[column] if isinstance(row, dict) else getattr(row, column)


def _beside(queryset, column, edge, side):
    return queryset.filter(**{f"{column}__{side}": edge})


def _read(cursor):
    """("", "") at the beginning, else (way, place)."""
    if cursor and (cursor[0] not in (_NEXT, _PREVIOUS) or len(cursor) < 2):
        raise _unknown()
    return cursor[:1], cursor[1:]


def _encoded(row, column):
    return base64.urlsafe_b64encode(str(_held(row, column)).encode()).decode()


def _decoded(place, field):
    try:
        text = base64.b64decode(place.encode(), altchars=b"-_", validate=True).decode("ascii")
    except ValueError as error:
        raise _unknown() from error
    if not _PLACE.fullmatch(text):
        raise _unknown()
    if isinstance(field, models.CharField):
        return text
    if not text.isdecimal() or len(text) > LONGEST_NUMBER:
        raise _unknown()
    return int(text)


def _unknown():
    return refused(
        {"cursor": ["cursor: this is no place in the list; take it from next or previous, or leave it out."]}
    )
