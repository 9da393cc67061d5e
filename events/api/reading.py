"""Reading the record: lists with the filters of the pages, and each thing by its permanent address."""

from http import HTTPStatus

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from events import faces, uids
from events.api import (
    answers,
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
from events.api.questions_ties import DayQuestion
from events.choices import EditionKind, EditionReason
from events.models.edition import Edition, PublishedClaim, Subject
from events.record import all_statistics, csvw, registers
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
            raise gone(without, "This claim left the record")
        raise Http404
    return answers.text(request, rows.claim_body(found))


@schema.actors
@doors.reader
@freshness.of_record
def actors(request):
    """Actors that the record mentions, by slug."""
    asked = questions.ActorQuestion.read(request.query_params)
    return _register(request, asked, asked.rows().prefetch_related("aliases"), faces.actor)


@schema.actor
@doors.reader
@freshness.of_record
def actor(request, slug):
    """One actor with its names and its public relations to others, all of them or those of a day."""
    asked = DayQuestion.read(request.query_params)
    row = registers.actors().prefetch_related("aliases").filter(slug=slug).first()
    if row is None:
        return _moved(registers.actors(), slug, "api-actor", f"?at={asked.day}" if asked.day else "")
    relations = [rows.relation(relation, asked.day) for relation in registers.relations_of(row, on=asked.day)]
    parts = list(registers.parts_of(row))
    said = {**faces.actor(row), "parts": parts, "at": asked.day, "relations": relations}
    return answers.value(request, said, _links(row))


@schema.locations
@doors.reader
@freshness.of_record
def locations(request):
    """Places that the record mentions and what they lie in, by slug."""
    asked = questions.LocationQuestion.read(request.query_params)
    found = asked.rows().with_ancestors().prefetch_related("aliases")
    return _register(request, asked, found, faces.location)


@schema.location
@doors.reader
@freshness.of_record
def location(request, slug):
    """One place with its names."""
    questions.none(request.query_params)
    row = registers.locations().with_ancestors().prefetch_related("aliases").filter(slug=slug).first()
    if row is None:
        return _moved(registers.locations(), slug, "api-location")
    return answers.value(request, faces.location(row), _links(row))


@schema.sources
@doors.reader
@freshness.of_record
def sources(request):
    """Sources that document a public claim, by slug."""
    asked = questions.SourceQuestion.read(request.query_params)
    owners = _public_owners()
    return _register(request, asked, asked.rows(), lambda source: faces.source(source, owners))


@schema.source
@doors.reader
@freshness.of_record
def source(request, slug):
    """One source with its grade."""
    questions.none(request.query_params)
    row = registers.sources().filter(slug=slug).first()
    if row is None:
        return _moved(registers.sources(), slug, "api-source")
    return answers.value(request, faces.source(row, _public_owners()), _links(row))


def _latest(uid, *, with_document=True):
    """The last edition of an incident, published or merged, as editions.Reading; else 404 or 410 are raised."""
    latest = editions_of_record.latest(uid, with_document=with_document)
    if latest is None:
        raise Http404
    if latest.edition.kind == EditionKind.WITHDRAWN:
        raise gone(latest.edition)
    return latest


def _to_survivor(edition, to):
    return answers.moved(reverse(to, args=[editions_of_record.survivor(edition)]))


def _moved(known, slug, to, query=""):
    """301 to the entry into which this one was folded, if the record knows that one; else 410 if it did once, or 404."""
    survivor = registers.survivor(known, slug)
    if survivor is None:
        if left := editions_of_record.departed(known.model, slug):
            raise gone(left, "This entry left the record")
        raise Http404
    return answers.moved(reverse(to, args=[survivor.slug]) + query)


def _links(row):
    return [f'<{_history(row._meta.model_name, row.uid)}>; rel="version-history"']


def _history(subject, uid):
    return f"{reverse('api-editions')}?subject={subject}&uid={uids.shown(uid)}"


def gone(edition, what="This incident was withdrawn"):
    said = EditionReason.label_of(edition.reason).lower()
    return Problem(
        HTTPStatus.GONE,
        f"{what} on {edition.published_at:%Y-%m-%d} ({said}). {edition.note}".strip(),
        reason=edition.reason,
        note=edition.note,
        edition=edition.number,
        editions=_editions_of(edition),
    )


def _editions_of(edition):
    if edition.subject == Subject.INCIDENT:
        return reverse("api-incident-editions", args=[edition.subject_uid])
    return _history(edition.subject, edition.subject_uid)


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


def _register(request, asked, found, shown):
    page = pages.by_column(found, asked, "slug")
    results = [answers.plain(shown(row)) for row in page.rows]
    return answers.listing(
        request, page, counted=pages.counted(found, asked), selection=asked.normalised, results=results
    )


def _public_owners():
    return dict(registers.actors().filter(sources__isnull=False).values_list("pk", "slug"))
