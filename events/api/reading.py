"""Reading the record: lists with the filters of the pages, and each thing by its permanent address."""

import hashlib
from http import HTTPStatus

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from events import uids
from events.api import answers, doors, pages, questions, rows, schema
from events.api.errors import Problem
from events.choices import EditionKind, EditionReason
from events.models.edition import Edition, PublishedClaim, Subject
from events.record import all_statistics, registers
from events.record import editions as editions_of_record
from events.record import sequence as sequence_of_record

LISTS = ("incidents", "changes", "editions", "claims", "actors", "locations", "sources", "statistics")


@schema.root
@doors.reader
def root(request):
    """The lists of this version, the description for machines and the one for people."""
    questions.none(request.query_params)
    names = {name: f"api-{name}" for name in LISTS} | {"schema": "api-schema", "documentation": "api-docs"}
    return answers.value(request, {name: request.build_absolute_uri(reverse(to)) for name, to in names.items()})


@schema.incidents
@doors.reader
def incidents(request):
    """Public incidents, newest day first unless asked otherwise: the documents of their latest editions.

    With as_of, edition or release the record as it stood then: of each incident the edition that was the latest.
    """
    selection, asked = questions.incidents(request.query_params)
    chosen = asked.among(selection.queryset())
    found = chosen.values("sort_date", "uid", "edition_id", "edition__document__body")
    by_update = asked.is_by_update
    page = pages.by_column(found, asked, "edition_id", descending=True) if by_update else pages.by_day(found, asked)
    bodies = [row["edition__document__body"] for row in page.rows]
    understood = selection.normalised | asked.normalised
    return answers.listing(
        request,
        page,
        counted=pages.counted(chosen, asked),
        selection=understood,
        results=bodies,
        state=asked.told,
    )


@schema.incident
@doors.reader
def incident(request, uid):
    """The document of the latest edition, byte for byte."""
    questions.none(request.query_params)
    edition = _latest(uid).edition
    if edition.kind == EditionKind.MERGED:
        return _to_survivor(edition, "api-incident")
    links = [
        f'<{reverse("api-incident-provenance", args=[uid])}>; rel="http://www.w3.org/ns/prov#has_provenance"',
        f'<{reverse("api-incident-editions", args=[uid])}>; rel="version-history"',
        f'<{reverse("incident", args=[uid])}>; rel="alternate"; type="text/html"',
    ]
    return _document(request, edition, links)


@schema.incident_provenance
@doors.reader
def incident_provenance(request, uid):
    """Every value that the rules conclude in the latest edition: by which rule, from which claims, and how, in words."""
    questions.none(request.query_params)
    latest = _latest(uid)
    if latest.edition.kind == EditionKind.MERGED:
        return _to_survivor(latest.edition, "api-incident-provenance")
    methodology = request.build_absolute_uri(reverse("methodology"))
    return answers.value(request, rows.provenance(latest.edition, latest.document, methodology))


@schema.incident_editions
@doors.reader
def incident_editions(request, uid):
    """Every edition of an incident, newest first, withdrawals and merges included."""
    asked = questions.Paging.read(request.query_params)
    found = Edition.objects.of(Subject.INCIDENT, uid)
    page = pages.by_column(found, asked, "id", descending=True)
    if not page.rows and not found.exists():
        raise Http404
    results = [_edition_row(request, edition) for edition in page.rows]
    return answers.listing(
        request, page, counted=pages.counted(found, asked), selection={"uid": uids.shown(uid)}, results=results
    )


@schema.incident_edition
@doors.reader
def incident_edition(request, uid, number):
    """One edition as it was published, byte for byte; its SHA-256 is its ETag."""
    questions.none(request.query_params)
    found = Edition.objects.of(Subject.INCIDENT, uid).select_related("document")
    return _document_if_shown(request, get_object_or_404(found, number=number))


@schema.editions
@doors.reader
def editions(request):
    """Every edition of the record in the order of publication: what changed, when and why."""
    asked = questions.EditionQuestion.read(request.query_params)
    found = asked.rows()
    page = pages.by_column(found, asked, "id", descending=not asked.is_oldest_first)
    results = [_edition_row(request, edition) for edition in page.rows]
    return answers.listing(
        request, page, counted=pages.counted(found, asked), selection=asked.normalised, results=results
    )


@schema.edition
@doors.reader
def edition(request, sequence):
    """One edition of an incident or a relation by its place in the sequence, byte for byte."""
    questions.none(request.query_params)
    found = Edition.objects.select_related("document")
    return _document_if_shown(request, get_object_or_404(found, pk=sequence))


@schema.changes
@doors.reader
def changes(request):
    """Every edition after a place in the sequence, oldest first: what a copy of the record needs to stay equal to it."""
    asked = questions.ChangeQuestion.read(request.query_params)
    found, has_more = sequence_of_record.after(asked.cleaned_data["since"], asked.size, timezone.now())
    results = [rows.edition(edition, _document_address(request, edition)) for edition in found]
    return answers.changes(request, asked, found, has_more=has_more, results=results)


@schema.statistics
@doors.reader
def statistics(request):
    """What the pages count about a selection: every section with its rows, the same as on the page and in its files.

    With as_of, edition or release of the record as it stood then, withheld editions left out.
    """
    selection, asked = questions.selection(request.query_params)
    found = {name: rows.section(section) for name, section in all_statistics.sections(selection).items()}
    understood = selection.normalised | selection.shelf.named
    return answers.value(request, {"selection": understood, **asked.told, "sections": found})


