"""The app, and what has to happen when it starts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Frontier Ledger"

    def ready(self):
        from events.models import guards

        post_migrate.connect(guards.install_after_migrate, sender=self)
