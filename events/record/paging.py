"""Pages by key instead of by number, so that no row is repeated or skipped however deep one goes or what is added."""

import base64
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Q
from django.utils.translation import gettext

from events import uids

KEY = ("sort_date", "uid")


class CursorError(ValueError):
    """The cursor is not one of ours; str() is a sentence for the person."""


@dataclass(frozen=True)
class Page:
    """Rows newest first; `after` leads on to older rows, `before` back to newer ones, None where there are none."""

    rows: list
    after: str | None
    before: str | None


def page(queryset, size, after=None, before=None, key=KEY):
    """One page of the queryset by (day, uid), both descending. One query; raises CursorError.

    `key` names the two columns of the queryset that hold the day and the uid; rows may be model rows or dicts.
    """
    if after and before:
        raise CursorError(gettext("after and before exclude each other; give one of them."))
    here = _position(after or before, "after" if after else "before") if after or before else None
    day, uid = key
    order = (day, uid) if before else (f"-{day}", f"-{uid}")
    asked = queryset.filter(*_beyond(here, key, newer=bool(before))) if here else queryset
    if here:
        # Behind us lies at least the row of the cursor, unless it has left the list since.
        asked = asked.annotate(more_behind=Exists(queryset.filter(*_behind(here, key, newer=not before))))
    found = list(asked.order_by(*order)[: size + 1])
    more, found = len(found) > size, found[:size]
    if before:
        found.reverse()
    behind = bool(here and found) and _value(found[0], "more_behind")
    has_newer, has_older = (more, behind) if before else (behind, more)
    return Page(
        rows=found,
        after=cursor(found[-1], key) if has_older else None,
        before=cursor(found[0], key) if has_newer else None,
    )


def cursor(row, key=KEY):
    """The opaque text that stands for the place of a row in the list."""
    day, uid = _place(row, key)
    return base64.urlsafe_b64encode(f"{day.isoformat()}{uid}".encode()).decode()


def _place(row, key):
    return tuple(_value(row, name) for name in key)


def _value(row, name):
    return row[name] if isinstance(row, dict) else getattr(row, name)


def _position(text, name):
    """(day, uid) of a cursor that we gave out; anything else is refused."""
    try:
        raw = base64.b64decode(text.encode(), altchars=b"-_", validate=True).decode("ascii")
        day, uid = date.fromisoformat(raw[:10]), raw[10:]
        known = len(raw) == 18 and uids.parse(uid) == uid and cursor({"day": day, "uid": uid}, ("day", "uid")) == text
    except ValueError:
        known = False
    if not known:
        raise CursorError(no_position(name))
    return day, uid


def no_position(name):
    """The sentence for a parameter that should hold a place in a list."""
    said = gettext("%(name)s: this is not a position in the list; leave it out to start at the newest.")
    return said % {"name": name}


def _beyond(here, key, *, newer):
    """Conditions for the rows on one side of a position."""
    (day, uid), (day_column, uid_column) = here, key
    word = "gt" if newer else "lt"
    # The first is implied by the second; it lets the database walk its index from there.
    return (
        Q(**{f"{day_column}__{word}e": day}),
        Q(**{f"{day_column}__{word}": day}) | Q(**{f"{uid_column}__{word}": uid}),
    )


def _behind(here, key, *, newer):
    """Conditions for the row of a position itself and those on one side of it."""
    (day, uid), (day_column, uid_column) = here, key
    word = "gt" if newer else "lt"
    return (
        Q(**{f"{day_column}__{word}e": day}),
        Q(**{f"{day_column}__{word}": day}) | Q(**{f"{uid_column}__{word}e": uid}),
    )
