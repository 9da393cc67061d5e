"""What the key of a request has to be able to do; the rights of its person are asked by the verbs of the desk."""

from django.core.exceptions import PermissionDenied
from rest_framework.exceptions import NotAuthenticated

from events import access


def require_log(request):
    _require_key(request, "Logging an incident")
    if not request.auth.can_log:
        raise PermissionDenied("This key only reads. Issue one that writes, at the desk under “API keys”.")
    access.require_work(request.user)


def require_drafts(request):
    _require_key(request, "Working on drafts")
    if not request.auth.can_draft:
        may = "only logs drafts" if request.auth.can_log else "only reads what is public"
        raise PermissionDenied(
            f"This key {may}. Issue one that reads, changes and submits your drafts, at the desk under “API keys”."
        )
    access.require_work(request.user)


def _require_key(request, doing):
    if request.auth is None:
        raise NotAuthenticated(f"{doing} needs a key that writes: “Authorization: Bearer flk_…”.")
