"""Answers to what went wrong: pages for people, RFC 9457 problem details under /api/."""

from contextlib import suppress
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from events import unsent
from events.exchange import tables
from events.middleware import FileTooBig

STALE = gettext_lazy("The form was too old or came from elsewhere. Go back, load the page again and send it once more.")
READ_AT_MOST = 32 * 1024 * 1024  # bytes of a request that is refused for its size
REFUSED = gettext_lazy(
    "The question was refused; see the errors. No rows are given, so that nobody takes a wider answer for theirs."
)
_PIECE = 64 * 1024
DETAILS = {
    400: gettext_noop("The request could not be read; check the address and what was sent."),
    403: gettext_noop("You may not do this."),
    404: gettext_noop("Nothing public stands at this address."),
    500: gettext_noop("Something failed on our side. It has been noted; nothing was changed."),
}


def bad_request(request, exception):
    if words := _too_much(request, exception):
        _read_to_the_end(request)
        if unsent.wants_sentence(request):
            return unsent.sentence(request, words, status=413)
        return _answer(request, 413, words, with_request=False)
    # Whatever was wrong may have stopped the request before it had a user, so the page is made without it.
    return _answer(request, 400, gettext(DETAILS[400]), with_request=False)


def forbidden(request, exception):
    return _answer(request, 403, str(exception) or gettext(DETAILS[403]))


def not_found(request, exception):
    # The exception of a failed resolution holds the URL patterns; only sentences of our own are shown.
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return _answer(request, 404, said or gettext(DETAILS[404]))


def server_error(request):
    return _answer(request, 500, gettext(DETAILS[500]), with_request=False)


def csrf_failure(request, reason=""):
    """What a page of our own sent is held, to be sent again with a token that fits; nothing of it if it came elsewhere."""
    if unsent.wants_sentence(request):
        return unsent.sentence(request, STALE, status=403)
    if unsent.can_be_held(request) and unsent.is_from_here(request):
        return unsent.page(request, status=403 if request.user.is_authenticated else 401)
    return _answer(request, 403, STALE)


def _too_much(request, exception):
    """The sentence for a request that is larger than a page can be; "" for any other bad request."""
    if isinstance(exception, FileTooBig):
        said = gettext("The file is too large; at most %(limit)s can be read, and nothing of it was kept. Divide it.")
        return said % {"limit": filesizeformat(tables.LARGEST)}
    if isinstance(exception, RequestDataTooBig):
        return _too_long(request.headers.get("Content-Length", ""))
    if isinstance(exception, TooManyFieldsSent):
        return gettext(
            "More than %(most)d fields were sent. Nothing was saved. Go back, where your browser still holds what you "
            "typed, and leave out some rows."
        ) % {"most": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}
    if isinstance(exception, TooManyFilesSent):
        return gettext(
            "More than %(most)d files were sent. Nothing was saved. Go back, where your browser still holds what you "
            "typed, and choose fewer."
        ) % {"most": settings.DATA_UPLOAD_MAX_NUMBER_FILES}
    return ""


def _too_long(size):
    """The same for too much text; `size` is how many bytes the request says it holds, "" where it does not say."""
    if size.isdecimal():
        said = gettext(
            "What was sent holds %(size)s of text; one page can take %(limit)s. Nothing was saved. Go back, where your "
            "browser still holds what you typed, and shorten the longest text, or send it in parts."
        )
    else:
        said = gettext(
            "There is too much text; one page can take %(limit)s. Nothing was saved. Go back, where your browser still "
            "holds what you typed, and shorten the longest text, or send it in parts."
        )
    limit = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    return said % {"size": filesizeformat(size) if size.isdecimal() else "", "limit": limit}


def _read_to_the_end(request):
    """A browser shows an answer only after it could send everything, so the rest is taken in and dropped, up to a limit."""
    with suppress(OSError):  # it may have gone away meanwhile
        for _ in range(READ_AT_MOST // _PIECE):
            if not request.read(_PIECE):
                return


def _answer(request, status, detail, *, with_request=True):
    if request.path.startswith("/api/"):
        response = _problem(request, status, detail, kind=f"{reverse('api-docs')}#problem-{status}")
    elif with_request:
        response = render(request, f"{status}.html", {"detail": detail}, status=status)
    else:
        response = HttpResponse(render_to_string(f"{status}.html", {"detail": detail}), status=status)
    add_never_cache_headers(response)
    return response


def refused_json(request, errors):
    """400 for data that were asked for wrongly: parameter → sentences, in the shape of the API's refusals."""
    return _problem(request, 400, REFUSED, kind=f"{reverse('api-docs')}#problem-400", errors=errors)


def _problem(request, status, detail, *, kind="about:blank", **more):
    return JsonResponse(
        {
            "type": kind,
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": detail,
            "instance": escape_uri_path(request.path),
            **more,
        },
        status=status,
        content_type="application/problem+json",
    )
