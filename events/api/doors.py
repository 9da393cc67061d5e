"""How a function becomes a view of the API: which methods it answers, and that only the Accept header chooses a format."""

import functools
from http import HTTPStatus
from types import SimpleNamespace

from django.http import HttpResponse
from rest_framework.decorators import api_view
from rest_framework.negotiation import DefaultContentNegotiation

from events.api import deprecation, throttles
from events.api.errors import Problem, answer

_READING = ("GET", "HEAD")


class ByAcceptHeader(DefaultContentNegotiation):
    """REST framework would take `?format=` for itself; here it is an unknown parameter like any other."""

    settings = SimpleNamespace(URL_FORMAT_OVERRIDE=None)


def reader(view):
    return _door(view, ["GET", "HEAD"])


def writer(view):
    return _door(view, ["POST"])


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


def _door(view, methods):
    view.content_negotiation_class = ByAcceptHeader
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
