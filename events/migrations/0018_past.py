"""The index of the past: every published edition of an incident and how long it stood, filled from the editions."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "events_heldwords"
# As the word index of the present, whose functions it uses on PostgreSQL.
COLUMNS = """
(rowid bigint PRIMARY KEY, uid varchar(8) NOT NULL, title text NOT NULL, names text NOT NULL, summary text NOT NULL,
 claims text NOT NULL, words tsvector NOT NULL GENERATED ALWAYS AS (ledger_lexemes(title, 'A')
   || ledger_lexemes(names, 'B') || ledger_lexemes(summary, 'C') || ledger_lexemes(claims, 'D')) STORED)"""
FTS5 = "fts5(uid UNINDEXED, title, names, summary, claims, tokenize = \"ascii tokenchars '_'\")"


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE TABLE {TABLE} {COLUMNS}")
        schema_editor.execute(f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)")
    else:
        schema_editor.execute(f"CREATE VIRTUAL TABLE {TABLE} USING {FTS5}")


def unmake(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {TABLE}")


def fill(apps, schema_editor):
    from events.press import held

    held.fill(apps.get_model)


FIELDS = [
    ("number", models.BigIntegerField(db_column="rowid", primary_key=True, serialize=False)),
    ("uid", models.CharField(max_length=8)),
    ("title", models.TextField()),
    ("names", models.TextField()),
    ("summary", models.TextField()),
    ("claims", models.TextField()),
]


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0017_key_scopes'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make, unmake)],
            state_operations=[migrations.CreateModel("HeldWords", FIELDS, options={"abstract": False})],
        ),
        migrations.CreateModel(
            name='HeldIncident',
            fields=[
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('summary', models.TextField(blank=True)),
                ('category', models.CharField(max_length=12)),
                ('kind', models.CharField(max_length=24)),
                ('date_start', models.DateField(null=True)),
                ('date_end', models.DateField(null=True)),
                ('date_precision', models.CharField(max_length=12)),
                ('date_shown', models.CharField(max_length=120)),
                ('time_local', models.CharField(blank=True, max_length=5)),
                ('time_zone', models.CharField(blank=True, max_length=40)),
                ('utc', models.CharField(blank=True, max_length=17)),
                ('sort_date', models.DateField()),
                ('location_precision', models.CharField(blank=True, max_length=20)),
                ('place_shown', models.CharField(blank=True, max_length=300)),
                ('latitude', models.FloatField(null=True)),
                ('longitude', models.FloatField(null=True)),
                ('uncertainty_km', models.FloatField(null=True)),
                ('mapped', models.CharField(default='no', max_length=5)),
                ('map_x', models.PositiveIntegerField(null=True)),
                ('map_y', models.PositiveIntegerField(null=True)),
                ('occurrence', models.CharField(max_length=16)),
                ('is_denied', models.BooleanField()),
                ('attribution', models.CharField(max_length=16)),
                ('is_contested', models.BooleanField()),
                ('contested_aspects', models.CharField(blank=True, max_length=200)),
                ('harm_grade', models.CharField(max_length=16)),
                ('is_cross_border', models.BooleanField()),
                ('escalation', models.PositiveSmallIntegerField(null=True)),
                ('killed_low', models.PositiveIntegerField(null=True)),
                ('killed_best', models.PositiveIntegerField(null=True)),
                ('killed_high', models.PositiveIntegerField(null=True)),
                ('killed_open', models.BooleanField(default=False)),
                ('killed_civilian_low', models.PositiveIntegerField(null=True)),
                ('killed_civilian_best', models.PositiveIntegerField(null=True)),
                ('killed_civilian_high', models.PositiveIntegerField(null=True)),
                ('killed_civilian_open', models.BooleanField(default=False)),
                ('killed_excluding_perpetrators_low', models.PositiveIntegerField(null=True)),
                ('killed_excluding_perpetrators_best', models.PositiveIntegerField(null=True)),
                ('killed_excluding_perpetrators_high', models.PositiveIntegerField(null=True)),
                ('killed_excluding_perpetrators_open', models.BooleanField(default=False)),
                ('injured_low', models.PositiveIntegerField(null=True)),
                ('injured_best', models.PositiveIntegerField(null=True)),
                ('injured_high', models.PositiveIntegerField(null=True)),
                ('injured_open', models.BooleanField(default=False)),
                ('claims_count', models.PositiveIntegerField()),
                ('documents_count', models.PositiveIntegerField()),
                ('sources_count', models.PositiveIntegerField()),
                ('part_of_uid', models.CharField(blank=True, max_length=8)),
                ('first_published_at', models.DateTimeField()),
                ('published_at', models.DateTimeField()),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='events.edition')),
                ('uid', models.CharField(db_index=True, max_length=8)),
                ('until', models.BigIntegerField(null=True)),
                ('until_at', models.DateTimeField(null=True)),
                ('is_withheld', models.BooleanField(default=False)),
                ('country', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.location')),
                ('district', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.location')),
                ('location', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.location')),
                ('perpetrator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.actor')),
                ('province', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.location')),
            ],
            options={
                'ordering': ('-sort_date', '-uid'),
            },
        ),
        migrations.CreateModel(
            name='HeldClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(db_index=True, max_length=8)),
                ('position', models.PositiveIntegerField()),
                ('aspect', models.CharField(max_length=16)),
                ('stance', models.CharField(max_length=8)),
                ('speech_act', models.CharField(max_length=24)),
                ('is_eligible', models.BooleanField()),
                ('claimant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.actor')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='events.heldincident')),
            ],
            options={
                'ordering': ('incident', 'uid'),
            },
        ),
        migrations.CreateModel(
            name='HeldCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(max_length=8)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.source')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='events.heldincident')),
            ],
            options={
                'ordering': ('incident', 'uid', 'source'),
            },
        ),
        migrations.CreateModel(
            name='HeldLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(max_length=8)),
                ('to_uid', models.CharField(max_length=8)),
                ('type', models.CharField(max_length=16)),
                ('standing', models.CharField(max_length=12)),
                ('from_incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_out', to='events.heldincident')),
            ],
            options={
                'ordering': ('type', 'uid', 'from_incident'),
            },
        ),
        migrations.CreateModel(
            name='HeldPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part_uid', models.CharField(db_index=True, max_length=8)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listed_parts', to='events.heldincident')),
            ],
            options={
                'ordering': ('incident', 'part_uid'),
            },
        ),
        migrations.CreateModel(
            name='HeldParticipant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(max_length=12)),
                ('is_direct', models.BooleanField()),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.actor')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='events.heldincident')),
            ],
            options={
                'ordering': ('incident', 'part', 'actor'),
            },
        ),
        migrations.AddIndex(
            model_name='heldincident',
            index=models.Index(fields=['-sort_date', '-uid'], name='held_newest'),
        ),
        migrations.AddIndex(
            model_name='heldincident',
            index=models.Index(fields=['until'], name='held_until'),
        ),
        migrations.AddIndex(
            model_name='heldparticipant',
            index=models.Index(fields=['actor', 'incident'], name='held_participant_actor'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
