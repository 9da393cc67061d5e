"""Indexes for what is asked with every conditional request, for updated_since, and for the list of cited documents."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0015_areas")]

    operations = [
        migrations.AddIndex("actor", models.Index(fields=["-updated_at"], name="actor_written")),
        migrations.AddIndex("location", models.Index(fields=["-updated_at"], name="location_written")),
        migrations.AddIndex("source", models.Index(fields=["-updated_at"], name="source_written")),
        migrations.AddIndex("publishedincident", models.Index(fields=["published_at"], name="published_since")),
        migrations.AddIndex(
            "publishedcitation", models.Index(fields=["document_uid", "claim"], name="published_citation_document")
        ),
    ]
