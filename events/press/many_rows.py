"""Writing thousands of rows of a table at once, several times faster than as model instances.

A row is a dict of column → value (foreign keys by their column, dates as dates, JSON as lists and dicts). What the tables
refuse they refuse here, too; whatever a model's `clean` says is not asked.
"""

from datetime import date, time
from functools import cache

import orjson
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils import timezone

from events import uids
from events.models.change import Change
from events.press.traces import SILENT

_ENCODER = DjangoJSONEncoder()
_UNSAID = SILENT | {"created_by_id"}
_EMPTY = (None, "", [], {})
AT_ONCE = 500  # rows of one statement on PostgreSQL


def blank(model, count, /, **same):
    """So many rows of a model as they are when nothing is said, with keys and uids of their own; `same` is set in each."""
    now = timezone.now()
    usual = {**_usual(model), **dict.fromkeys(_moments_of_writing(model), now), **same}
    keys = _keys(model, count)
    rows = [{**usual, "id": key} for key in keys]
    if "uid" in usual:
        for row, uid in zip(rows, uids.several(count), strict=True):
            row["uid"] = uid
    return rows


def insert(model, rows):
    """Write rows that `blank` began."""
    if not rows:
        return
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    readers = [(place, _reader(field)) for place, field in enumerate(fields) if _reader(field)]
    values = []
    for row in rows:
        of_row = [row[name] for name in names]
        for place, read in readers:
            of_row[place] = read(of_row[place])
        values.append(of_row)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    into = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608 (names of our own tables)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            from psycopg2.extras import execute_values

            with connection.wrap_database_errors:
                execute_values(cursor.cursor, f"{into}%s", values, page_size=AT_ONCE)
        else:
            cursor.executemany(f"{into}({', '.join(['%s'] * len(names))})", values)


def trace_created(model, rows, *, by, extra=None):
    """Write that the rows were made, with all they hold; `extra` is a list of what hangs on each (lines, citations)."""
    changes = blank(Change, len(rows), model=model._meta.model_name, field="created", by_id=by.pk)
    for place, (change, row) in enumerate(zip(changes, rows, strict=True)):
        held = {name: _said(value) for name, value in row.items() if name not in _UNSAID and value not in _EMPTY}
        change["object_uid"] = row["uid"]
        change["after"] = held | (extra[place] if extra else {})
    insert(Change, changes)


@cache
def _usual(model):
    return {
        field.attname: field.get_default() if field.has_default() else None if field.null else ""
        for field in model._meta.concrete_fields
    }


@cache
def _moments_of_writing(model):
    """Columns that hold when the row was written."""
    return [
        field.attname
        for field in model._meta.concrete_fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False) or field.default is timezone.now
    ]


def _keys(model, count):
    """Primary keys that nobody else is given."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [key for (key,) in cursor.fetchall()]
        # Inside a transaction nobody else writes to a SQLite database.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return list(range(last + 1, last + 1 + count))


@cache
def _reader(field):
    """What turns a value into what the database takes, or None where it takes it as it is."""
    if isinstance(field, models.JSONField):
        return _as_json
    if isinstance(field, models.DateTimeField):
        return _Remembered(connection.ops.adapt_datetimefield_value)
    if isinstance(field, models.DateField):
        return _Remembered(connection.ops.adapt_datefield_value)
    if isinstance(field, models.TimeField):
        return _Remembered(connection.ops.adapt_timefield_value)
    return None


class _Remembered:
    """The last thousands of moments: most rows share them."""

    def __init__(self, adapt):
        self._adapt, self._known = adapt, {}

    def __call__(self, moment):
        if moment is None:
            return None
        if moment not in self._known:
            if len(self._known) > 10_000:
                self._known.clear()
            self._known[moment] = self._adapt(moment)
        return self._known[moment]


def _as_json(value):
    return None if value is None else orjson.dumps(value).decode()


def _said(value):
    """A moment as all traces have it."""
    return _ENCODER.default(value) if isinstance(value, date | time) else value
