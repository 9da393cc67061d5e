"""The app, and what has to happen when it starts."""

from functools import partial

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils import translation

from events import tongue


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Frontier Ledger"

    def ready(self):
        from events.models import guards

        tongue.teach(
            gettext=translation.gettext,
            ngettext=translation.ngettext,
            english=partial(translation.override, "en"),
        )
        post_migrate.connect(guards.install_after_migrate, sender=self)
