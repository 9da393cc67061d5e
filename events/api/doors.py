"""How a function becomes a view of the API: which methods it answers, and that only the Accept header chooses a format."""

import functools
from types import SimpleNamespace

from rest_framework.decorators import api_view
from rest_framework.negotiation import DefaultContentNegotiation

from events.api import throttles


class ByAcceptHeader(DefaultContentNegotiation):
    """REST framework would take `?format=` for itself; here it is an unknown parameter like any other."""

    settings = SimpleNamespace(URL_FORMAT_OVERRIDE=None)


def reader(view):
    return _door(view, ["GET", "HEAD"])


def writer(view):
    return _door(view, ["POST"])


def _door(view, methods):
    view.content_negotiation_class = getattr(view, "content_negotiation_class", ByAcceptHeader)
    answered = api_view(methods)(view)

    @functools.wraps(answered)
    def door(request, *args, **kwargs):
        response = answered(request, *args, **kwargs)
        throttles.tell(request, response)
        return response

    return door
