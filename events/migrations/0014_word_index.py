"""The word index: a virtual FTS5 table on SQLite, a tsvector with a GIN index on PostgreSQL; filled from the editions.

Backwards the column that was searched until now comes back empty; manage.py reindex of that version fills it.
"""

import orjson
from django.db import migrations, models

TABLES = ("events_incidentwords", "events_claimwords")
VOCABULARY = "events_incidentwords_vocabulary"  # on SQLite; PostgreSQL has ts_stat for it
# No parser and no dictionary: the columns hold folded words between spaces. A word keeps at most 255 positions.
LEXEMES = """
CREATE OR REPLACE FUNCTION ledger_lexemes(folded text, weight "char") RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
  SELECT setweight(coalesce(string_agg(quote_literal(word) || ':' || least(place, 16383), ' '), '')::tsvector, weight)
  FROM unnest(string_to_array(folded, ' ')) WITH ORDINALITY AS split(word, place) WHERE word <> ''
$$"""
COLUMNS = """
(rowid bigint PRIMARY KEY, uid varchar(8) NOT NULL, title text NOT NULL, names text NOT NULL, summary text NOT NULL,
 claims text NOT NULL, words tsvector NOT NULL GENERATED ALWAYS AS (ledger_lexemes(title, 'A')
   || ledger_lexemes(names, 'B') || ledger_lexemes(summary, 'C') || ledger_lexemes(claims, 'D')) STORED)"""
FTS5 = "fts5(uid UNINDEXED, title, names, summary, claims, tokenize = \"ascii tokenchars '_'\")"


def make(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(LEXEMES)
    for table in TABLES:
        if is_postgresql:
            schema_editor.execute(f"CREATE TABLE {table} {COLUMNS}")
            schema_editor.execute(f"CREATE INDEX {table}_words ON {table} USING gin (words)")
        else:
            schema_editor.execute(f"CREATE VIRTUAL TABLE {table} USING {FTS5}")
    if not is_postgresql:
        schema_editor.execute(f"CREATE VIRTUAL TABLE {VOCABULARY} USING fts5vocab('{TABLES[0]}', 'row')")


def unmake(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE IF EXISTS {VOCABULARY}")
    for table in TABLES:
        schema_editor.execute(f"DROP TABLE {table}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute('DROP FUNCTION ledger_lexemes(text, "char")')


def number(apps, schema_editor):
    from events import uids

    for name in ("PublishedIncident", "PublishedClaim"):
        rows = apps.get_model("events", name).objects
        for uid in rows.values_list("uid", flat=True):
            rows.filter(uid=uid).update(uid_number=uids.number(uid))


def fill(apps, schema_editor):
    from events import uids
    from events.press import words

    known = _entries(apps)
    published = [apps.get_model("events", name).objects for name in ("PublishedRelation", "PublishedIncident")]
    incidents, claims = (apps.get_model("events", name) for name in ("IncidentWords", "ClaimWords"))
    held = dict(apps.get_model("events", "PublishedClaim").objects.values_list("uid", "incident"))
    for rows in published:
        for row in rows.select_related("edition__document").order_by("edition").iterator(chunk_size=100):
            content = orjson.loads(row.edition.document.body)
            if "title" in content:
                columns = words.incident_columns(content, known)
                incidents.objects.create(number=uids.number(row.uid), uid=row.uid, **columns)
            for claim in words.claims_in(content):
                uid = uids.parse(claim["uid"])
                if held.get(uid) in (None, row.uid):
                    claims.objects.create(number=uids.number(uid), uid=uid, **words.claim_columns(claim, content, known))


def _entries(apps):
    """Slug → uids of the actor and the place of that slug, or of those into which they were folded."""
    found = {}
    for name in ("Actor", "Location"):
        rows = {row.pk: row for row in apps.get_model("events", name).objects.all()}
        for row in rows.values():
            slug = row.slug
            while row.merged_into_id is not None:
                row = rows[row.merged_into_id]
            found.setdefault(slug, []).append(row.uid)
    return found


FIELDS = [
    ("number", models.BigIntegerField(db_column="rowid", primary_key=True, serialize=False)),
    ("uid", models.CharField(max_length=8)),
    ("title", models.TextField()),
    ("names", models.TextField()),
    ("summary", models.TextField()),
    ("claims", models.TextField()),
]


class Migration(migrations.Migration):
    dependencies = [("events", "0013_following")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make, unmake)],
            state_operations=[
                migrations.CreateModel("IncidentWords", FIELDS, options={"abstract": False}),
                migrations.CreateModel("ClaimWords", FIELDS, options={"abstract": False}),
            ],
        ),
        migrations.AddField("publishedincident", "uid_number", models.BigIntegerField(default=0), preserve_default=False),
        migrations.AddField("publishedclaim", "uid_number", models.BigIntegerField(default=0), preserve_default=False),
        migrations.RunPython(number, migrations.RunPython.noop),
        migrations.AlterField("publishedincident", "uid_number", models.BigIntegerField(db_index=True)),
        migrations.AlterField("publishedclaim", "uid_number", models.BigIntegerField(db_index=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("publishedincident", "search_text", models.TextField(blank=True, default="")),
        migrations.RemoveField("publishedincident", "search_text"),
    ]
