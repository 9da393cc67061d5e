"""The API described: for machines (OpenAPI), for people (a page with examples), and to try it in the browser."""

import functools
import hashlib
from dataclasses import dataclass

import orjson
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularSwaggerSplitView

from events.api import deprecation, doors, examples, lists, parsers, questions, schema

_PAGING = tuple(questions.Paging.base_fields)


@dataclass(frozen=True)
class Parameter:
    """A row of the tables on the page; `words` are its values where these are a closed list."""

    name: str
    meaning: str
    words: tuple
    is_repeatable: bool


@login_not_required
@doors.page
@cache_control(public=True, max_age=300)
def description(request):
    """OpenAPI 3.1 as JSON."""
    body, etag = _description()
    response = HttpResponse(
        body, content_type="application/vnd.oai.openapi+json", headers={"ETag": etag, "Vary": "Accept-Encoding"}
    )
    return get_conditional_response(request, etag=etag, response=response)


@login_not_required
@doors.page
def guide(request):
    """How to read, how to ask, how to log; the tables come from the definitions that the lists themselves use."""
    context = {
        "lists": [(name, _table(question)) for name, question in lists.QUESTIONS.items()],
        "paging": _table(questions.Paging),
        "problems": schema.PROBLEMS.items(),
        "draft": orjson.dumps(examples.DRAFT, option=orjson.OPT_INDENT_2).decode(),
        "rates": settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"],
        "site": request.build_absolute_uri("/").rstrip("/"),
        "limit_kb": parsers.LIMIT // 1024,
        "deprecated": deprecation.declared(),
        "notice_days": deprecation.NOTICE.days,
    }
    return render(request, "api/guide.html", context)


class TryIt(SpectacularSwaggerSplitView):
    """Swagger UI from this site's own files. The split keeps every script in a file, as the content policy demands."""

    url_name = "api-schema"
    template_name = "api/try.html"
    throttle_classes = ()


try_it = login_not_required(doors.page(TryIt.as_view()))


@functools.cache
def _description():
    """(bytes, ETag); the same for everybody as long as the process lives."""
    body = orjson.dumps(SchemaGenerator().get_schema(request=None, public=True), default=str)
    return body, quote_etag(hashlib.sha256(body).hexdigest())


def _table(question):
    return [
        Parameter(
            name=name,
            meaning=str(field.help_text or (field.label and f"{field.label}.") or ""),
            words=tuple(schema.parameter_schema(field).get("enum", ())),
            is_repeatable=is_repeatable,
        )
        for name, field, is_repeatable in questions.definitions(question)
        if question is questions.Paging or name not in _PAGING
    ]
