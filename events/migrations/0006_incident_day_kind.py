"""Likely duplicates are looked for by their days and kinds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0005_comment")]
    operations = [
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["date_start", "kind"], name="incident_day_kind"),
        )
    ]
