"""Reading the record: lists with the filters of the pages, and each thing by its permanent address."""

from http import HTTPStatus

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from events import uids
from events.api import (
    answers,
    departures,
    doors,
    formats,
    freshness,
    listed,
    pages,
    questions,
    rows,
    schema,
    schema_files,
    waiting,
)
from events.api.change_question import ChangeQuestion
from events.api.errors import Problem
from events.choices import EditionKind
from events.models.edition import Edition, PublishedClaim, Subject
from events.record import all_statistics, csvw
from events.record import editions as editions_of_record

LISTS = (
    "incidents",
    "changes",
    "editions",
    "claims",
    "links",
    "documents",
    "actors",
    "relations",
    "locations",
    "sources",
)
LISTS += ("statistics", "releases", "vocabulary")


@schema.root
@doors.reader
@freshness.of_code
def root(request):
    """The lists of this version, the description for machines and the one for people."""
    questions.none(request.query_params)
    names = {name: f"api-{name}" for name in LISTS} | {"schema": "api-schema", "documentation": "api-docs"}
    return answers.value(request, {name: request.build_absolute_uri(reverse(to)) for name, to in names.items()})


@schema_files.incidents
@doors.in_formats
@freshness.of_record
def incidents(request):
    """Public incidents in the format that the Accept header prefers."""
    return _incidents(request, formats.wanted(request))


@schema_files.incidents_file
@doors.in_one_format
@freshness.of_record
def incidents_file(request, form):
    """The same in the format that the address names."""
    return _incidents(request, form)


@schema_files.incidents_for_others
@doors.in_one_format
@freshness.of_record
def incidents_for_others(request, form):
    """The whole selection in a format that other programs read: rows of ACLED or UCDP GED, or a bundle of STIX."""
    selection, asked = questions.incidents(request.query_params)
    return formats.for_others(request, form, selection, asked)


@schema_files.incidents_csvw
@doors.in_one_format
@freshness.of_code
def incidents_csvw(request):
    """The columns of the CSV file of a selection, for machines."""
    questions.incidents(request.query_params)
    return answers.value(request, formats.table(request), content_type=csvw.CONTENT_TYPE)


def _incidents(request, form):
    """Newest day first unless asked otherwise: a page of the documents of their latest editions, or all as a file.

    With as_of, edition or release the record as it stood then: of each incident the edition that was the latest.
    """
    selection, asked = questions.incidents(request.query_params)
    if form != formats.JSON:
        return formats.file(request, form, selection, asked)
    chosen = asked.among(selection.queryset())
    found = chosen.values(*listed.COLUMNS)
    by_update = asked.is_by_update
    page = pages.by_column(found, asked, "edition_id", descending=True) if by_update else pages.by_day(found, asked)
    understood = selection.normalised | asked.normalised
    results = listed.results(request, page.rows, asked)
    return answers.listing(
        request, page, counted=pages.counted(chosen, asked), selection=understood, results=results, state=asked.told
    )


@schema.incident
@doors.reader
def incident(request, uid):
    """The document of the latest edition, byte for byte."""
    questions.none(request.query_params)
    edition = _latest(uid, with_document=not freshness.is_asked(request)).edition
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
@freshness.of_record
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
@freshness.of_record
def incident_editions(request, uid):
    """Every edition of an incident, newest first, withdrawals and merges included."""
    asked = questions.Paging.read(request.query_params)
    found = Edition.objects.of(Subject.INCIDENT, uid)
    page = pages.by_column(found, asked, "id", descending=True)
    if not page.rows and not found.exists():
        raise Http404
    results = [answers.plain(row) for row in listed.edition_rows(request, page.rows)]
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
@freshness.of_record
def editions(request):
    """Every edition of the record in the order of publication: what changed, when and why."""
    asked = questions.EditionQuestion.read(request.query_params)
    found = asked.rows()
    page = pages.by_column(found, asked, "id", descending=not asked.is_oldest_first)
    results = [answers.plain(row) for row in listed.edition_rows(request, page.rows)]
    return answers.listing(
        request, page, counted=pages.counted(found, asked), selection=asked.normalised, results=results
    )


@schema.edition
@doors.reader
def edition(request, sequence):
    """One edition by its place in the sequence, byte for byte: of an incident, a relation, or an entry of a register."""
    questions.none(request.query_params)
    found = Edition.objects.select_related("document")
    return _document_if_shown(request, get_object_or_404(found, pk=sequence))


@schema.changes
@doors.reader
def changes(request):
    """Every edition after a place in the sequence, oldest first: what a copy of the record needs to stay equal to it.

    With `wait` an answer that would be empty is held back until something can be told, for so many seconds at most. Few
    requests may wait at a time; beyond them the empty answer comes at once, with Retry-After.
    """
    asked = ChangeQuestion.read(request.query_params)
    found, has_more, again = waiting.for_changes(asked.cleaned_data["since"], asked.size, asked.seconds)
    results = listed.edition_rows(request, found)
    return answers.changes(request, asked, found, has_more=has_more, results=results, again=again)


@schema.statistics
@doors.reader
@freshness.of_record
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
@freshness.of_record
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
@freshness.of_record
def claim(request, uid):
    """One public claim as the latest edition has it."""
    questions.none(request.query_params)
    found = PublishedClaim.objects.prefetch_related("citations__source").filter(uid=uid).first()
    if found is None:
        if without := editions_of_record.without_claim(uid):
            raise departures.gone(without, "This claim left the record")
        raise Http404
    return answers.text(request, rows.claim_body(found))


def _latest(uid, *, with_document=True):
    """The last edition of an incident, published or merged, as editions.Reading; else 404 or 410 are raised."""
    latest = editions_of_record.latest(uid, with_document=with_document)
    if latest is None:
        raise Http404
    if latest.edition.kind == EditionKind.WITHDRAWN:
        raise departures.gone(latest.edition)
    return latest


def _to_survivor(edition, to):
    return answers.moved(reverse(to, args=[editions_of_record.survivor(edition)]))


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
        lambda: edition.document.body,
        sha256=edition.sha256,
        published_at=edition.published_at,
        links=links,
    )
