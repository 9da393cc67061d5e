"""Imports whose claims are accepted, or whose incidents are published, together by the worker."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0022_likely_rows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='importbatch',
            name='import_batch_words_known',
        ),
        migrations.AddField(
            model_name='importbatch',
            name='judged_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='judging',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='status',
            field=models.CharField(choices=[('columns', 'Waits to be told what its columns are'), ('planning', 'Being read'), ('planned', 'Planned'), ('committing', 'Being committed'), ('committed', 'Committed'), ('accepting', 'Its claims are being accepted'), ('publishing', 'Being published'), ('undoing', 'Being undone'), ('undone', 'Undone'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='planned', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['columns', 'planning', 'planned', 'committing', 'committed', 'accepting', 'publishing', 'undoing', 'undone', 'failed', 'cancelled']))), name='import_batch_words_known', violation_error_message='Choose from the lists: status.'),
        ),
    ]
