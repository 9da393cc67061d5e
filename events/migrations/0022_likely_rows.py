"""Rows of a file that are likely here already, what is decided about them, and files that wait for their columns."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0021_importing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='importbatch',
            name='import_batch_words_known',
        ),
        migrations.RemoveConstraint(
            model_name='importrow',
            name='import_row_words_known',
        ),
        migrations.AddField(
            model_name='importrow',
            name='decided_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='importrow',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importrow',
            name='decision',
            field=models.CharField(blank=True, choices=[('draft', 'Make a draft all the same'), ('left_out', 'Leave the row out')], max_length=8),
        ),
        migrations.AddField(
            model_name='importrow',
            name='is_likely',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='importrow',
            name='is_likely_open',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='importrow',
            name='likely',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='status',
            field=models.CharField(choices=[('columns', 'Waits to be told what its columns are'), ('planning', 'Being read'), ('planned', 'Planned'), ('committing', 'Being committed'), ('committed', 'Committed'), ('undoing', 'Being undone'), ('undone', 'Undone'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='planned', max_length=12),
        ),
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(condition=models.Q(('is_likely', True)), fields=['batch', 'number'], name='import_row_likely'),
        ),
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(condition=models.Q(('decided_at__isnull', False)), fields=['external_id'], name='import_row_decided'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['columns', 'planning', 'planned', 'committing', 'committed', 'undoing', 'undone', 'failed', 'cancelled']))), name='import_batch_words_known', violation_error_message='Choose from the lists: status.'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict__in', ['new', 'changed', 'same', 'refused', 'vanished'])), models.Q(('decision__in', ['', 'draft', 'left_out']))), name='import_row_words_known', violation_error_message='Choose from the lists: verdict, decision.'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='import_row_decided_by_somebody', violation_error_message='A decision about a row says who took it, and when.'),
        ),
    ]
