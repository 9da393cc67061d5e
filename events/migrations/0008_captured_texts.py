"""Longer captured texts, and the keys of addresses made anew: more spellings of one address lead to one document."""

from django.db import migrations, models

from events.models.source import url_key


def make_keys_anew(apps, schema_editor):
    documents = apps.get_model("events", "Document").objects.exclude(url="").only("pk", "url", "url_key")
    for document in documents.order_by("pk").iterator(chunk_size=500):
        if (key := url_key(document.url)) != document.url_key:
            documents.filter(pk=document.pk).update(url_key=key)


class Migration(migrations.Migration):
    dependencies = [("events", "0007_presence")]

    operations = [
        migrations.AlterField("document", "captured_text", models.TextField(max_length=2_000_000, blank=True)),
        migrations.RunPython(make_keys_anew, migrations.RunPython.noop),
    ]
