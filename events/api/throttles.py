"""How many requests a reader may make: by address without a key, by key with one. Against floods, not a security limit."""

import math
from dataclasses import dataclass

from django.core.cache import caches
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle

_TOLD = "_rate"  # the attribute of a request that holds its Standing


@dataclass(frozen=True)
class Standing:
    """How much of a limit is left, and in how many seconds the oldest request that counts is forgotten."""

    limit: int
    left: int
    seconds: int


def tell(request, response):
    """Put the standing of whoever asked into the headers; nothing where no limit holds or nobody was let in."""
    if standing := getattr(request, _TOLD, None):
        response["X-RateLimit-Limit"] = str(standing.limit)
        response["X-RateLimit-Remaining"] = str(standing.left)
        response["X-RateLimit-Reset"] = str(standing.seconds)


class _Rate(SimpleRateThrottle):
    cache = caches["api_rates"]

    def get_rate(self):
        """Read at each request, so that the settings of a test or of a reload count."""
        return api_settings.DEFAULT_THROTTLE_RATES[self.scope]

    def allow_request(self, request, view):
        is_allowed = super().allow_request(request, view)
        if history := getattr(self, "history", None):  # newest first; there is none for whom another limit holds
            seconds = math.ceil(history[-1] + self.duration - self.now)
            left = self.num_requests - len(history)
            setattr(request._request, _TOLD, Standing(self.num_requests, left, max(1, seconds)))
        return is_allowed


class AnonymousRate(_Rate):
    scope = "anonymous"

    def get_cache_key(self, request, view):
        return None if request.auth else f"{self.scope}:{self.get_ident(request)}"


class KeyRate(_Rate):
    scope = "key"

    def get_cache_key(self, request, view):
        return f"{self.scope}:{request.auth.pk}" if request.auth else None
