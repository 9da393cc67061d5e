"""What the page of search shows: entries that go by the words, the incidents or claims that hold them, and where."""

import json
from dataclasses import dataclass, field

from django.db.models import Value
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import names, tongue, uids
from events.models.actor import Actor
from events.models.edition import DepartedClaim, Edition, PublishedClaim, Subject
from events.models.location import Location
from events.models.source import Source
from events.models.words import Term
from events.record import claim_lines
from events.record.search import entries, matching, snippets, spelling
from events.record.search.question import asked
from events.rules import wording

ROWS = 20
CARDS = 3  # entries above the incidents
LISTED = 100  # entries in a list of their own
MANY = 6  # words; of more, no one is offered to be dropped
KINDS = {
    "all": gettext_lazy("All"),
    "incidents": gettext_lazy("Incidents"),
    "claims": gettext_lazy("Claims"),
    "actors": gettext_lazy("Actors"),
    "places": gettext_lazy("Places"),
    "sources": gettext_lazy("Sources"),
}
REGISTERS = {"actors": entries.ACTOR, "places": entries.PLACE, "sources": entries.SOURCE}


@dataclass(frozen=True)
class Tab:
    """One kind of results; `count` is None where nothing was counted."""

    kind: str
    label: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Hit:
    """An incident or a claim that was found; `title` in pieces, `snippet` the best stretch of its texts or None.

    `through` are the names of entries by which it was found, where no text of it has the words.
    """

    row: object
    title: list = field(default_factory=list)
    snippet: snippets.Snippet | None = None
    through: tuple = ()
    line: dict | None = None  # of a claim: as claim_lines has it

    @property
    def is_unseen(self):
        """Whether nothing that is shown says why it was found."""
        return not (self.snippet or self.through or any(piece.is_hit for piece in self.title))


@dataclass(frozen=True)
class Results:
    """The answer to a question. `instead` says which words were put in the place of others, None where none were."""

    question: object
    kind: str
    tabs: list
    entries: list
    hits: list
    after: str | None
    instead: spelling.Mended | None
    absent: list  # words of which the record has none, where nothing is found
    querystring: str
    literal: str  # the query string that asks for what was typed and nothing else

    @property
    def has_none_at_all(self):
        return all(tab.count == 0 for tab in self.tabs)

    @property
    def is_list_cut(self):
        return len(self.entries) == LISTED

    @property
    def shorter(self):
        """[(word, query string without it)] of a question of several words."""
        spans = names.spans(self.question.text)
        if not 1 < len(spans) <= MANY or '"' in self.question.text:
            return []
        text = self.question.text
        return [
            (text[start:end], urlencode({"q": " ".join(f"{text[:start]}{text[end:]}".split())}))
            for start, end, _words in spans
        ]


def results(question, kind="all", after=None, *, is_literal=False):
    """The Results of a question, in other words where the record has none of its own, unless that is not wanted.

    Eight queries at most; where nothing is found, a few more for other words and for what has those.
    """
    typed, found, instead = question, _found(question), None
    if not is_literal and found.is_nothing:
        question, found, instead = _mended(question, found)
    terms = [*question.terms, *_names_instead(found.known)]
    page = _page(question, kind, after)
    hits = _claim_hits(page.rows, terms) if kind == "claims" else _incident_hits(page.rows, terms, found.known)
    return Results(
        question=question,
        kind=kind,
        tabs=_tabs(question, kind, found.counts, is_literal),
        entries=_listed(found.known, kind),
        hits=hits,
        after=page.after,
        instead=instead,
        absent=spelling.absent(question) if found.is_nothing else [],
        querystring=_query(question, kind, is_literal),
        literal=_query(typed, kind, is_literal=True),
    )


def address_of(uid):
    """The address of the public thing with this uid, be it what it may; None without one.

    One query, and one more where an actor, a place or a source has it.
    """
    rows = Edition.objects.filter(subject=Subject.INCIDENT, subject_uid=uid).order_by()
    arms = [
        model.objects.filter(uid=uid).order_by().values_list(Value(kind))
        for kind, model in (
            ("claim", PublishedClaim),
            ("claim", DepartedClaim),
            (entries.ACTOR, Actor),
            (entries.PLACE, Location),
            (entries.SOURCE, Source),
        )
    ]
    kinds = {kind for (kind,) in rows.values_list(Value("incident")).union(*arms)}
    for kind in ("incident", "claim"):
        if kind in kinds:
            return reverse(kind, args=[uid])
    row = entries.of_uid(kinds, uid)
    return row and row.get_absolute_url()


