"""ETag and If-Match: which state of a draft or a claim somebody saw, so that nobody overwrites what they have not seen.

A tag is `"<version>.<moment>.<content>"`: the version, sealed, so that it cannot be guessed or counted up; the place of
its last change in the trace, by which the state that was seen can be told; a hash of the answer. Only the version is
compared: a claim that somebody added does not stand in the way of a better title.
"""

import hashlib
import re
from http import HTTPStatus

from django.db.models import Max
from django.utils.crypto import salted_hmac

from events.api import errors
from events.models.change import Change

HEADER = "If-Match"
_LIST = re.compile(r'\s*(?:W/)?"([\x21\x23-\x7e]*)"\s*(?:,|$)')
# What servers on the way append when they compress (“-gzip”, “;br”) says nothing about the state; nor does “W/”.
_TAG = re.compile(r"([0-9a-f]{20})\.([0-9]{1,18})(?:\.[0-9a-f]+)?(?:[^0-9a-z.].*)?")


def tag(row, moment, body=None):
    """The entity tag of a row, quoted; with the bytes of an answer, that of the answer."""
    content = f".{hashlib.sha256(body).hexdigest()[:12]}" if body is not None else ""
    return f'"{_sealed(row)}.{moment}{content}"'


def moments(rows):
    """Dict of uid → primary key of its last change. One query."""
    changed = Change.objects.filter(object_uid__in=[row.uid for row in rows]).order_by()
    return dict(changed.values_list("object_uid").annotate(Max("pk")))


def asked(request, row):
    """(the version to write on, moments of the states that were seen); the version is 0 if none of them is the row's.

    Raises Problem 428 without If-Match, 400 for what is no tag.
    """
    given = request.headers.get(HEADER)
    if given is None or given.strip() == "*":
        missing = "It is missing" if given is None else "“*” would overwrite what you have not seen"
        raise errors.Problem(
            HTTPStatus.PRECONDITION_REQUIRED,
            "Say which state you change, so that nothing somebody else wrote is lost. Nothing was changed.",
            errors={HEADER: [f"{missing}: read the address and send the ETag of the answer."]},
        )
    found = [parts for text in _tags(given) if (parts := _TAG.fullmatch(text))]
    is_current = any(parts[1] == _sealed(row) for parts in found)
    return row.version if is_current else 0, [int(parts[2]) for parts in found]


def require_current(request, row):
    """For acts that need no If-Match, but heed one. `row` is locked."""
    if request.headers.get(HEADER) is not None and asked(request, row)[0] != row.version:
        raise changed_meanwhile()


def changed_meanwhile(**more):
    return errors.Problem(
        HTTPStatus.PRECONDITION_FAILED,
        "Somebody else has changed this meanwhile. Nothing was changed. Read it again, and send your request with the "
        "new ETag if you still want it.",
        **more,
    )


def _tags(header):
    """The texts of a list of entity tags, without their quotation marks and “W/”."""
    found, place = [], 0
    while place < max(len(header), 1):
        one = _LIST.match(header, place)
        if one is None:
            raise errors.refused(
                {HEADER: ["This is no ETag. Send that of the last answer as it was, with its quotation marks."]}
            )
        found.append(one[1])
        place = one.end()
    return found


def _sealed(row):
    return salted_hmac("events.api.versions", f"{row._meta.model_name}:{row.uid}:{row.version}").hexdigest()[:20]
