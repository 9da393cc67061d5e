"""Reading the registers of the record: actors, places and sources, each by its permanent address."""

from django.http import Http404
from django.urls import reverse

from events import faces
from events.api import answers, departures, doors, freshness, pages, questions, rows, schema
from events.api.questions_ties import DayQuestion
from events.record import editions, registers


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


def _moved(known, slug, to, query=""):
    """301 to the entry into which this one was folded, if the record knows that one; else 410 if it did once, or 404."""
    survivor = registers.survivor(known, slug)
    if survivor is None:
        if left := editions.departed(known.model, slug):
            raise departures.gone(left, "This entry left the record")
        raise Http404
    return answers.moved(reverse(to, args=[survivor.slug]) + query)


def _links(row):
    return [f'<{departures.history(row._meta.model_name, row.uid)}>; rel="version-history"']


def _register(request, asked, found, shown):
    page = pages.by_column(found, asked, "slug")
    results = [answers.plain(shown(row)) for row in page.rows]
    return answers.listing(
        request, page, counted=pages.counted(found, asked), selection=asked.normalised, results=results
    )


def _public_owners():
    return dict(registers.actors().filter(sources__isnull=False).values_list("pk", "slug"))