@dataclass(frozen=True)
class _Found:
    known: list
    counts: dict

    @property
    def is_nothing(self):
        return not any(self.counts.values())


def _mended(question, found):
    """(question, what was found, Mended) in other words, if those find something; as they were, and None, otherwise."""
    instead = spelling.mended(question)
    if instead is None:
        return question, found, None
    other = asked(instead.text)
    found_instead = _found(other)
    return (question, found, None) if found_instead.is_nothing else (other, found_instead, instead)


def _found(question):
    known = entries.known(question.candidates)
    incidents, claims = matching.counts(question)
    counts = {"incidents": incidents, "claims": claims}
    counts |= {kind: sum(one.register == register for one in known) for kind, register in REGISTERS.items()}
    return _Found(known, counts)


def _page(question, kind, after):
    if kind == "claims":
        return matching.claims(question, ROWS, after)
    if kind in REGISTERS:
        return matching.Page([], None)
    return matching.incidents(question, ROWS, after)


def _tabs(question, kind, counts, is_literal):
    counts = {"all": sum(counts.values())} | counts
    return [
        Tab(code, label, counts[code], f"?{_query(question, code, is_literal)}", code == kind)
        for code, label in KINDS.items()
    ]


def _query(question, kind, is_literal):
    query = (
        {"q": question.text} | ({"type": kind} if kind != "all" else {}) | ({"as_typed": "yes"} if is_literal else {})
    )
    return urlencode(query)


def _listed(known, kind):
    if kind == "all":
        return known[:CARDS]
    return [one for one in known if one.register == REGISTERS.get(kind)][:LISTED]


def _names_instead(known):
    """Terms for the other names of what was asked for by its whole name: a text may call it by one of those."""
    exact = [one for one in known if one.is_exact and one.register != entries.SOURCE and not one.is_by_metonym]
    if not exact:
        return []
    return [Term(tuple(words), is_exact=True) for _uid, words in entries.other_names(exact)]


def _incident_hits(rows, terms, known):
    told = {}
    claims = PublishedClaim.objects.filter(incident__in=[row.pk for row in rows]).order_by("incident", "position")
    for uid, incident, claimant, body in claims.values_list("uid", "incident", "claimant", "body") if rows else ():
        told.setdefault(incident, []).append((uid, claimant, json.loads(body)))
    return [_incident_hit(row, told.get(row.pk, []), terms, known) for row in rows]


def _incident_hit(row, told, terms, known):
    texts = [snippets.Text(row.summary, what=_("Summary"))]
    texts += [text for uid, _claimant, body in told for text in _texts_of_claim(uid, body)]
    texts += [snippets.Text(row.place_shown, what=_("Place")), snippets.Text(row.date_shown, what=_("Date"))]
    title, snippet = snippets.marked(row.title, terms), snippets.best(texts, terms)
    is_shown = snippet or any(piece.is_hit for piece in title)
    return Hit(row, title, snippet, () if is_shown else _through(row, told, known))


def _texts_of_claim(uid, body):
    """The words of a claim as the index has them: what was found must be seen in them."""
    without_parties = body | {"lines": [line | {"party": None} for line in body["lines"]]}
    with tongue.english():
        value = wording.value(without_parties, {}) if body["lines"] or body["code"] else body["text"]
    found = [
        snippets.Text(value, what=_("Claim"), claim=uid),
        snippets.Text(body["claimant_text"], what=_("Claimant"), claim=uid),
    ]
    for cited in body["citations"]:
        found.append(snippets.Text(cited["excerpt"], cited["excerpt_language"], _("Quoted"), uid))
        found.append(snippets.Text(cited["translation"], what=_("Translation"), claim=uid))
    return [text for text in found if text.text]


def _through(row, told, known):
    """The entries found that the incident names: the actors of its claims, and the places around it."""
    actors = {slug for _uid, _claimant, body in told for slug in (body["claimant"], body["actor"]) if slug}
    places = {row.location_id, row.district_id, row.province_id, row.country_id}
    return tuple(
        one.row.name
        for one in known
        if (one.register == entries.ACTOR and one.row.slug in actors)
        or (one.register == entries.PLACE and one.row.pk in places)
    )[:CARDS]


def _claim_hits(rows, terms):
    return [
        Hit(
            row,
            title=snippets.marked(f"{line['claimant']}: {line['words']}", terms),
            snippet=snippets.best(_texts_of_claim("", json.loads(row.body)), terms),
            line=line | {"uid": uids.parse(line["uid"])},
        )
        for row, line in zip(rows, claim_lines.read(rows), strict=True)
    ]
