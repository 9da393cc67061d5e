"""Reading what ties public things together: links between incidents, relations between actors, cited documents."""

from django.http import Http404

from events import uids
from events.api import answers, departures, doors, freshness, pages, questions, rows, schema_ties
from events.api.questions_ties import DocumentQuestion, LinkQuestion, RelationQuestion
from events.choices import EditionKind
from events.models.edition import Subject
from events.record import editions, papers
from events.record import ties as ties_of_record


@schema_ties.links
@doors.reader
@freshness.of_record
def links(request):
    """Links between two public incidents, by uid."""
    asked = LinkQuestion.read(request.query_params)
    found = asked.rows()
    page = pages.by_column(ties_of_record.with_editions(found), asked, "uid")
    behind = ties_of_record.claims_of_links(page.rows)
    results = [answers.plain(rows.link(row, behind[row.uid])) for row in page.rows]
    return _listing(request, page, found, asked, results)


@schema_ties.link
@doors.reader
@freshness.of_record
def link(request, uid):
    """One link between two public incidents."""
    questions.none(request.query_params)
    row = ties_of_record.with_editions(ties_of_record.links()).filter(uid=uid).first()
    if row is None:
        raise Http404
    return answers.value(request, rows.link(row, ties_of_record.claims_of_links([row])[row.uid]))


@schema_ties.relations
@doors.reader
@freshness.of_record
def relations(request):
    """Public relations between actors, by uid."""
    asked = RelationQuestion.read(request.query_params)
    found = asked.rows()
    page = pages.by_column(ties_of_record.with_ends(found), asked, "uid")
    results = [answers.plain(rows.relation(row, asked.asked["at"])) for row in page.rows]
    return _listing(request, page, found, asked, results)


@schema_ties.relation
@doors.reader
@freshness.of_record
def relation(request, uid):
    """One public relation between two actors."""
    questions.none(request.query_params)
    row = ties_of_record.with_ends(ties_of_record.relations()).filter(uid=uid).first()
    if row is None:
        raise _left(uid)
    return answers.value(request, rows.relation(row))


@schema_ties.documents
@doors.reader
@freshness.of_record
def documents(request):
    """Documents that public claims cite, by uid, each as the newest edition that cites it shows it."""
    asked = DocumentQuestion.read(request.query_params)
    found = asked.rows()
    page = pages.by_column(found, asked, papers.KEY)
    entries = papers.shown([row[papers.KEY] for row in page.rows])
    results = [answers.plain(entries[row[papers.KEY]] | {"claims_count": row["claims_count"]}) for row in page.rows]
    return _listing(request, page, found, asked, results)


@schema_ties.document
@doors.reader
@freshness.of_record
def document(request, uid):
    """One document with the uids of the public claims that cite it."""
    questions.none(request.query_params)
    entry = papers.shown([uid]).get(uid)
    if entry is None:
        raise Http404
    claims = papers.claims_citing(uid)
    return answers.value(request, entry | {"claims_count": len(claims), "claims": claims})


def _listing(request, page, found, asked, results):
    counted = pages.counted(found, asked)
    return answers.listing(request, page, counted=counted, selection=asked.normalised, results=results)


def _left(uid):
    """What to raise for a relation that is not public: 410 with the reason if it was, else 404."""
    latest = editions.latest(uid, subject=Subject.RELATION, with_document=False)
    if latest is None or latest.edition.kind != EditionKind.WITHDRAWN:
        return Http404()
    return departures.gone(latest.edition, f"The relation {uids.shown(uid)} was withdrawn")
