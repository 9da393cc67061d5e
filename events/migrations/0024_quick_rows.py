"""Quick JSON in the rows of imports; foreign keys that are mostly null have indexes of the rows with a value only."""

import django.db.models.deletion
import events.models.quick_json
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0023_judging_together'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='casualtyline',
            name='party',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.actor'),
        ),
        migrations.AlterField(
            model_name='casualtyline',
            name='subset_of',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='subsets', to='events.casualtyline'),
        ),
        migrations.AlterField(
            model_name='change',
            name='key',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.apikey'),
        ),
        migrations.AlterField(
            model_name='claim',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='claim',
            name='edited_by',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='claim',
            name='link',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='events.incidentlink'),
        ),
        migrations.AlterField(
            model_name='claim',
            name='relation',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='events.actorrelation'),
        ),
        migrations.AlterField(
            model_name='claim',
            name='supersedes',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='events.claim'),
        ),
        migrations.AlterField(
            model_name='claim',
            name='value_actor',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='named_in', to='events.actor'),
        ),
        migrations.AlterField(
            model_name='claim',
            name='value_location',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='named_in', to='events.location'),
        ),
        migrations.AlterField(
            model_name='document',
            name='derived_from',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='derivatives', to='events.document'),
        ),
        migrations.AlterField(
            model_name='externalrecord',
            name='raw',
            field=events.models.quick_json.QuickJSONField(),
        ),
        migrations.AlterField(
            model_name='importrow',
            name='batch',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='events.importbatch'),
        ),
        migrations.AlterField(
            model_name='importrow',
            name='content',
            field=events.models.quick_json.QuickJSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='importrow',
            name='incident',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.incident'),
        ),
        migrations.AlterField(
            model_name='importrow',
            name='likely',
            field=events.models.quick_json.QuickJSONField(default=list),
        ),
        migrations.AlterField(
            model_name='importrow',
            name='problems',
            field=events.models.quick_json.QuickJSONField(default=list),
        ),
        migrations.AlterField(
            model_name='importrow',
            name='raw',
            field=events.models.quick_json.QuickJSONField(default=list),
        ),
        migrations.AlterField(
            model_name='incident',
            name='assigned_to',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='incident',
            name='keeper',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='incident',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='events.incident'),
        ),
        migrations.AddIndex(
            model_name='casualtyline',
            index=models.Index(condition=models.Q(('party__isnull', False)), fields=['party'], name='casualty_line_party'),
        ),
        migrations.AddIndex(
            model_name='casualtyline',
            index=models.Index(condition=models.Q(('subset_of__isnull', False)), fields=['subset_of'], name='casualty_line_subset_of'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(condition=models.Q(('key__isnull', False)), fields=['key'], name='change_key'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('relation__isnull', False)), fields=['relation'], name='claim_relation'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('link__isnull', False)), fields=['link'], name='claim_link'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('value_actor__isnull', False)), fields=['value_actor'], name='claim_value_actor'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('value_location__isnull', False)), fields=['value_location'], name='claim_value_location'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('supersedes__isnull', False)), fields=['supersedes'], name='claim_supersedes'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('edited_by__isnull', False)), fields=['edited_by'], name='claim_edited_by'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('decided_by__isnull', False)), fields=['decided_by'], name='claim_decided_by'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('derived_from__isnull', False)), fields=['derived_from'], name='document_derived_from'),
        ),
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(condition=models.Q(('incident__isnull', False)), fields=['incident'], name='import_row_incident'),
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='incident_merged_into'),
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(condition=models.Q(('assigned_to__isnull', False)), fields=['assigned_to'], name='incident_assigned_to'),
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(condition=models.Q(('keeper__isnull', False)), fields=['keeper'], name='incident_keeper'),
        ),
    ]
