"""What the desk's long forms share so that nothing typed is lost: the entry kept while typing, and finding it again."""

import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

import orjson
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from events.desk import unfinished
from events.desk.views.doors import ABSENT, for_desk

_KEY = re.compile(r"[0-9a-f-]{36}")
GONE = _("Another tab has saved or sent this entry. What you type here is kept as an entry of its own from now on.")


@dataclass(frozen=True)
class Kept:
    """The entry behind a form: `typed` is what to fill it with (None for an empty form), `others` wait unsent as well."""

    page: str
    key: str
    revision: int = 0
    uid: str = ""
    saved_at: datetime | None = None
    sent_to: str = ""
    typed: QueryDict | None = None
    others: tuple = ()


def of(request):
    """The Kept of the form at this address; with what was typed where the address asks to resume it."""
    page = _page(request)
    if request.method == "POST":
        key = request.POST.get("unfinished", "")
        return _kept(page, request.user.unfinished_entries.filter(key=key).first(), key if _KEY.fullmatch(key) else "")
    uid = request.GET.get("resume", "")
    entry = unfinished.of(request.user, uid[:8]) if uid else None
    if entry is not None:
        return _kept(page, entry, entry.key, typed=_as_sent(entry.typed))
    if uid:
        messages.info(request, gettext("The entry you had here was thrown away. This form is empty."))
    return Kept(page, str(uuid.uuid4()), others=tuple(unfinished.waiting(request.user, page)[:5]))


def gone_on(request, kept):
    """A redirect to what came of the entry, where it was sent already from this page or another tab; else None."""
    if not kept.sent_to or request.method == "POST":
        return None
    messages.info(request, gettext("This was sent already; here is what came of it."))
    return redirect(kept.sent_to)


def sent(request, to):
    """Note that the form of this request has become what stands at `to`; returns the redirect there."""
    target = to if isinstance(to, str) and to.startswith("/") else redirect(to)["Location"]
    unfinished.sent(by=request.user, key=request.POST.get("unfinished", "")[:36], to=target)
    return redirect(target)


@require_POST
@for_desk
def keep(request):
    """Save what changed in a form, as JSON; answers the uid, the new revision and the moment."""
    try:
        entry = unfinished.keep(by=request.user, **_body(request))
    except unfinished.Elsewhere:
        return JsonResponse({"detail": GONE}, status=HTTPStatus.CONFLICT)
    except ValidationError as error:
        return JsonResponse({"detail": " ".join(error.messages)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse({"uid": entry.uid, "revision": entry.revision, "saved_at": entry.saved_at.isoformat()})


@require_POST
@for_desk
def discard(request, uid):
    entry = unfinished.of(request.user, uid)
    if entry is None:
        raise Http404(str(ABSENT))
    unfinished.discard(entry, by=request.user)
    messages.success(request, gettext("The unsent entry is thrown away."))
    return redirect(reverse("desk"))


def _kept(page, entry, key, typed=None):
    if entry is None:
        return Kept(page, key or str(uuid.uuid4()))
    return Kept(page, entry.key, entry.revision, entry.uid, entry.saved_at, entry.sent_to, typed)


def _page(request):
    """Path and query of the form, without the part that names the entry to resume."""
    query = [(name, value) for name, values in request.GET.lists() if name != "resume" for value in values]
    return f"{request.path}{'?' + urlencode(query) if query else ''}"[:300]


def _as_sent(typed):
    """What was kept as a browser would send it."""
    data = QueryDict(mutable=True)
    for name, texts in typed.items():
        data.setlist(name, texts)
    return data


def _body(request):
    """The arguments of `unfinished.keep`; refuses whatever is not of their shape."""
    try:
        body = orjson.loads(request.body)
        given = {
            "page": str(body["page"])[:300],
            "key": str(body["key"]),
            "revision": int(body["revision"]),
            "changed": {str(name): [str(text) for text in texts] for name, texts in body["changed"].items()},
            "gone": [str(name) for name in body["gone"]],
            "label": str(body.get("label", "")),
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValidationError(gettext("This is not what a form of the desk keeps.")) from error
    if not _KEY.fullmatch(given["key"]):
        raise ValidationError(gettext("The key of the page is missing; open the form again."))
    return given
