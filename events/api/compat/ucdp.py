"""UCDP's address for events, over our record: a client written for UCDP reads it when it is given this base address."""

import re
from http import HTTPStatus

from django.utils.cache import patch_vary_headers
from rest_framework.negotiation import BaseContentNegotiation

from events.api import answers, doors, keys
from events.api.compat import schema_ucdp
from events.api.compat.ucdp_question import EventQuestion
from events.api.errors import Problem, refused
from events.models.key import PREFIX
from events.record import ucdp

HEADER = "x-ucdp-access-token"
RESOURCE = "gedevents"
_YEARLY = re.compile(r"(\d\d)\.(\d{1,2})", re.ASCII)


class TokenAuthentication(keys.KeyAuthentication):
    """Our key in UCDP's header; a token of another service, which a client may send as it is, counts for nothing here."""

    def authenticate(self, request):
        if "Authorization" in request.headers:
            return super().authenticate(request)
        token = request.headers.get(HEADER, "").strip()
        return self.identified(token) if token.startswith(f"{PREFIX}_") else None


class AlwaysJson(BaseContentNegotiation):
    """UCDP answers in JSON whatever is asked for, and its own description tells clients to ask for plain text."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


def _reader(view):
    view.authentication_classes = [TokenAuthentication]
    view.content_negotiation_class = AlwaysJson
    return doors.reader(view)


@schema_ucdp.events
@_reader
def events(request, version):
    """Lethal incidents as rows of UCDP GED: those of the latest editions, or of a release."""
    return _answer(request, version)


@schema_ucdp.hidden
@_reader
def resource(request, resource, version):
    """The same at UCDP's other spellings of the address; its other resources are not offered."""
    if resource.lower() != RESOURCE:
        raise Problem(
            HTTPStatus.NOT_FOUND,
            f"Of UCDP's resources only {RESOURCE} is offered here: this record has incidents, no yearly tables.",
        )
    return _answer(request, version)


def _answer(request, version):
    asked = EventQuestion.read(request.query_params)
    known = ucdp.register()
    name, chosen = _chosen(version, asked.question, known)
    size, page = asked.cleaned_data["pagesize"], asked.cleaned_data["page"]
    total = len(chosen.found)
    pages = -(-total // size)
    if page > max(pages, 1):
        raise refused({"page": [f"page: {page} lies beyond the last one. {_range(pages)}"]})
    rows = ucdp.page(chosen, page % max(pages, 1) * size, size, known)
    response = answers.value(
        request,
        {
            "TotalCount": total,
            "TotalPages": pages,
            "PreviousPageUrl": _address(request, page - 1) if page and pages > 1 else "",
            "NextPageUrl": _address(request, page + 1) if page + 1 < pages else "",
            "Result": rows,
        },
    )
    response["X-Version"] = name
    response["X-Skipped"] = str(chosen.skipped.total())
    response["X-Skipped-Reasons"] = ", ".join(f"{reason}={count}" for reason, count in sorted(chosen.skipped.items()))
    patch_vary_headers(response, [HEADER])
    return response


def _chosen(version, question, known):
    """(name of the version, ucdp.Chosen); 404 for a version that this record does not have.

    A version is a promise that the same address gives the same rows, and clients try names until one exists. So no
    version of UCDP's is answered with the current record: only a release of ours under the number that UCDP would
    have given it.
    """
    match = _YEARLY.fullmatch(version)
    name = f"20{match[1]}.{match[2]}" if match else version
    name = ucdp.CURRENT if name.lower() == ucdp.CURRENT else name
    chosen = ucdp.choose(name, question, known)
    if chosen is None:
        names = ", ".join([ucdp.CURRENT, *ucdp.releases()])
        raise Problem(HTTPStatus.NOT_FOUND, f"This record has no version of this name. Its versions are: {names}.")
    return name, chosen


def _range(pages):
    last = max(pages - 1, 0)
    return "There is one page, 0." if last == 0 else f"Pages count from 0; the last is {last}."


def _address(request, page):
    asked = request.query_params.copy()
    for name in [name for name in asked if name.lower() == "page"]:
        del asked[name]
    asked["page"] = page
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
