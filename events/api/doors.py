"""How a function becomes a view of the API: which methods it answers, and that only the Accept header chooses a format."""

import functools
from types import SimpleNamespace

from django.utils.cache import patch_vary_headers
from rest_framework.decorators import api_view
from rest_framework.negotiation import DefaultContentNegotiation

from events.api import throttles


class ByAcceptHeader(DefaultContentNegotiation):
    """REST framework would take `?format=` for itself; here it is an unknown parameter like any other."""

    settings = SimpleNamespace(URL_FORMAT_OVERRIDE=None)


class LeftToView(ByAcceptHeader):
    """The view itself chooses among formats that REST framework does not know; problems are JSON in any case."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


def in_formats(view):
    """A reader whose answer depends on the Accept header, also for caches."""
    door = _door(view, ["GET", "HEAD"], LeftToView)

    @functools.wraps(door)
    def varying(request, *args, **kwargs):
        response = door(request, *args, **kwargs)
        patch_vary_headers(response, ["Accept"])
        return response

    return varying


def in_one_format(view):
    """A reader whose address names the format, whatever is accepted."""
    return _door(view, ["GET", "HEAD"], LeftToView)


def reader(view):
    return _door(view, ["GET", "HEAD"])


def writer(view):
    return _door(view, ["POST"])


def _door(view, methods, negotiation=ByAcceptHeader):
    view.content_negotiation_class = negotiation
    answered = api_view(methods)(view)

    @functools.wraps(answered)
    def door(request, *args, **kwargs):
        response = answered(request, *args, **kwargs)
        throttles.tell(request, response)
        return response

    return door
