"""Working on drafts by key: through the verbs of the desk and with the rights of an analyst, whoever owns the key."""

from contextlib import contextmanager
from http import HTTPStatus

import orjson
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from rest_framework.response import Response

from events import access
from events.api import (
    answers,
    differing,
    doors,
    doubles,
    draft_rows,
    errors,
    pages,
    patches,
    questions,
    repeating,
    scopes,
    versions,
)
from events.api import drafts as bodies
from events.api import schema_writing as schema
from events.api.draft_inputs import ClaimChange, ClaimsInput, FactsChange
from events.api.draft_question import DraftQuestion
from events.desk import claims as claim_verbs
from events.desk import incidents
from events.desk.problems import errors_under
from events.desk.stale import Stale
from events.desk.views.doors import still_there
from events.models.claim import Claim
from events.models.incident import Incident

PRIVATE = "private, no-store"
ABSENT = "Nothing that this key may see has this address. The list of your drafts is /api/v1/drafts/."


def drafts(request):
    """The drafts that the key's owner logged or was handed, whatever became of them, newest first."""
    scopes.require_drafts(request)
    asked = DraftQuestion.read(request.query_params)
    found = asked.among(Incident.objects.filter(access.own_incidents(request.user)))
    rows = found.with_places().with_claim_counts()
    page = pages.by_column(rows, asked, "id", descending=not asked.is_oldest_first)
    results = [answers.plain(draft_rows.listed(request, row)) for row in page.rows]
    counted = pages.counted(found, asked)
    response = answers.listing(request, page, counted=counted, selection=asked.normalised, results=results)
    response["Cache-Control"] = PRIVATE
    return response


@schema.draft
@doors.keeper("GET", "PATCH")
def draft(request, uid):
    """One incident as the desk shows it to the key's owner; PATCH changes its facts."""
    scopes.require_drafts(request)
    questions.none(request.query_params)
    row = _incident(request, uid)
    return _draft(request, row) if request.method != "PATCH" else _change(request, row)


def _change(request, row):
    version, moments = versions.asked(request, row)
    body = _read(FactsChange, request)
    with at_the_desk():
        fields = patches.facts(body)
        try:
            row = incidents.edit(row, by=request.user, fields=fields, version=version)
        except Stale as stale:
            _refuse_stale(request, stale, draft_rows.facts, moments, fields)
            row = stale.row
    return _draft(request, _incident(request, row.uid))


@schema.add_claims
@doors.writer
def add_claims(request, uid):
    """Add claims to an incident, all or none, with the documents and sources that they name."""
    scopes.require_drafts(request)
    questions.none(request.query_params)
    row = _incident(request, uid)

    def act():
        body = _read(ClaimsInput, request)
        locked = Incident.objects.select_for_update().get(pk=row.pk)
        versions.require_current(request, locked)
        access.require_edit_incident(request.user, locked)
        added = []
        for number, one in enumerate(patches.added(body, locked, by=request.user)):
            with errors_under(f"claims.{number}"):
                added.append(claim_verbs.add(locked, by=request.user, **one))
        return {"uid": row.shown_uid, "status": locked.status, "claims": [one.shown_uid for one in added]}

    with at_the_desk():
        answer, is_new = repeating.once(request, act)
    return _done(request, row, answer, HTTPStatus.CREATED if is_new else HTTPStatus.OK)


@schema.submit
@doors.writer
def submit(request, uid):
    """Hand a draft to the editors."""
    scopes.require_drafts(request)
    questions.none(request.query_params)
    row = _incident(request, uid)

    def act():
        _require_no_body(request)
        versions.require_current(request, Incident.objects.select_for_update().get(pk=row.pk))
        try:
            submitted = incidents.submit(row, by=request.user)
        except ValidationError as error:  # there is nothing in the body that could be wrong
            raise errors.Problem(
                HTTPStatus.CONFLICT,
                "The draft cannot be submitted as it stands. Nothing was changed.",
                errors={errors.WHOLE: error.messages},
            ) from error
        return {"uid": submitted.shown_uid, "status": submitted.status}

    with at_the_desk():
        answer, _ = repeating.once(request, act)
    return _done(request, row, answer, HTTPStatus.OK)


@schema.claim
@doors.keeper("GET", "PATCH", "DELETE")
def claim(request, uid, claim_uid):
    """One claim of an incident; PATCH rewrites it and DELETE takes it back, as long as nobody has decided it."""
    scopes.require_drafts(request)
    questions.none(request.query_params)
    row = _claim(request, uid, claim_uid)
    if request.method == "PATCH":
        return _change_claim(request, row)
    if request.method == "DELETE":
        return _remove_claim(request, row)
    return _shown_claim(request, row)


