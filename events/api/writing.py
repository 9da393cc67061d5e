"""Logging an incident by key: the same desk verb as in the browser, so the same rules and the same trace."""

from http import HTTPStatus

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from rest_framework.response import Response

from events.api import doors, doubles, drafting, errors, questions, repeating, rows, scopes
from events.api import drafts as bodies
from events.api import schema_writing as schema
from events.api.serializers import DraftInput
from events.desk import duplicates, incidents
from events.models.incident import Incident


class _LikelyLogged(Exception):
    """Raised inside the transaction, so that nothing of the body is kept; `alike` is a list of Likeness."""

    def __init__(self, alike):
        self.alike = alike
        super().__init__("This is likely logged already.")


@schema.drafts
@doors.keeper("GET", "POST")
def drafts(request):
    """The drafts of the person whose key it is; POST logs an incident with its claims as one of them."""
    return _log_draft(request) if request.method == "POST" else drafting.drafts(request)


def _log_draft(request):
    scopes.require_log(request)
    questions.none(request.query_params)
    entry_key = _entry_key(request)
    if earlier := _logged_before(request.user, entry_key):
        _require_same_body(earlier, entry_key)
        return _answer(request, earlier, HTTPStatus.OK)
    body = DraftInput(data=request.data)
    body.is_valid(raise_exception=True)
    try:
        with doubles.answered():
            incident, status = _log_once(body.validated_data, by=request.user, entry_key=entry_key)
    except _LikelyLogged as found:
        raise _conflict(request, found.alike) from found
    return _answer(request, incident, status)


def _entry_key(request):
    given = repeating.key_of(request)
    if given is None:
        return None
    # Hashed, because the desk keeps 64 characters and two long keys must not meet in their beginnings; with the body,
    # so that another body under the same key is known for what it is.
    return f"api-{repeating.digest(given)[:28]}-{repeating.digest(repeating.body_of(request))[:20]}"


def _logged_before(user, entry_key):
    """The draft made with the same Idempotency-Key, whatever its body, or None."""
    if entry_key is None:
        return None
    sent, _, _ = entry_key.rpartition("-")
    return Incident.objects.filter(created_by=user, entry_key__startswith=f"{user.pk}:{sent}-").first()


def _require_same_body(earlier, entry_key):
    if not earlier.entry_key.endswith(f":{entry_key}"):
        raise repeating.other_body(f"Another body was sent with this key before and made {earlier.shown_uid}.")


def _log_once(body, *, by, entry_key):
    """(incident, status); of requests that arrive together with one Idempotency-Key, one makes the draft."""
    try:
        return _log(body, by=by, entry_key=entry_key)
    except (IntegrityError, ValidationError):
        # What the other one stored meanwhile is in the way: its draft, its document or its new source.
        if earlier := _logged_before(by, entry_key):
            _require_same_body(earlier, entry_key)
            return earlier, HTTPStatus.OK
        raise


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