@schema.claims
@doors.reader
def claims(request):
    """Public claims of all incidents and relations, newest day first unless asked otherwise."""
    asked = questions.ClaimQuestion.read(request.query_params)
    found = asked.rows()
    page = pages.by_day(found.prefetch_related("citations__source"), asked)
    results = [rows.claim_body(claim) for claim in page.rows]
    return answers.listing(
        request, page, counted=pages.counted(found, asked), selection=asked.normalised, results=results
    )


@schema.claim
@doors.reader
def claim(request, uid):
    """One public claim as the latest edition has it."""
    questions.none(request.query_params)
    found = PublishedClaim.objects.prefetch_related("citations__source").filter(uid=uid).first()
    if found is None:
        if without := editions_of_record.without_claim(uid):
            raise _gone(without, "This claim left the record")
        raise Http404
    body = rows.claim_body(found).encode()
    return answers.document(request, body, sha256=hashlib.sha256(body).hexdigest())


@schema.actors
@doors.reader
def actors(request):
    """Actors that the record mentions, by slug."""
    asked = questions.ActorQuestion.read(request.query_params)
    return _register(request, asked, asked.rows().prefetch_related("aliases"), rows.actor)


@schema.actor
@doors.reader
def actor(request, slug):
    """One actor with its names and its public relations to others."""
    questions.none(request.query_params)
    row = registers.actors().prefetch_related("aliases").filter(slug=slug).first()
    if row is None:
        return _moved(registers.actors(), slug, "api-actor")
    relations = [rows.relation(relation) for relation in registers.relations_of(row)]
    parts = list(registers.parts_of(row))
    return answers.value(request, {**rows.actor(row), "parts": parts, "relations": relations})


@schema.locations
@doors.reader
def locations(request):
    """Places that the record mentions and what they lie in, by slug."""
    asked = questions.LocationQuestion.read(request.query_params)
    found = asked.rows().with_ancestors().prefetch_related("aliases")
    return _register(request, asked, found, rows.location)


@schema.location
@doors.reader
def location(request, slug):
    """One place with its names."""
    questions.none(request.query_params)
    row = registers.locations().with_ancestors().prefetch_related("aliases").filter(slug=slug).first()
    if row is None:
        return _moved(registers.locations(), slug, "api-location")
    return answers.value(request, rows.location(row))


@schema.sources
@doors.reader
def sources(request):
    """Sources that document a public claim, by slug."""
    asked = questions.SourceQuestion.read(request.query_params)
    owners = _public_owners()
    return _register(request, asked, asked.rows(), lambda source: rows.source(source, owners))


@schema.source
@doors.reader
def source(request, slug):
    """One source with its grade."""
    questions.none(request.query_params)
    row = registers.sources().filter(slug=slug).first()
    if row is None:
        return _moved(registers.sources(), slug, "api-source")
    return answers.value(request, rows.source(row, _public_owners()))


def _latest(uid):
    """The last edition of an incident, published or merged, as editions.Reading; else 404 or 410 are raised."""
    latest = editions_of_record.latest(uid)
    if latest is None:
        raise Http404
    if latest.edition.kind == EditionKind.WITHDRAWN:
        raise _gone(latest.edition)
    return latest


def _to_survivor(edition, to):
    return answers.moved(reverse(to, args=[editions_of_record.survivor(edition)]))


def _moved(known, slug, to):
    """301 to the entry into which this one was folded, if the record knows that one; else 404."""
    survivor = registers.survivor(known, slug)
    if survivor is None:
        raise Http404
    return answers.moved(reverse(to, args=[survivor.slug]))


def _gone(edition, what="This incident was withdrawn"):
    said = EditionReason.label_of(edition.reason).lower()
    return Problem(
        HTTPStatus.GONE,
        f"{what} on {edition.published_at:%Y-%m-%d} ({said}). {edition.note}".strip(),
        reason=edition.reason,
        note=edition.note,
        edition=edition.number,
        editions=reverse("api-incident-editions", args=[edition.subject_uid]),
    )


def _document_if_shown(request, edition):
    every = Edition.objects.of(edition.subject, edition.subject_uid)
    if edition.number < editions_of_record.withheld_below(every):
        raise Problem(
            HTTPStatus.GONE,
            "This edition is no longer shown, because a later one was made to protect somebody's privacy. "
            "Its SHA-256 stays in the list of editions, so that copies can be verified.",
            sha256=edition.sha256,
        )
    return _document(request, edition)


def _document(request, edition, links=()):
    return answers.document(
        request,
        edition.document.body,
        sha256=edition.sha256,
        published_at=edition.published_at,
        links=links,
    )


def _edition_row(request, edition):
    return answers.plain(rows.edition(edition, _document_address(request, edition)))


def _document_address(request, edition):
    return request.build_absolute_uri(reverse("api-edition", args=[edition.pk]))


def _register(request, asked, found, shown):
    page = pages.by_column(found, asked, "slug")
    results = [answers.plain(shown(row)) for row in page.rows]
    return answers.listing(
        request, page, counted=pages.counted(found, asked), selection=asked.normalised, results=results
    )


def _public_owners():
    return dict(registers.actors().filter(sources__isnull=False).values_list("pk", "slug"))
