"""Keys say what they may do; changes say by which key they were made; requests that are sent twice are done once.

A key that wrote could log drafts and nothing else, and so it stays.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SCOPES = [
    ("read", "Read the public record"),
    ("log", "Also log drafts, and read none"),
    ("drafts", "Also read, change and submit your own drafts, add claims and captured texts"),
]


def to_scopes(apps, schema_editor):
    apps.get_model("events", "ApiKey").objects.filter(can_write=True).update(scope="log")


def from_scopes(apps, schema_editor):
    apps.get_model("events", "ApiKey").objects.exclude(scope="read").update(can_write=True)


class Migration(migrations.Migration):
    dependencies = [("events", "0016_quick_conditions"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField("apikey", "scope", models.CharField(choices=SCOPES, default="read", max_length=8)),
        migrations.RunPython(to_scopes, from_scopes),
        migrations.RemoveField("apikey", "can_write"),
        migrations.AddConstraint(
            "apikey",
            models.CheckConstraint(
                condition=models.Q(models.Q(("scope__in", ["read", "log", "drafts"]))),
                name="apikey_words_known",
                violation_error_message="Choose from the lists: scope.",
            ),
        ),
        # Nullable and without a default: no table is rebuilt, so the guards of the changes stay on SQLite.
        migrations.AddField(
            "change",
            "key",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="events.apikey",
            ),
        ),
        migrations.CreateModel(
            "SentRequest",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent", models.CharField(max_length=64)),
                ("mark", models.CharField(max_length=64)),
                ("answer", models.JSONField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"ordering": ("-at", "-pk")},
        ),
        migrations.AddConstraint(
            "sentrequest", models.UniqueConstraint(
                fields=("user", "sent"),
                name="sent_request_once",
                violation_error_message="This request was sent already.",
            ),
        ),
    ]
