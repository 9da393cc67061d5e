"""Where each public incident stands on the map; the rows that are there already follow from their own columns."""

from math import floor

from django.db import migrations, models

POINTS = ("site", "settlement", "near_settlement")


def fill(apps, schema_editor):
    rows = apps.get_model("events", "PublishedIncident").objects
    placed = rows.filter(latitude__isnull=False, longitude__isnull=False)
    for row in placed.only("location_precision", "latitude", "longitude", "uncertainty_km").iterator(chunk_size=500):
        if row.location_precision not in POINTS and not row.uncertainty_km:
            continue
        rows.filter(pk=row.pk).update(
            mapped="point" if row.location_precision in POINTS else "area",
            map_x=floor(round((row.longitude + 180) * 1000, 2)),
            map_y=floor(round((row.latitude + 90) * 1000, 2)),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0009_alias_kind_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="publishedincident",
            name="map_x",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="publishedincident",
            name="map_y",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="publishedincident",
            name="mapped",
            field=models.CharField(default="no", max_length=5),
        ),
        migrations.AddIndex(
            model_name="publishedincident",
            index=models.Index(fields=["mapped", "map_x", "map_y"], name="published_map_cell"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
