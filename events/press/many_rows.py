"""Writing thousands of rows of a table at once, several times faster than as model instances.

A row is a dict of column → value (foreign keys by their column, dates as dates, JSON as lists and dicts). What the tables
refuse they refuse here, too; whatever a model's `clean` says is not asked.
"""

import io
import re
import sqlite3
from functools import cache, lru_cache
from itertools import chain

import orjson
from django.db import connection, models
from django.utils import timezone

from events import uids
from events.models.change import Change

AT_ONCE = {"postgresql": 1000, "sqlite": 200}  # rows of one statement; of 50 columns SQLite takes 600


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
    """Write rows, dicts of which each holds all columns of the table, or at least the same; the key may be missing."""
    if not rows:
        return
    found = {field: [row[field.attname] for row in rows] for field in model._meta.concrete_fields}
    found = {field: values for field, values in found.items() if values.count(None) < len(values)}
    columns = [_cells(field, values) for field, values in found.items()]
    into, names = connection.ops.quote_name(model._meta.db_table), [field.column for field in found]
    if connection.vendor == "postgresql":
        _copy(into, names, columns)
    else:
        _send(into, names, list(zip(*columns, strict=True)))


def _send(table, names, rows):
    """Many rows to a statement: the lists of words that a CHECK knows are made anew by SQLite for each statement."""
    with connection.cursor() as cursor, connection.wrap_database_errors:
        for start in range(0, len(rows), AT_ONCE[connection.vendor]):
            some = rows[start : start + AT_ONCE[connection.vendor]]
            # Past Django, which would read through the thousands of placeholders each time.
            sqlite3.Cursor.execute(
                cursor.cursor, _saying(table, tuple(names), len(some)), list(chain.from_iterable(some))
            )


@lru_cache(500)
def _saying(table, names, count):
    columns, values = ", ".join(map(connection.ops.quote_name, names)), f"({', '.join('?' * len(names))})"
    return f"INSERT INTO {table} ({columns}) VALUES {', '.join([values] * count)}"  # noqa: S608 (our own names)


def update(model, names, rows):
    """Set columns of some rows of a table, at least one; each of `rows` is the values of `names`, then the primary key."""
    fields = [model._meta.get_field(name) for name in names]
    *values, keys = zip(*rows, strict=True)
    rows = list(zip(*map(_cells, fields, values), keys, strict=True))
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), [quote(field.column) for field in fields]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            from psycopg2.extras import execute_values

            said = ", ".join(
                f"{column} = given.{column}::{field.db_type(connection)}"
                for column, field in zip(columns, fields, strict=True)
            )
            of = f"({', '.join(columns)}, row)"
            said = f"UPDATE {table} SET {said} FROM (VALUES %s) AS given {of} WHERE {table}.id = given.row"  # noqa: S608
            with connection.wrap_database_errors:
                execute_values(cursor.cursor, said, rows, page_size=AT_ONCE["postgresql"])
        else:
            said = ", ".join(f"{column} = %s" for column in columns)
            cursor.executemany(f"UPDATE {table} SET {said} WHERE id = %s", rows)  # noqa: S608 (our own names)


def trace_created(model, rows, *, by, told):
    """Write that the rows were made; `told` are the columns that say where they belong.

    What else they held is what they hold with their later changes undone.
    """
    changes = blank(Change, len(rows), model=model._meta.model_name, field="created", by_id=by.pk)
    for change, row in zip(changes, rows, strict=True):
        change["object_uid"] = row["uid"]
        change["after"] = {name: row[name] for name in told}
    insert(Change, changes)


def _cells(field, values):
    """The values of one column, as the database takes them."""
    read = _reader(field)
    return list(map(read, values)) if read else values


def _copy(table, names, columns):
    """Send columns the way PostgreSQL reads fastest."""
    quoted = ", ".join(map(connection.ops.quote_name, names))
    lines = "\n".join(map("\t".join, zip(*map(_copied, columns), strict=True)))
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.cursor.copy_expert(f"COPY {table} ({quoted}) FROM STDIN", io.StringIO(lines))


def _copied(values):
    """The values of one column in the text format of COPY."""
    if values.count(values[0]) == len(values):
        return [_copied_one(values[0])] * len(values)
    return [_copied_one(value) for value in values]


def _copied_one(value):
    if value is None:
        return "\\N"
    text = value if value.__class__ is str else str(value)
    if _NEEDS_ESCAPE(text):
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return text


_NEEDS_ESCAPE = re.compile(r"[\\\n\r\t]").search


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
        adapted = self._known.get(moment)
        if adapted is None:
            if len(self._known) > 10_000:
                self._known.clear()  # which another thread may do as well, at any time
            adapted = self._known[moment] = self._adapt(moment)
        return adapted


def _as_json(value):
    return None if value is None else orjson.dumps(value).decode()
