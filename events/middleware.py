"""What holds for every request: sign-in by default, and desk pages in no cache."""

from django.contrib.auth.middleware import LoginRequiredMiddleware

PRIVATE = ("/desk/", "/accounts/")


class LoginByDefault(LoginRequiredMiddleware):
    """Django's own, but public views are let through before anybody asks who is there.

    Asking reads the session: it would cost every public answer a query, and make it vary by cookie for shared caches.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


def keep_desk_pages_private(get_response):
    """Responses under /desk/ and /accounts/ are for one person only: no cache, theirs or a shared one, keeps them."""

    def middleware(request):
        response = get_response(request)
        if request.path.startswith(PRIVATE):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware
