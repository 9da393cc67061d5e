"""What holds for every request: sign-in by default without losing what was typed, caches, origins, the language."""

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from events import access, unsent
from events.exchange import tables

PRIVATE = ("/desk/", "/accounts/", "/following/", "/api/v1/drafts/")
SIGNED_OUT = _("You are signed out. Sign in in another tab, then try again; nothing was changed.")
LARGEST_ELSEWHERE = 2 * 1024 * 1024  # bytes of a form; the API has its own limit, below this one
LARGEST_IMPORT = tables.LARGEST + settings.DATA_UPLOAD_MAX_MEMORY_SIZE  # bytes of a file of an import, with its form


class FileTooBig(RequestDataTooBig):
    """No text of a form, but a file of an import that is larger than can be read."""


class CompressInPublic(GZipMiddleware):
    """Django's own, for what everybody may read; beside secrets, the size of a compressed page could tell of them."""

    def process_response(self, request, response):
        if request.path.startswith((*PRIVATE, "/admin/")):
            return response
        return super().process_response(request, response)


class LoginByDefault(LoginRequiredMiddleware):
    """Django's own, but public views are let through before anybody asks who is there.

    Asking reads the session: it would cost every public answer a query, and make it vary by cookie for shared caches.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        """The sign-in page; but a redirect would lose what was sent, and put that page in place of a fragment."""
        if unsent.wants_sentence(request):
            return unsent.sentence(request, SIGNED_OUT, status=401)
        if unsent.can_be_held(request):
            return unsent.page(request, status=401)
        return super().handle_no_permission(request, view_func)


def open_reading_to_all_origins(get_response):
    """Pages of any origin may read the public API, never with what a browser knows of somebody; nothing else is opened.

    The answer is the same for every origin and for none, so shared caches need not tell them apart. A preflight is
    answered here, before anything is looked up or counted.
    """
    methods = ("GET", "HEAD", "OPTIONS")
    headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": ", ".join(settings.CORS_EXPOSED)}
    preflight = {
        "Access-Control-Allow-Methods": ", ".join(methods),
        "Access-Control-Allow-Headers": ", ".join(settings.CORS_ACCEPTED),
        "Access-Control-Max-Age": "86400",
        "Cache-Control": "public, max-age=86400",
    }

    def middleware(request):
        is_open = request.method in methods and settings.CORS_OPEN.match(request.path)
        if not is_open:
            return get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return HttpResponse(status=204, headers=headers | preflight)
        response = get_response(request)
        for name, value in headers.items():
            response[name] = value
        return response

    return middleware


def keep_large_forms_to_the_desk(get_response):
    """Refuse, before anything reads it, a body that is large enough for a captured text but is not sent to the desk.

    At the desk it may be as large as that text. Only where a file is brought in, and only by who works at the desk, it may
    be as large as a file that can be imported: more would fill the disk before it is looked at.

    Stands before the check of CSRF tokens, which reads the whole form, and asks for the session only when a body is large.
    """

    def middleware(request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        is_large = not length.isdecimal() or int(length) > LARGEST_ELSEWHERE
        if is_large and not request.path.startswith("/api/"):
            _require_size(request, length)
        return get_response(request)

    return middleware


def _require_size(request, length):
    most = LARGEST_ELSEWHERE
    if request.path.startswith("/desk/") and SESSION_KEY in request.session:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if request.path == reverse("desk-import-new") and access.can_work(get_user(request)):
            most = LARGEST_IMPORT
    if not length.isdecimal() or int(length) > most:
        raise (FileTooBig if most == LARGEST_IMPORT else RequestDataTooBig)(request.path)


def keep_desk_pages_private(get_response):
    """Responses under these addresses are for one person only: no cache, theirs or a shared one, keeps them."""

    def middleware(request):
        response = get_response(request)
        if request.path.startswith(PRIVATE):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def speak_chosen_language(get_response):
    """Pages come in the language that the reader chose, kept in a cookie; the API and its sentences in English always.

    What the browser prefers is not asked: a page that is cited should read alike for whoever follows the link.
    """

    def middleware(request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        is_page = not request.path.startswith("/api/")
        is_offered = is_page and chosen in dict(settings.LANGUAGES)
        with translation.override(chosen if is_offered else settings.LANGUAGE_CODE):
            response = get_response(request)
        if is_page and len(settings.LANGUAGES) > 1:
            patch_vary_headers(response, ["Cookie"])
            response.headers.setdefault("Content-Language", chosen if is_offered else settings.LANGUAGE_CODE)
        return response

    return middleware
