"""Answers of the reading side: the bytes of an edition as they are stored, and the envelope around a page of a list."""

import hashlib
from http import HTTPStatus

import orjson
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, quote_etag, urlencode

from events.record import sequence
from events.rules.derive import RULESET

FRESH = "public, max-age=60"


def document(request, body, *, sha256, published_at=None, links=()):
    """Stored JSON byte for byte, with the validators that make a second request cheap; 304 where nothing changed."""
    etag = quote_etag(sha256)
    modified = int(published_at.timestamp()) if published_at else None
    response = _mark(HttpResponse(body, content_type="application/json", headers={"ETag": etag}), links)
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    return get_conditional_response(request._request, etag=etag, last_modified=modified, response=response)


def value(request, content, links=()):
    """One thing that is no edition, as JSON; its ETag is the hash of its bytes."""
    body = orjson.dumps(content)
    return document(request, body, sha256=hashlib.sha256(body).hexdigest(), links=links)


def changes(request, question, found, *, has_more, results):
    """A page of the sequence with its ETag. `next` always leads on: at the end to the same place, for the next visit."""
    last = found[-1].pk if found else question.cleaned_data["since"]
    asked = {"since": last, "limit": question.size}
    address = request.build_absolute_uri(f"{request.path}?{urlencode(asked)}")
    head = {"since": last, "next": address, "has_more": has_more}
    said = {"selection": question.cleaned_data | {"limit": question.size}, "ruleset": RULESET, "results": results}
    # Whoever follows the header as far as it leads must come to an end.
    return value(request, head | said, links=[f'<{address}>; rel="next"'] if has_more else ())


def listing(request, page, *, counted, selection, results, state=None):
    """The envelope; `counted` is that of pages.counted, `results` are JSON texts that are put in as they are. One query.

    `state` is what PastForm.told says of the record that was asked, for lists that can be asked for an earlier one.
    """
    count, count_is = counted
    addresses = {"next": _address(request, page.next), "previous": _address(request, page.previous)}
    head = orjson.dumps(
        {
            "count": count,
            "count_is": count_is,
            **addresses,
            "selection": selection,
            "ruleset": RULESET,
            "last_sequence": sequence.latest(),
            **(state or {}),
        }
    )
    body = b'%s,"results":[%s]}' % (head[:-1], ",".join(results).encode())
    response = HttpResponse(body, content_type="application/json")
    links = [
        f'<{address}>; rel="{"prev" if name == "previous" else name}"' for name, address in addresses.items() if address
    ]
    return _mark(response, links)


def plain(content):
    """A JSON text for `listing`."""
    return orjson.dumps(content).decode()


def moved(address):
    """301 to where the thing is now."""
    return _mark(HttpResponse(status=HTTPStatus.MOVED_PERMANENTLY, headers={"Location": address}))


def _address(request, cursor):
    if cursor is None:
        return None
    asked = request.query_params.copy()
    asked["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")


def _mark(response, links=()):
    response["Cache-Control"] = FRESH
    # A wrong key is refused, so an answer given without a key must not be reused for one.
    patch_vary_headers(response, ["Authorization"])
    if links:
        response["Link"] = ", ".join(links)
    return response
