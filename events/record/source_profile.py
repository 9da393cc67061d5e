"""What the page of a source shows: what became of the claims it documents, and whom it lets speak."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from events.choices import Relay
from events.models.actor import Actor
from events.models.edition import PublishedCitation, PublishedClaim
from events.record import charts, claim_lines, registers, statistics, statistics_time
from events.record.selection import Selection

CLAIMANTS = 10  # on the page
FIRST = 8  # claims of a document that stand open


@dataclass(frozen=True)
class Fate:
    """What became of the public claims that a source documents; every one was accepted.

    `contested` stand against another claim, `alone` rest on documents of this source and no other.
    """

    accepted: int
    behind_headlines: int
    contested: int
    retracted: int
    superseded: int
    alone: int

    @property
    def rows(self):
        """[{"label", "number", "part"}] of the table; `part` is the share of the accepted, None without any."""
        told = (
            (_("accepted and shown"), self.accepted),
            (_("able to stand behind a headline"), self.behind_headlines),
            (_("contested by another public claim"), self.contested),
            (_("replaced by a later claim of the same claimant"), self.superseded),
            (_("retracted by the claimant or the source"), self.retracted),
            (_("documented by this source and no other"), self.alone),
        )
        return [
            {"label": label, "number": number, "part": number / self.accepted if self.accepted else None}
            for label, number in told
        ]


@dataclass(frozen=True)
class Carried:
    """Claims of one claimant that the source documents; `actor` is None for people named only in words."""

    actor: Actor | None
    claims: int


def found(slug):
    """The source of the record, with `owner_known`; None without one. One query."""
    known = registers.sources().filter(slug=slug).select_related("owner")
    return known.annotate(owner_known=Exists(registers.actors().filter(pk=OuterRef("owner")))).first()


def of(source, documents):
    """Everything of the page, with one page of the source's documents (rows of registers.documents_of). Seven queries."""
    selection = Selection.about(source=source)
    over_time = statistics_time.over_time(selection, statistics.by_dates(selection.queryset()))
    rows = registers.incidents_documented_by(source)
    return {
        "source": source,
        "selection": selection,
        "timeline": reverse("timeline"),
        "over_time": over_time,
        "chart": charts.histogram(over_time, reverse("timeline")),
        "fate": _fate(source),
        "carried": _carried(source),
        "carried_most": CLAIMANTS,
        "alone_query": selection.narrowed(sources="one"),
        **_incidents(rows),
        **_citations(source),
        "documents": _documents(source, documents),
    }


def _claims(source):
    return PublishedClaim.objects.filter(
        pk__in=PublishedCitation.objects.filter(source=source).values("claim")
    ).order_by()


def _fate(source):
    elsewhere = PublishedCitation.objects.filter(claim=OuterRef("pk")).exclude(source=source)
    return Fate(
        **_claims(source)
        .annotate(is_elsewhere=Exists(elsewhere))
        .aggregate(
            accepted=Count("pk"),
            behind_headlines=Count("pk", filter=Q(is_eligible=True)),
            contested=Count("pk", filter=Q(is_contested=True)),
            retracted=Count("pk", filter=Q(is_retracted=True)),
            superseded=Count("pk", filter=Q(is_superseded=True)),
            alone=Count("pk", filter=Q(is_elsewhere=False)),
        )
    )


def _carried(source):
    """List of Carried, the most claims first; one query, and one for the actors."""
    groups = list(
        _claims(source).values_list("claimant").annotate(number=Count("pk")).order_by("-number", "claimant__name")
    )[:CLAIMANTS]
    actors = registers.actors().in_bulk([pk for pk, _ in groups if pk])
    return [Carried(actors.get(pk), number) for pk, number in groups]


def _incidents(rows):
    return rows.aggregate(
        incidents_total=Count("pk"),
        incidents_alone=Count("pk", filter=Q(sources_count=1)),
    )


def _citations(source):
    """How its documents stand to the words they tell of, and the languages of what was excerpted. One query."""
    groups = (
        PublishedCitation.objects.filter(source=source)
        .order_by()
        .values_list("relay", "language")
        .annotate(number=Count("pk"))
    )
    relays, languages = {}, {}
    for relay, language, number in groups:
        relays[relay] = relays.get(relay, 0) + number
        languages[language] = languages.get(language, 0) + number
    return {
        "citations_total": sum(relays.values()),
        "relays": [
            (_(code.label), relays[code], code.help_text and _(code.help_text)) for code in Relay if code in relays
        ],
        "languages": sorted(languages.items(), key=lambda pair: (-pair[1], pair[0])),
    }


def _documents(source, documents):
    """The documents, each with the claims it documents: the `first` few, and `more`. Two queries."""
    citations = list(registers.citations_of(source, [document["document_uid"] for document in documents]))
    by_document = {}
    lines = claim_lines.read([citation.claim for citation in citations])
    for citation, line in zip(citations, lines, strict=True):
        by_document.setdefault(citation.document_uid, {})[line["uid"]] = line
    found = []
    for document in documents:
        cited = list(by_document.get(document["document_uid"], {}).values())
        found.append(document | {"first": cited[:FIRST], "more": cited[FIRST:]})
    return found