def _change_claim(request, row):
    version, moments = versions.asked(request, row)
    body = _read(ClaimChange, request)
    with at_the_desk():
        changed = patches.claim(body, row, by=request.user)
        try:
            claim_verbs.edit(row, by=request.user, version=version, **changed)
        except Stale as stale:
            _refuse_stale(request, stale, draft_rows.words, moments, changed["fields"])
    return _shown_claim(request, _claim(request, row.incident.uid, row.uid))


def _remove_claim(request, row):
    version, _ = versions.asked(request, row)
    _require_no_body(request)
    with at_the_desk():
        try:
            claim_verbs.remove(row, by=request.user, version=version)
        except Stale as stale:
            raise versions.changed_meanwhile(headers={"ETag": _tag_now(stale.row)}) from stale
        except ValidationError as error:  # what hangs on the claim stands in the way
            raise errors.Problem(HTTPStatus.CONFLICT, " ".join(error.messages)) from error
    return Response(status=HTTPStatus.NO_CONTENT)


def _incident(request, uid):
    """The incident, with its place; what the owner of the key may not see is as absent as what does not exist."""
    row = Incident.objects.with_places().filter(access.visible_incidents(request.user), uid=uid).first()
    if row is None:
        raise errors.Problem(HTTPStatus.NOT_FOUND, ABSENT)
    return row


def _claim(request, uid, claim_uid):
    seen = access.visible_incidents(request.user, "incident__")
    found = Claim.objects.with_everything().select_related("incident").prefetch_related("reviews")
    row = found.filter(seen, uid=claim_uid, incident__uid=uid).first()
    if row is None:
        raise errors.Problem(HTTPStatus.NOT_FOUND, ABSENT)
    return row


def _draft(request, row):
    claims = list(row.claims.with_everything().select_related("incident").prefetch_related("reviews"))
    moments = versions.moments([row, *claims])
    tags = {one.uid: versions.tag(one, moments[one.uid]) for one in claims}
    return _tagged(request, draft_rows.draft(request, row, claims, tags), row, moments[row.uid])


def _shown_claim(request, row):
    moment = versions.moments([row])[row.uid]
    return _tagged(request, draft_rows.claim(request, row, versions.tag(row, moment)), row, moment)


def _tagged(request, content, row, moment):
    """The content with its ETag; 304 where somebody reads again what has not changed."""
    body = orjson.dumps(content)
    etag = versions.tag(row, moment, body)
    headers = {"ETag": etag, "Cache-Control": PRIVATE}
    response = HttpResponse(body, content_type="application/json", headers=headers)
    patch_vary_headers(response, ["Authorization"])
    if request.method not in ("GET", "HEAD") or versions.HEADER in request.headers:
        return response
    return get_conditional_response(request._request, etag=etag, response=response)


def _tag_now(row):
    return versions.tag(row, versions.moments([row])[row.uid])


def _refuse_stale(request, stale, shown, moments, fields):
    """Problem 412 with what differs; nothing where all that was sent stands already, as after a lost answer."""
    found = differing.fields(stale.row, shown, moments, request.data, fields)
    if isinstance(stale.row, Claim):  # what is given whole is not compared: it is a difference whenever it is sent
        theirs = draft_rows.hanging(stale.row)
        sent = [name for name in theirs if name in request.data]
        found += [{"field": name, "yours": request.data[name], "theirs": theirs[name]} for name in sent]
    if not differing.stands(found):
        raise versions.changed_meanwhile(differences=found, headers={"ETag": _tag_now(stale.row)}) from stale


@contextmanager
def at_the_desk():
    """One transaction; errors of the verbs by the paths of the body; what was removed meanwhile is absent."""
    with still_there(), doubles.answered(), bodies.paths_of_the_body(), transaction.atomic():
        yield


def _read(shape, request):
    body = shape(data=request.data)
    body.is_valid(raise_exception=True)
    return body.validated_data


def _require_no_body(request):
    if request.data:
        raise errors.refused({name: ["This address takes no body; leave it out."] for name in request.data})


def _done(request, row, answer, status):
    desk = request.build_absolute_uri(row.get_absolute_url())
    return Response({**answer, "desk_url": desk}, status=status, headers={"Cache-Control": PRIVATE})
