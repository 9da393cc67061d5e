"""Whether whoever asks has the answer already: told from how the record stands, before anything is looked up."""

import functools
import hashlib
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

import orjson
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, quote_etag

from events.api.errors import Problem, Unchanged
from events.record import sequence

# What is public today may be taken back for somebody's privacy tomorrow, editions included: a minute, and none stale.
RECORD = "public, max-age=60"
# What only another version of this site changes.
CODE = "public, max-age=3600, stale-while-revalidate=86400"
_NOTED = "_standing"  # the attribute of a request that holds its Validators
_ROOM = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Validators:
    """ETag and Last-Modified of an answer (`etag`, `moment`, None where it cannot be told), and how long it may be kept.

    `changed` is what If-Modified-Since is held against: never before `moment`.
    """

    etag: str | None
    moment: datetime | None = None
    changed: datetime | None = None
    keep: str = RECORD


def of_record(view):
    """Beneath `doors.reader`: for what follows from nothing but the address, the editions and the registers.

    Costs two queries at most, before anything is read. While the record settles, the bytes are compared instead.
    """

    @functools.wraps(view)
    def checked(request, *args, **kwargs):
        # A day that is not over yet is answered up to now, and the answer says so: then the bytes are compared.
        standing = sequence.standing(timezone.now()) if "as_of" not in request.query_params else None
        if standing is not None:
            moment = max(filter(None, (standing.published_at, _code()[1])))
            changed = max(filter(None, (moment, standing.registers_at)))
            etag = _etag(request, standing.sequence, standing.registers_at)
            _note(request, Validators(etag, moment, changed))
        return view(request, *args, **kwargs)

    return checked


def of_code(view):
    """The same for what is as it is as long as this version runs. No query."""

    @functools.wraps(view)
    def checked(request, *args, **kwargs):
        moment = _code()[1]
        _note(request, Validators(_etag(request), moment, moment, CODE))
        return view(request, *args, **kwargs)

    return checked


def noted(request):
    """The Validators that were noted for this request, or None."""
    return getattr(request._request, _NOTED, None)


def is_asked(request):
    """Whether the reader says what it has."""
    return "If-None-Match" in request.headers or "If-Modified-Since" in request.headers


def answered(request, response, validators):
    """The response with its validators, or the 304 instead; a Problem where the reader wanted another version."""
    tell(response, validators)
    changed = int(validators.changed.timestamp()) if validators.changed else None
    found = get_conditional_response(request._request, etag=validators.etag, last_modified=changed, response=response)
    if found.status_code == HTTPStatus.PRECONDITION_FAILED:
        raise Problem(
            HTTPStatus.PRECONDITION_FAILED,
            "This is not the version that you asked for in If-Match or If-Unmodified-Since. Read it without them.",
        )
    weak = f"W/{validators.etag}"  # of a compressed answer; a cache finds what it has by the tag as it was given
    if found.status_code == HTTPStatus.NOT_MODIFIED and weak in request.headers.get("If-None-Match", ""):
        found["ETag"] = weak
    return found


def tell(response, validators):
    """Put into the headers which version it is, and how long it may be kept."""
    response["Cache-Control"] = validators.keep
    # A wrong key is refused, so an answer given without a key must not be reused for one.
    patch_vary_headers(response, ["Authorization", "Accept-Encoding"])
    if validators.etag:
        response["ETag"] = validators.etag
    if validators.moment:
        response["Last-Modified"] = http_date(int(validators.moment.timestamp()))


def _note(request, validators):
    setattr(request._request, _NOTED, validators)
    # “*” fits whatever there is, so whether there is something has to be seen first.
    if is_asked(request) and request.headers.get("If-None-Match") != "*":
        found = answered(request, HttpResponse(), validators)
        if found.status_code == HTTPStatus.NOT_MODIFIED:
            raise Unchanged(found)


def _etag(request, *told):
    """The address stands in it as it was sent, because the links to further pages repeat it; so does what is accepted."""
    told = [_code()[0], request.build_absolute_uri(), request.headers.get("Accept", ""), *told]
    return quote_etag(hashlib.sha256(orjson.dumps(told, default=str)).hexdigest()[:40])


@functools.cache
def _code():
    """(hash of this version's code, when its newest file was written): another version may say the same otherwise."""
    digest, newest = hashlib.sha256(), 0
    for path in sorted(_ROOM.rglob("*.py")):
        digest.update(path.read_bytes())
        newest = max(newest, path.stat().st_mtime)
    return digest.hexdigest(), datetime.fromtimestamp(int(newest), tz=timezone.get_default_timezone())
