"""Answers of the reading side: the bytes of an edition as they are stored, and the envelope around a page of a list."""

import hashlib
from http import HTTPStatus

import orjson
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag, urlencode

from events.api import freshness
from events.record import sequence
from events.rules.derive import RULESET

_JSON = "application/json"


def document(request, body, *, sha256, published_at=None, links=()):
    """Stored JSON byte for byte; 304 where nothing changed, and then `body`, a function, is not asked."""
    validators = freshness.Validators(quote_etag(sha256), published_at, published_at)
    if freshness.is_asked(request):
        found = freshness.answered(request, HttpResponse(), validators)
        if found.status_code == HTTPStatus.NOT_MODIFIED:
            return found
    return freshness.answered(request, _whole(body(), links), validators)


def value(request, content, links=(), content_type=_JSON):
    """One thing that is no edition, as JSON."""
    return _sent(request, orjson.dumps(content), links, content_type)


def text(request, body):
    """The same for a JSON text that is there already."""
    return _sent(request, body.encode())


def changes(request, question, found, *, has_more, results, again=None):
    """A page of the sequence with its ETag. `next` always leads on: at the end to the same place, for the next visit.

    `again` is after how many seconds to ask again, for whom was to wait and was not let.
    """
    last = found[-1].pk if found else question.cleaned_data["since"]
    asked = {"since": last, "limit": question.size} | ({"wait": question.seconds} if question.seconds else {})
    address = request.build_absolute_uri(f"{request.path}?{urlencode(asked)}")
    head = {"since": last, "next": address, "has_more": has_more}
    understood = {"since": question.cleaned_data["since"], "limit": question.size, "wait": question.seconds}
    said = {"selection": understood, "ruleset": RULESET, "results": results}
    # Whoever follows the header as far as it leads must come to an end.
    response = value(request, head | said, links=[f'<{address}>; rel="next"'] if has_more else ())
    if question.seconds:
        response["Cache-Control"] = "no-store"  # nobody else is to be given an answer that came after waiting
    if again is not None:
        response["Retry-After"] = str(again)
    return response


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
    links = [
        f'<{address}>; rel="{"prev" if name == "previous" else name}"' for name, address in addresses.items() if address
    ]
    return _sent(request, body, links)


def file(request, response, links=()):
    """What the list gives in another format than JSON, with the validators that were noted for the request."""
    freshness.tell(response, freshness.noted(request) or freshness.Validators(None))
    response["Link"] = ", ".join(links)
    return response


def plain(content):
    """A JSON text for `listing`."""
    return orjson.dumps(content).decode()


def moved(address):
    """301 to where the thing is now."""
    headers = {"Location": address, "Cache-Control": freshness.RECORD}
    response = HttpResponse(status=HTTPStatus.MOVED_PERMANENTLY, headers=headers)
    patch_vary_headers(response, ["Authorization"])
    return response


def _address(request, cursor):
    if cursor is None:
        return None
    asked = request.query_params.copy()
    asked["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")


def _sent(request, body, links=(), content_type=_JSON):
    """With the validators that were noted for the request, else with the hash of the bytes as its ETag."""
    validators = freshness.noted(request) or freshness.Validators(quote_etag(hashlib.sha256(body).hexdigest()))
    return freshness.answered(request, _whole(body, links, content_type), validators)


def _whole(body, links=(), content_type=_JSON):
    response = HttpResponse(body, content_type=content_type)
    if links:
        response["Link"] = ", ".join(links)
    return response
