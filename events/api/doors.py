"""How a function becomes a view of the API: which methods it answers, and that only the Accept header chooses a format."""

from types import SimpleNamespace

from rest_framework.decorators import api_view
from rest_framework.negotiation import DefaultContentNegotiation


class ByAcceptHeader(DefaultContentNegotiation):
    """REST framework would take `?format=` for itself; here it is an unknown parameter like any other."""

    settings = SimpleNamespace(URL_FORMAT_OVERRIDE=None)


def reader(view):
    return _door(view, ["GET", "HEAD"])


def writer(view):
    return _door(view, ["POST"])


def _door(view, methods):
    view.content_negotiation_class = ByAcceptHeader
    return api_view(methods)(view)
