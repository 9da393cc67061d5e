"""The header Idempotency-Key: a request that is sent again, because its answer was lost, is carried out once."""

import hashlib
import re
from http import HTTPStatus

import orjson

from events.api import errors
from events.desk import sending

_KEY = re.compile(r"[\x21-\x7e]{1,255}")


def key_of(request):
    """The key as it was sent, or None; raises Problem 400 for what is none."""
    given = request.headers.get("Idempotency-Key")
    if given is not None and not _KEY.fullmatch(given):
        raise errors.refused(
            {"Idempotency-Key": ["Send 1 to 255 letters, digits or signs without spaces, such as a UUID."]}
        )
    return given


def digest(text):
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


def body_of(request):
    """The body in one order of its members."""
    return orjson.dumps(request.data, option=orjson.OPT_SORT_KEYS)


def once(request, act):
    """(answer, whether it was carried out now). Each address has its own keys. Raises Problem 422 for another body."""
    key = key_of(request)
    sent = digest(f"{request.path} {key}") if key is not None else None
    try:
        return sending.once(act, by=request.user, sent=sent, mark=digest(body_of(request)))
    except sending.OtherRequest as error:
        raise other_body("Another body was sent here with this key before.") from error


def other_body(said):
    """Problem 422: the key has made something else."""
    return errors.Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The Idempotency-Key belongs to another request. Nothing was changed.",
        errors={"Idempotency-Key": [f"{said} Send the new one with a key of its own."]},
    )
