"""Answers to what went wrong: pages for people, RFC 9457 problem details under /api/."""

from http import HTTPStatus

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

DETAILS = {
    400: "The request could not be read; check the address and what was sent.",
    403: "You may not do this.",
    404: "Nothing public stands at this address.",
    500: "Something failed on our side. It has been noted; nothing was changed.",
}


def bad_request(request, exception):
    # Whatever was wrong may have stopped the request before it had a user, so the page is made without it.
    return _answer(request, 400, DETAILS[400], with_request=False)


def forbidden(request, exception):
    return _answer(request, 403, str(exception) or DETAILS[403])


def not_found(request, exception):
    # The exception of a failed resolution holds the URL patterns; only sentences of our own are shown.
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return _answer(request, 404, said or DETAILS[404])


def server_error(request):
    return _answer(request, 500, DETAILS[500], with_request=False)


def csrf_failure(request, reason=""):
    return _answer(
        request, 403, "The form was too old or came from elsewhere. Go back, load the page again and send it once more."
    )


def _answer(request, status, detail, *, with_request=True):
    if request.path.startswith("/api/"):
        response = _problem(request, status, detail)
    elif with_request:
        response = render(request, f"{status}.html", {"detail": detail}, status=status)
    else:
        response = HttpResponse(render_to_string(f"{status}.html", {"detail": detail}), status=status)
    add_never_cache_headers(response)
    return response


def _problem(request, status, detail):
    return JsonResponse(
        {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": detail,
            "instance": request.path,
        },
        status=status,
        content_type="application/problem+json",
    )
