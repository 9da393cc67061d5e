"""A post that was not taken, as a page that holds all of it and can send it again, so that nothing typed is lost.

Nothing of it is stored here: it goes back to the browser it came from, which alone can send it once more.
"""

import re
from urllib.parse import urlsplit

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

KEPT_UNDER = "/desk/"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_NEVER_SHOWN = re.compile(r"password|secret|csrfmiddlewaretoken", re.IGNORECASE)


def wants_sentence(request):
    """A script asked, which can show a sentence but no page: htmx, or a fetch for JSON."""
    return "HX-Request" in request.headers or request.headers.get("Accept", "").startswith("application/json")


def sentence(request, words, *, status):
    """The sentence alone: as {"detail": …} for those who ask for JSON."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"detail": words}, status=status)
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


def can_be_held(request):
    """A form of the desk. What is sent to sign in, or to choose a password, is never shown again."""
    is_form = request.method == "POST" and request.content_type in _FORMS
    return is_form and request.path.startswith(KEPT_UNDER)


def is_from_here(request):
    """Whether a page of this site sent it; only then may what was sent be shown to whoever looks."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    sent_by = request.headers.get("Origin") or request.headers.get("Referer")
    if not sent_by:
        return False
    origin = urlsplit(sent_by)
    return (origin.scheme, origin.netloc) == (request.scheme, request.get_host())


def page(request, *, status):
    """Everything that was sent in a form to the same address, with a button that sends it again."""
    values = [
        (name, value) for name, values in request.POST.lists() for value in values if not _NEVER_SHOWN.search(name)
    ]
    files = [(name, [file.name for file in files]) for name, files in request.FILES.lists()]
    context = {"address": request.get_full_path(), "values": values, "files": files}
    return render(request, "desk/signed_out.html", context, status=status)
