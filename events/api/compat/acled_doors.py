"""How a function becomes a view of ACLED's addresses: its keys and tokens, its failures, and no regard to Accept."""

import functools

from rest_framework import parsers
from rest_framework.decorators import api_view
from rest_framework.negotiation import DefaultContentNegotiation

from events.api import throttles
from events.api.compat import acled_answers, acled_tokens
from events.api.parsers import StrictJSONParser


class AnyAccept(DefaultContentNegotiation):
    """Clients ask for all sorts of things and read what they named in the address."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


def reader(view):
    return _door(view, ["GET", "HEAD"], (acled_tokens.AcledAuthentication,), (), acled_answers.problem)


def grant(view):
    """For the token address: whoever comes there is nobody yet, and sends a form of either kind, or JSON."""
    return _door(
        view,
        ["POST"],
        (),
        (parsers.FormParser, parsers.MultiPartParser, StrictJSONParser),
        acled_answers.problem_of_grant,
    )


def _door(view, methods, authentication, accepted, problem):
    view.content_negotiation_class = AnyAccept
    view.authentication_classes = authentication
    view.parser_classes = accepted
    answered = api_view(methods)(view)
    answered.cls.get_exception_handler = lambda self: problem

    @functools.wraps(answered)
    def door(request, *args, **kwargs):
        response = answered(request, *args, **kwargs)
        throttles.tell(request, response)
        return response

    return door
