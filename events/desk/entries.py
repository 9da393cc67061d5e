"""One entry of a register with what hangs on it: how often it is claimed, cited, placed, and where that can be seen.

An analyst's figures count what they may see. Whatever the size of the register, a page asks the same few queries.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import access, locator, outlines
from events.choices import LEVEL_RANK, LocationLevel, Verdict
from events.desk.registers import grading
from events.models.actor import ActorRelation
from events.models.casualty import CasualtyLine
from events.models.claim import Citation, Claim
from events.models.edition import PublishedCitation, PublishedClaim, PublishedIncident, PublishedRelation
from events.models.incident import Incident
from events.models.source import Document, Source

MOST = 12  # rows of a list on the page of an entry; the number above it counts all
_ABOVE = {LocationLevel.COUNTRY: "country", LocationLevel.PROVINCE: "province", LocationLevel.DISTRICT: "district"}


@dataclass(frozen=True)
class Figure:
    """How much of something hangs on the entry, and where it can be looked at ("" where there is no such list)."""

    words: str
    number: int
    address: str = ""


@dataclass(frozen=True)
class Related:
    """A relation as seen from one of its two actors."""

    relation: ActorRelation
    other: object
    is_subject: bool  # whether this actor is the one of whom the relation is said
    published: PublishedRelation | None

    @property
    def is_changed(self):
        """Whether the desk says something else than the public edition."""
        ends = ("valid_from", "valid_until", "basis")
        return self.published is not None and any(
            getattr(self.relation, end) != getattr(self.published, end) for end in ends
        )


def of_actor(actor, user):
    made, named = _claims(user).filter(claimant=actor), _claims(user).filter(value_actor=actor)
    tolls = _claims(user).filter(pk__in=CasualtyLine.objects.filter(party=actor).values("claim"))
    about = Exists((made | named | tolls).filter(incident=OuterRef("pk")).order_by())
    incidents = _incidents(user).filter(about)
    public = PublishedIncident.objects.filter(Q(participants__actor=actor) | Q(claims__claimant=actor)).distinct()
    relations, sources = _relations(actor), Source.objects.filter(owner=actor, merged_into__isnull=True)
    in_public = public.count()
    known = in_public or any(one.published for one in relations)
    return {
        "relations": relations,
        "incidents": incidents[:MOST],
        "figures": [
            Figure(gettext("claims that it makes"), made.count()),
            Figure(gettext("claims that name it"), named.count()),
            Figure(gettext("claims with casualties on its side"), tolls.count()),
            Figure(gettext("incidents at the desk"), incidents.count(), "#incidents"),
            Figure(
                gettext("public incidents"), in_public, f"{reverse('timeline')}?actor={actor.slug}" if in_public else ""
            ),
            Figure(gettext("relations"), len(relations), "#relations"),
            Figure(gettext("sources that it runs"), sources.count()),
        ],
        "sources": sources.order_by("name", "pk")[:MOST],
        "public_address": actor.get_absolute_url() if known else "",
    }


def of_location(location, user):
    incidents = _incidents(user).filter(_within(location, "location"))
    public = PublishedIncident.objects.filter(_within(location, "location")).count()
    children, outline = location.children.filter(merged_into__isnull=True), outlines.of(location)
    return {
        "above": _above(location),
        "children": children.order_by("level", "name", "pk")[: 5 * MOST],
        "incidents": incidents[:MOST],
        "credit": outline.credit if outline else "",
        "svg": locator.svg_of(location, outline),
        "words": locator.words(location, outline),
        "figures": [
            Figure(gettext("places directly in it"), children.count(), "#children"),
            Figure(gettext("incidents at the desk, here or within"), incidents.count(), "#incidents"),
            Figure(
                gettext("public incidents, here or within"),
                public,
                f"{reverse('timeline')}?location={location.slug}" if public else "",
            ),
            Figure(gettext("claims that name it"), _claims(user).filter(value_location=location).count()),
        ],
        "public_address": location.get_absolute_url() if public else "",
    }


def of_source(source, user):
    documents = Document.objects.filter(source=source).without_text()
    cited = _claims(user).filter(Exists(Citation.objects.filter(claim=OuterRef("pk"), document__source=source)))
    decided = dict(cited.order_by().values_list("verdict").annotate(Count("pk")))
    contested = PublishedClaim.objects.filter(
        Exists(PublishedCitation.objects.filter(claim=OuterRef("pk"), source=source)),
        incident__contested_aspects__contains=Concat(Value("|"), F("aspect"), Value("|")),
    )
    listed = documents.annotate(cited=Count("citations__claim", distinct=True))
    return {
        "grades": grading.grades_of(source),
        "documents": listed.order_by("-published_start", "-pk")[:MOST],
        "figures": [
            Figure(
                gettext("documents"), documents.count(), f"{reverse('desk-documents')}?{urlencode({'q': source.name})}"
            ),
            Figure(gettext("claims that rest on it"), sum(decided.values())),
            *(Figure(str(words), decided.get(verdict, 0)) for verdict, words in _VERDICTS.items()),
            Figure(gettext("of the public ones on a contested point"), contested.count()),
        ],
        "public_address": source.get_absolute_url() if _is_cited(source) else "",
    }


def of_document(document, user):
    about = ("claim__incident", "claim__claimant", "claim__relation__subject", "claim__relation__object")
    citations = Citation.objects.filter(document=document, claim__in=_claims(user)).select_related(*about)
    return {
        "citations": citations.order_by("claim__incident__title", "claim__position", "pk")[: 5 * MOST],
        "derivatives": document.derivatives.without_text().select_related("source").order_by("pk")[:MOST],
        "figures": [
            Figure(gettext("citations"), citations.count(), "#citations"),
            Figure(gettext("documents derived from it"), document.derivatives.count()),
        ],
    }


def folded_into(entry):
    """Entries that were folded into this one, by name."""
    return entry.merged.order_by("name", "pk")


def stays(entry):
    """The entry that stands for this one in the end; itself where it was not folded."""
    seen = {entry.pk}
    while getattr(entry, "merged_into", None) is not None and entry.merged_into_id not in seen:
        entry = entry.merged_into
        seen.add(entry.pk)
    return entry


_VERDICTS = {
    Verdict.ACCEPTED: _("of them accepted"),
    Verdict.REJECTED: _("of them rejected"),
    Verdict.PENDING: _("of them waiting for a decision"),
    Verdict.NEEDS_CHANGES: _("of them sent back for changes"),
}


def _incidents(user):
    return Incident.objects.filter(access.visible_incidents(user)).order_by("-date_start", "-pk")


def _claims(user):
    """The claims that the person may see, be they about incidents, links or relations."""
    ends = (
        access.visible_incidents(user, "link__from_incident__"),
        access.visible_incidents(user, "link__to_incident__"),
    )
    seen = access.visible_incidents(user, "incident__") | Q(relation__isnull=False) | Q(*ends)
    return Claim.objects.filter(seen)


def _relations(actor):
    """List of Related, what holds now first. Two queries."""
    rows = list(
        ActorRelation.objects.filter(Q(subject=actor) | Q(object=actor))
        .select_related("subject", "object")
        .annotate(claims_count=Count("claims"))
        .order_by(F("valid_until").desc(nulls_first=True), "type", "subject__name", "object__name", "pk")
    )
    public = PublishedRelation.objects.in_bulk([row.uid for row in rows])
    return [
        Related(
            row,
            row.object if row.subject_id == actor.pk else row.subject,
            row.subject_id == actor.pk,
            public.get(row.uid),
        )
        for row in rows
    ]


def _within(location, path):
    """Q: at the place or anywhere in it; `path` leads to a place."""
    if column := _ABOVE.get(location.level):
        return Q(**{f"{path}__{column}": location})
    deeper = max(LEVEL_RANK.values()) - LEVEL_RANK[location.level]
    here = Q(**{path: location})
    for steps in range(1, deeper + 1):
        here |= Q(**{path + "__parent" * steps: location})
    return here


def _above(location):
    """The places in which it lies, coarse to fine."""
    found, place = [], location.parent
    while place is not None:
        found.insert(0, place)
        place = place.parent
    return found


def _is_cited(source):
    return PublishedCitation.objects.filter(source=source).exists()
