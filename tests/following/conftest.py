"""A server that sends letters and calls webhooks."""

import pytest

from tests.following.world import SITE


@pytest.fixture
def sends(settings):
    settings.MAIL_HOST, settings.SITE_URL, settings.WEBHOOKS = "mail.example", SITE, True
    settings.DEFAULT_FROM_EMAIL = "ledger@ledger.example"
    return settings
