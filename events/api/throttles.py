"""How many requests a reader may make: by address without a key, by key with one. Against floods, not a security limit."""

from django.core.cache import caches
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle


class _Rate(SimpleRateThrottle):
    cache = caches["api_rates"]

    def get_rate(self):
        """Read at each request, so that the settings of a test or of a reload count."""
        return api_settings.DEFAULT_THROTTLE_RATES[self.scope]


class AnonymousRate(_Rate):
    scope = "anonymous"

    def get_cache_key(self, request, view):
        return None if request.auth else f"{self.scope}:{self.get_ident(request)}"


class KeyRate(_Rate):
    scope = "key"

    def get_cache_key(self, request, view):
        return f"{self.scope}:{request.auth.pk}" if request.auth else None
