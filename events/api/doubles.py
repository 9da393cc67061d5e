"""A new source that goes by nearly the name of a known one: 409 with the candidates, until it is said to be another."""

from contextlib import contextmanager
from http import HTTPStatus

from django.core.exceptions import ValidationError

from events.api import errors
from events.desk import lookup
from events.models.source import Source


@contextmanager
def answered():
    """ValidationErrors that hold likely doubles become Problem 409; the others go on."""
    try:
        yield
    except ValidationError as error:
        doubles = lookup.doubles_in(error)
        if not doubles:
            raise
        raise _conflict(error, doubles) from error


def _conflict(error, doubles):
    candidates = {one.uid: one for double in doubles for one in double.candidates}
    rows = Source.objects.in_bulk(candidates, field_name="uid")
    return errors.Problem(
        HTTPStatus.CONFLICT,
        "A new source goes by nearly the name of a known one. Name the known one by its slug, or send "
        "“despite_duplicates”: true if it is another one. Nothing was changed.",
        errors=error.message_dict,
        candidates=[
            {"slug": rows[uid].slug, "name": one.name, "description": one.hint} for uid, one in candidates.items()
        ],
    )
