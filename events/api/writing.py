"""Logging an incident by key: the same desk verb as in the browser, so the same rules and the same trace."""

import hashlib
import re
from http import HTTPStatus

import orjson
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from rest_framework.exceptions import NotAuthenticated
from rest_framework.response import Response

from events import access
from events.api import doors, errors, questions, rows, schema
from events.api import drafts as bodies
from events.api.serializers import DraftInput
from events.desk import duplicates, incidents, lookup
from events.models.incident import Incident
from events.models.source import Source

_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,255}")


class _LikelyLogged(Exception):
    """Raised inside the transaction, so that nothing of the body is kept; `alike` is a list of Likeness."""

    def __init__(self, alike):
        self.alike = alike
        super().__init__("This is likely logged already.")


@schema.draft
@doors.writer
def drafts(request):
    """Log an incident with its claims as a draft of the person whose key it is."""
    _require_writer(request)
    questions.none(request.query_params)
    entry_key = _entry_key(request)
    if earlier := _logged_before(request.user, entry_key):
        _require_same_body(earlier, entry_key)
        return _answer(request, earlier, HTTPStatus.OK)
    body = DraftInput(data=request.data)
    body.is_valid(raise_exception=True)
    try:
        incident, status = _log_once(body.validated_data, by=request.user, entry_key=entry_key)
    except _LikelyLogged as found:
        raise _conflict(request, found.alike) from found
    return _answer(request, incident, status)


def _require_writer(request):
    if request.auth is None:
        raise NotAuthenticated("Logging an incident needs a key that writes: “Authorization: Bearer flk_…”.")
    if not request.auth.can_write:
        raise PermissionDenied("This key only reads. Issue one that writes, at the desk under “API keys”.")
    access.require_work(request.user)


def _entry_key(request):
    given = request.headers.get("Idempotency-Key")
    if given is None:
        return None
    if not _IDEMPOTENCY_KEY.fullmatch(given):
        raise errors.refused(
            {"Idempotency-Key": ["Send 1 to 255 letters, digits or signs without spaces, such as a UUID."]}
        )
    # Hashed, because the desk keeps 64 characters and two long keys must not meet in their beginnings; with the body,
    # so that another body under the same key is known for what it is.
    body = orjson.dumps(request.data, option=orjson.OPT_SORT_KEYS)
    return f"api-{hashlib.sha256(given.encode()).hexdigest()[:28]}-{hashlib.sha256(body).hexdigest()[:20]}"


def _logged_before(user, entry_key):
    """The draft made with the same Idempotency-Key, whatever its body, or None."""
    if entry_key is None:
        return None
    sent, _, _ = entry_key.rpartition("-")
    return Incident.objects.filter(created_by=user, entry_key__startswith=f"{user.pk}:{sent}-").first()


def _require_same_body(earlier, entry_key):
    if not earlier.entry_key.endswith(f":{entry_key}"):
        said = (
            f"Another body was sent with this key before and made {earlier.shown_uid}. "
            "Send the new one with a key of its own."
        )
        raise errors.Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "The Idempotency-Key belongs to another request. Nothing was changed.",
            errors={"Idempotency-Key": [said]},
        )


def _log_once(body, *, by, entry_key):
    """(incident, status); of requests that arrive together with one Idempotency-Key, one makes the draft."""
    try:
        return _log(body, by=by, entry_key=entry_key)
    except (IntegrityError, ValidationError) as error:
        # What the other one stored meanwhile is in the way: its draft, its document or its new source.
        if earlier := _logged_before(by, entry_key):
            _require_same_body(earlier, entry_key)
            return earlier, HTTPStatus.OK
        if doubles := isinstance(error, ValidationError) and lookup.doubles_in(error):
            raise _likely_doubles(error, doubles) from error
        raise


def _likely_doubles(error, doubles):
    candidates = {one.uid: one for double in doubles for one in double.candidates}
    rows = Source.objects.in_bulk(candidates, field_name="uid")
    return errors.Problem(
        HTTPStatus.CONFLICT,
        "A new source goes by nearly the name of a known one. Name the known one by its slug, or send "
        "“despite_duplicates”: true if it is another one. Nothing was changed.",
        errors=error.message_dict,
        candidates=[
            {"slug": rows[uid].slug, "name": one.name, "description": one.hint} for uid, one in candidates.items()
        ],
    )


@transaction.atomic
def _log(body, *, by, entry_key):
    """One transaction, so that a refused body leaves no document and no source behind."""
    if entry_key is not None:
        # One after the other: the database knows two bodies under one key for two entries.
        get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)
    if earlier := _logged_before(by, entry_key):
        _require_same_body(earlier, entry_key)
        return earlier, HTTPStatus.OK
    with bodies.paths_of_the_body():
        fields, claims = bodies.incident_fields(body), bodies.claims(body, by=by)
        logged_before = [] if body.get("despite_duplicates") else duplicates.likely(bodies.sought(fields, claims), by)
        incident = incidents.log(by=by, fields=fields, claims=claims, entry_key=entry_key)
    if logged_before:
        raise _LikelyLogged(logged_before)
    return incident, HTTPStatus.CREATED


def _conflict(request, alike):
    return errors.Problem(
        HTTPStatus.CONFLICT,
        "This is likely logged already; nothing was changed. Look at the candidates: if it is another incident, "
        "send the body again with despite_duplicates true.",
        candidates=[rows.candidate(one, _address(request, one.incident)) for one in alike],
    )


def _address(request, incident):
    return request.build_absolute_uri(reverse("desk-incident", args=[incident.uid]))


def _answer(request, incident, status):
    address = _address(request, incident)
    answer = {"uid": incident.shown_uid, "status": incident.status, "desk_url": address}
    return Response(answer, status=status, headers={"Location": address, "Cache-Control": "no-store"})
