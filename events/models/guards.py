"""The database itself refuses to change or delete what is append-only: editions, their bytes, changes, reviews, releases.

The guards are triggers. On SQLite a migration that rebuilds a table drops its triggers without a word, so they are
put in place again after every `migrate`, and `check --deploy` says when one is missing.
"""

from django.core.checks import Error, Tags, register
from django.db import connections

GUARDED = (
    "events_edition",
    "events_editiondocument",
    "events_change",
    "events_review",
    "events_release",
    "events_release_editions",
    "events_releasefile",
    "events_releaseerratum",
)
_SENTENCE = "This table is append-only; rows are never changed or deleted."


def install(connection):
    """Create the guards that are missing on this connection's database. Safe to repeat."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{_SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        for table in existing.intersection(GUARDED):
            for action in ("update", "delete"):
                cursor.execute(_drop(connection.vendor, table, action))
                cursor.execute(_create(connection.vendor, table, action))


def remove(connection):
    """Drop all guards: for the flush between tests, which deletes rows."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in existing.intersection(GUARDED):
            for action in ("update", "delete"):
                cursor.execute(_drop(connection.vendor, table, action))


def missing(connection):
    """Names of the guards that are not in place."""
    catalogue = (
        "SELECT tgname FROM pg_trigger"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        present = {name for (name,) in cursor.fetchall()}
    return sorted({_name(table, action) for table in GUARDED for action in ("update", "delete")} - present)


def install_after_migrate(sender, using, **kwargs):
    install(connections[using])


@register(Tags.database, deploy=True)
def guards_are_in_place(app_configs, databases, **kwargs):
    return [
        Error(
            f"The append-only guards {', '.join(absent)} are missing.",
            hint="Run manage.py migrate; it puts them back.",
            id="events.E001",
        )
        for alias in databases or ()
        if (absent := missing(connections[alias]))
    ]


def _name(table, action):
    return f"{table}_no_{action}"


def _drop(vendor, table, action):
    on_table = f" ON {table}" if vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {_name(table, action)}{on_table}"


def _create(vendor, table, action):
    does = (
        "EXECUTE FUNCTION ledger_refuse()"
        if vendor == "postgresql"
        else f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
    )
    return f"CREATE TRIGGER {_name(table, action)} BEFORE {action.upper()} ON {table} FOR EACH ROW {does}"
