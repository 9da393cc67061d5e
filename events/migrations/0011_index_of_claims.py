"""What profiles ask of claims and citations, and files of incidents: columns of the public index."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0010_map_cells"),
    ]

    operations = [
        migrations.AddField(
            model_name="publishedcitation",
            name="language",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="publishedcitation",
            name="relay",
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name="publishedclaim",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="published_namings",
                to="events.actor",
            ),
        ),
        migrations.AddField(
            model_name="publishedclaim",
            name="is_contested",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="publishedclaim",
            name="is_retracted",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="publishedclaim",
            name="is_superseded",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="publishedincident",
            name="time_local",
            field=models.CharField(blank=True, max_length=5),
        ),
        migrations.AddField(
            model_name="publishedincident",
            name="time_zone",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="publishedincident",
            name="utc",
            field=models.CharField(blank=True, max_length=17),
        ),
    ]
