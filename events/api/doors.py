"""How a function becomes a view of the API: which methods it answers, and that only the Accept header chooses a format."""

import functools
from http import HTTPStatus
from types import SimpleNamespace

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework.decorators import api_view
from rest_framework.negotiation import DefaultContentNegotiation

from events.api import deprecation, throttles
from events.api.errors import Problem, answer

_READING = ("GET", "HEAD")


class ByAcceptHeader(DefaultContentNegotiation):
    """REST framework would take `?format=` for itself; here it is an unknown parameter like any other."""

    settings = SimpleNamespace(URL_FORMAT_OVERRIDE=None)


class LeftToView(ByAcceptHeader):
    """The view itself chooses among formats that REST framework does not know; problems are JSON in any case."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


def in_formats(view):
    """A reader whose answer depends on the Accept header, also for caches."""
    door = _door(view, _READING, LeftToView)

    @functools.wraps(door)
    def varying(request, *args, **kwargs):
        response = door(request, *args, **kwargs)
        patch_vary_headers(response, ["Accept"])
        return response

    return varying


def in_one_format(view):
    """A reader whose address names the format, whatever is accepted."""
    return _door(view, _READING, LeftToView)


def reader(view):
    return _door(view, _READING)


def writer(view):
    return _door(view, ["POST"])


def keeper(*methods):
    """For one's own drafts: a decorator for these methods."""
    return lambda view: _door(view, [*methods, "HEAD"] if "GET" in methods else list(methods))


def page(view):
    """A page beside the data: asked what it takes, or for what it does not, it answers as the data do."""

    @functools.wraps(view)
    def door(request, *args, **kwargs):
        if request.method == "OPTIONS":
            return _options(_READING)
        if request.method not in _READING:
            said = f"{request.method} is not possible here. Use one of: {_allowed(_READING)}."
            problem = Problem(HTTPStatus.METHOD_NOT_ALLOWED, said, headers={"Allow": _allowed(_READING)})
            return answer(problem, request.path)
        return view(request, *args, **kwargs)

    return door


def _door(view, methods, negotiation=None):
    view.content_negotiation_class = negotiation or getattr(view, "content_negotiation_class", ByAcceptHeader)
    answered = api_view(methods)(view)

    @functools.wraps(answered)
    def door(request, *args, **kwargs):
        if request.method == "OPTIONS":
            return _options(methods)
        response = answered(request, *args, **kwargs)
        throttles.tell(request, response)
        deprecation.tell(request, response)
        return response

    return door


def _options(methods):
    """What the address takes, told without asking who it is, the database, or a limit."""
    headers = {"Allow": _allowed(methods), "Cache-Control": "public, max-age=86400"}
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=headers)


def _allowed(methods):
    return ", ".join([*methods, "OPTIONS"])
