"""Errors in one shape, RFC 9457 problem details: what is wrong, in which field, and what would be right."""

import math
from http import HTTPStatus

import orjson
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from rest_framework import exceptions

from events.access import MovedOn

CONTENT_TYPE = "application/problem+json"
WHOLE = "body"  # the name of errors that belong to no single field
RETRY_BUSY = 5  # seconds; how long a busy database is worth waiting for


class Problem(Exception):
    """Raised by views of the API: an answer with a status, one sentence and, where fields are to blame, their errors."""

    def __init__(self, status, detail, *, errors=None, headers=None, **more):
        self.status = status
        self.detail = detail
        self.errors = errors
        self.headers = headers or {}
        self.more = more
        super().__init__(detail)


class Unchanged(Exception):
    """No error, but raised like one where the reader has the answer already; carries the response, a 304."""

    def __init__(self, response):
        self.response = response
        super().__init__("Nothing changed.")


def refused(errors, detail="The request was refused; see the errors. Nothing was changed."):
    """A Problem 400 from a dict of field → list of sentences."""
    return Problem(HTTPStatus.BAD_REQUEST, detail, errors=errors)


def problem_response(exc, context):
    """The handler named in REST_FRAMEWORK; None for what is a fault of ours and belongs to handler500."""
    if isinstance(exc, Unchanged):
        return exc.response
    problem = exc if isinstance(exc, Problem) else _of_django(exc) or _of_rest_framework(exc, context)
    return None if problem is None else answer(problem, context["request"].path)


def answer(problem, path):
    """The HTTP response of a Problem."""
    status = HTTPStatus(problem.status)
    body = {
        "type": f"{reverse('api-docs')}#problem-{status.value}",
        "title": status.phrase,
        "status": status.value,
        "detail": problem.detail,
        "instance": escape_uri_path(path),
        **problem.more,
    }
    if problem.errors:
        body["errors"] = problem.errors
    headers = {"Cache-Control": "no-store", **problem.headers}
    return HttpResponse(orjson.dumps(body), status=status.value, content_type=CONTENT_TYPE, headers=headers)


def flat(detail, path=""):
    """Dict of path → list of sentences from errors nested in lists and dicts: "claims.0.lines.1.low"."""
    if isinstance(detail, dict):
        pairs = [(path if key == "non_field_errors" else _joined(path, key), value) for key, value in detail.items()]
    elif isinstance(detail, list) and any(isinstance(item, dict) for item in detail):
        pairs = [(_joined(path, number), item) for number, item in enumerate(detail)]
    else:
        return {path or WHOLE: [str(item) for item in (detail if isinstance(detail, list) else [detail])]}
    found = {}
    for where, value in pairs:
        if value:  # an empty dict stands for an item of a list without errors
            for name, sentences in flat(value, where).items():
                found.setdefault(name, []).extend(sentences)
    return found


def _joined(path, key):
    return f"{path}.{key}" if path else str(key)


def _of_django(exc):
    if isinstance(exc, ValidationError):
        errors = exc.message_dict if hasattr(exc, "error_dict") else {WHOLE: exc.messages}
        return refused({WHOLE if name == "__all__" else name: list(said) for name, said in errors.items()})
    if isinstance(exc, MovedOn):
        return Problem(HTTPStatus.CONFLICT, str(exc))
    if isinstance(exc, PermissionDenied):
        return Problem(HTTPStatus.FORBIDDEN, str(exc) or "This key may not do that.")
    if isinstance(exc, Http404):
        return _not_found()
    if isinstance(exc, IntegrityError):
        return Problem(
            HTTPStatus.CONFLICT, "Somebody else wrote the same at this moment. Read it again, then send your request."
        )
    if isinstance(exc, OperationalError):
        return Problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "The database is busy. Send the same request again in a few seconds; nothing was changed.",
            headers={"Retry-After": str(RETRY_BUSY)},
        )
    return None


def _of_rest_framework(exc, context):
    if not isinstance(exc, exceptions.APIException):
        return None
    if isinstance(exc, exceptions.ValidationError):
        return refused(flat(exc.detail))
    if isinstance(exc, exceptions.ParseError):
        return refused({WHOLE: [str(exc.detail)]}, "The body could not be read. Nothing was changed.")
    if isinstance(exc, exceptions.NotFound):
        return _not_found()
    if isinstance(exc, exceptions.Throttled):
        return _throttled(exc)
    headers = {"WWW-Authenticate": exc.auth_header} if getattr(exc, "auth_header", None) else {}
    return Problem(exc.status_code, _sentence(exc, context), headers=headers)


def _not_found():
    return Problem(
        HTTPStatus.NOT_FOUND,
        "Nothing public has this address. Check the spelling, or look in the lists under /api/v1/.",
    )


def _throttled(exc):
    seconds = math.ceil(exc.wait or 60)
    return Problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        f"Too many requests. Wait {seconds} seconds; a key has a higher limit than no key.",
        headers={"Retry-After": str(seconds)},
    )


def _sentence(exc, context):
    if isinstance(exc, exceptions.MethodNotAllowed):
        allowed = ", ".join(sorted(context["view"].allowed_methods))
        return f"{context['request'].method} is not possible here. Use one of: {allowed}."
    if isinstance(exc, exceptions.NotAcceptable):
        return "Only JSON is available here. Ask for application/json, or leave out the Accept header."
    if isinstance(exc, exceptions.UnsupportedMediaType):
        return "The body must be JSON. Send it with the header Content-Type: application/json."
    return str(exc.detail)
