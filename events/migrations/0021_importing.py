"""Imports: what a file is, how far it is read, its rows and the names that no register knows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0020_editions_of_registers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dataset', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('actor', 'Actor'), ('place', 'Place')], max_length=8)),
                ('key', models.CharField(max_length=64)),
                ('words', models.JSONField(default=dict)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('is_unnamed', models.BooleanField(default=False)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('kind', '-rows', 'key'),
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('line', models.PositiveIntegerField(default=0)),
                ('external_id', models.CharField(blank=True, max_length=100)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('verdict', models.CharField(choices=[('new', 'New'), ('changed', 'Changed'), ('same', 'Same as before'), ('refused', 'Refused'), ('vanished', 'Vanished')], max_length=10)),
                ('problems', models.JSONField(default=list)),
                ('raw', models.JSONField(default=list)),
                ('content', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField(default=0)),
                ('claims', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ('batch', 'number'),
            },
        ),
        migrations.AddField(
            model_name='externalrecord',
            name='document',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.document'),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='beat_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='committed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='committed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='dataset_name',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='done',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='format',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='is_redistributable',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='licence',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='problems',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='reading',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='replaces',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='events.importbatch'),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='started_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='stored_as',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='total',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='undone_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='file_sha256',
            field=models.CharField(db_index=True, max_length=64),
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='status',
            field=models.CharField(choices=[('planning', 'Being read'), ('planned', 'Planned'), ('committing', 'Being committed'), ('committed', 'Committed'), ('undoing', 'Being undone'), ('undone', 'Undone'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='planned', max_length=12),
        ),
        migrations.AddIndex(
            model_name='externalrecord',
            index=models.Index(fields=['dataset', 'external_id'], name='external_record_id'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['planning', 'planned', 'committing', 'committed', 'undoing', 'undone', 'failed', 'cancelled']))), name='import_batch_words_known', violation_error_message='Choose from the lists: status.'),
        ),
        migrations.AddField(
            model_name='importname',
            name='actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.actor'),
        ),
        migrations.AddField(
            model_name='importname',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='events.importbatch'),
        ),
        migrations.AddField(
            model_name='importname',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importname',
            name='location',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.location'),
        ),
        migrations.AddField(
            model_name='importrow',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='events.importbatch'),
        ),
        migrations.AddField(
            model_name='importrow',
            name='incident',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.incident'),
        ),
        migrations.AddIndex(
            model_name='importname',
            index=models.Index(fields=['dataset', 'kind', 'key'], name='import_name_known'),
        ),
        migrations.AddConstraint(
            model_name='importname',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['actor', 'place']))), name='import_name_words_known', violation_error_message='Choose from the lists: kind.'),
        ),
        migrations.AddConstraint(
            model_name='importname',
            constraint=models.UniqueConstraint(fields=('batch', 'kind', 'key'), name='import_name_once', violation_error_message='This name of the file is listed already.'),
        ),
        migrations.AddConstraint(
            model_name='importname',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('actor__isnull', True), ('location__isnull', True)), models.Q(('is_unnamed', False), ('kind', 'actor'), ('location__isnull', True)), models.Q(('actor__isnull', True), ('is_unnamed', False), ('kind', 'place')), _connector='OR'), name='import_name_means_one', violation_error_message='A name means one entry of its own register, or nobody.'),
        ),
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(fields=['batch', 'verdict', 'number'], name='import_row_verdict'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict__in', ['new', 'changed', 'same', 'refused', 'vanished']))), name='import_row_words_known', violation_error_message='Choose from the lists: verdict.'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.UniqueConstraint(fields=('batch', 'number'), name='import_row_once', violation_error_message='This row of the file is planned already.'),
        ),
    ]
