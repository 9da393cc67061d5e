"""Reading JSON bodies strictly: what cannot be meant, or cannot be kept, is refused with a sentence."""

import json
import re

import orjson
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.parsers import BaseParser

LIMIT = 1024 * 1024  # bytes
DEPTH = 12  # the source of a document of a citation of a claim stands on level 7
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class TooLarge(APIException):
    status_code = 413
    default_detail = "The body is larger than 1 MB. Send one incident per request, and shorter excerpts."


class StrictJSONParser(BaseParser):
    """UTF-8, one object at the root, no member twice, no NaN, no control characters, at most 12 levels, at most 1 MB."""

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        body = _read(stream, parser_context or {})
        try:
            value = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError(f"This is not valid JSON: {error}.") from error
        if not isinstance(value, dict):
            raise ParseError('The body must be a JSON object, such as {"title": "…"}, not a list or a single value.')
        _refuse_what_cannot_be_kept(value)
        json.loads(body, object_pairs_hook=_refuse_twice, parse_int=str, parse_float=str)
        return value


def _read(stream, context):
    request = context.get("request")
    declared = request.META.get("CONTENT_LENGTH", "") if request is not None else ""
    if declared.isdecimal() and int(declared) > LIMIT:
        raise TooLarge
    body = stream.read(LIMIT + 1)
    if len(body) > LIMIT:
        raise TooLarge
    return body


def _refuse_what_cannot_be_kept(root):
    """Without recursion, because the depth is what is in question."""
    waiting = [("", root, 1)]
    while waiting:
        path, value, depth = waiting.pop()
        if depth > DEPTH:
            raise ParseError(f"The body is nested deeper than {DEPTH} levels.")
        if isinstance(value, dict):
            waiting += [(path, name, depth) for name in value]
            waiting += [(f"{path}.{name}" if path else name, item, depth + 1) for name, item in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{path}.{number}", item, depth + 1) for number, item in enumerate(value)]
        elif isinstance(value, str) and (found := _CONTROL.search(value)):
            raise ValidationError(
                {_CONTROL.sub("", path): [f"It contains the control character U+{ord(found[0]):04X}. Take it out."]}
            )


def _refuse_twice(pairs):
    """orjson would silently keep the last of two members of one name."""
    members = dict(pairs)
    if len(members) < len(pairs):
        seen = set()
        name = next(name for name, _ in pairs if name in seen or seen.add(name))
        raise ValidationError({name: ["This member stands twice in one object. Send it once."]})
    return members
