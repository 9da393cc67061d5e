"""The pages on which editors judge claims: each with its words, its rivals, and the form to decide it with."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from events import access, uids
from events.choices import EditionKind, Verdict
from events.desk import comparing, dossier, duplicates, lints, presence, queues, quotes
from events.desk.forms.manners import problems
from events.desk.forms.review import DecideForm
from events.desk.views import discussion
from events.desk.views.doors import ABSENT
from events.models.claim import Citation, Claim
from events.models.edition import Edition, Subject
from events.press import editions


@dataclass
class Card:
    claim: Claim
    rivals: list  # other claims on the same aspect
    form: DecideForm | None  # None when it is decided, or the person may not decide it
    is_own: bool  # written or rewritten by the person
    shows_reliability: bool  # the source's grade must not colour the grade of the claim, so it comes afterwards
    can_edit: bool
    can_reopen: bool

    @property
    def problems(self):
        """What is wrong with the form as it was sent, for its summary."""
        return problems(self.form) if self.form is not None else []

    @property
    def comparison(self):
        return comparing.beside(self.claim, self.rivals)


@dataclass(frozen=True)
class Quote:
    """A citation with the place of its excerpt in the captured text; None where there is no text, or no such place."""

    citation: Citation
    is_captured: bool
    context: quotes.Context | None


def cards(claims, *, user, form=None, judged=None):
    """List of Card, undecided ones first; `form` is the refused one of the claim `judged`."""
    claims = list(claims.prefetch_related("reviews__reviewer"))
    made = [_card(claim, claims, user, form if judged and claim.pk == judged.pk else None) for claim in claims]
    return sorted(made, key=lambda card: card.claim.verdict != Verdict.PENDING)


def _card(claim, claims, user, refused):
    is_open = claim.verdict == Verdict.PENDING
    form = None
    if is_open and access.can_decide_claim(user, claim):
        form = refused or DecideForm.of(claim)
    return Card(
        claim=claim,
        rivals=[other for other in claims if other.aspect == claim.aspect and other.pk != claim.pk],
        form=form,
        is_own=user.pk in claim.authors,
        shows_reliability=not is_open,
        can_edit=access.can_edit_claim(user, claim),
        can_reopen=not is_open and access.can_judge(user),
    )


def address(claim):
    """Where the claim is judged: on its relation's page, or on the review page of its incident."""
    if claim.relation is not None:
        return reverse("desk-relation", args=[claim.relation.uid]) + f"#claim-{claim.uid}"
    incident = claim.incident or claim.link.from_incident
    return reverse("desk-review", args=[incident.uid]) + f"?claim={claim.uid}"


def onwards(claim, user):
    """Where a person goes who has just decided this claim.

    To the next claim that waits for them on the same page; without one to publishing, if nothing stands against that;
    else to what comes next in the queue.
    """
    if waiting := dossier.next_to_decide(claim, user):
        return address(waiting)
    if claim.relation is not None:
        return reverse("desk-relation", args=[claim.relation.uid])
    incident = claim.incident or claim.link.from_incident
    incident.refresh_from_db()
    if not editions.difficulties(incident, user):
        return reverse("desk-incident-publish", args=[incident.uid])
    following = queues.next_after(incident, user)
    return reverse("desk-review", args=[following.uid]) if following else reverse("desk-queue")


def page_with(request, claim, form, *, status):
    """The page of the claim with its refused form; status 409 when somebody else has decided it meanwhile."""
    status = status if claim.verdict == Verdict.PENDING else 409
    if claim.relation is not None:
        access.require_undecided(claim)
        return relation_page(request, claim.relation, form=form, judged=claim, status=status)
    return review_page(request, claim.incident or claim.link.from_incident, form=form, judged=claim, status=status)


def relation_page(request, relation, *, form=None, judged=None, status=200):
    claims = relation.claims.with_everything().select_related("relation")
    made = list(Edition.objects.of(Subject.RELATION, relation.uid)[:20])
    context = {
        "relation": relation,
        "cards": cards(claims, user=request.user, form=form, judged=judged),
        "editions": made,
        "is_public": bool(made) and made[0].kind == EditionKind.PUBLISHED,
        "refused": form,
        "judged": judged,
    }
    return render(request, "desk/registers/relation.html", context, status=status)


def review_page(request, incident, *, asked=None, form=None, judged=None, status=200):
    """The claims of the incident in one list, and one of them at hand: the one asked for, or the first that waits."""
    claims = dossier.claims_to_judge(incident)
    at_hand = judged or _at_hand(claims, asked, request.user)
    claim = next((row for row in claims if at_hand and row.pk == at_hand.pk), None)
    found = lints.of(incident)
    context = {
        "incident": incident,
        "claims": [(row, sum(row.shown_uid in lint.claims for lint in found)) for row in claims],
        "at_hand": claim,
        "lints": [lint for lint in found if not lint.claims],
        "difficulties": editions.difficulties(incident, request.user),
        "duplicates": duplicates.unexplained(incident, request.user),
        "returned": dossier.reviews_of(incident)[:5],
        "following": queues.next_after(incident, request.user),
        "others": presence.others(incident, request.user),
        **discussion.section(incident, request.user, on="review"),
    }
    if claim is not None:
        context |= _about(claim, claims, form, request.user)
        context["checks"] = [lint for lint in found if claim.shown_uid in lint.claims]
    return render(request, "desk/review/review.html", context, status=status)


def _at_hand(claims, asked, user):
    """The claim with the uid that was asked for; else the first that the person may decide; else the first."""
    if asked is not None:
        uid = uids.parse(asked)
        found = next((claim for claim in claims if claim.uid == uid), None)
        if found is None:
            raise Http404(str(ABSENT))
        return found
    waiting = (claim for claim in claims if claim.verdict == Verdict.PENDING and access.can_decide_claim(user, claim))
    return next(waiting, claims[0] if claims else None)


def _about(claim, claims, refused, user):
    """What stands beside the claim at hand."""
    place = claims.index(claim)
    return {
        "card": _card(claim, claims, user, refused),
        "quotes": _quotes(claim),
        "before": claims[place - 1] if place else None,
        "after": claims[place + 1] if place + 1 < len(claims) else None,
        "number": place + 1,
        "here": [other for other in claims if other.pk != claim.pk and claim.is_by_claimant_of(other)],
        "elsewhere": dossier.same_claimant(claim, user),
        # Somebody else decided it first: what was typed has no form any more, and must not be lost.
        "unsent": refused["rationale"].value() if refused is not None and claim.verdict != Verdict.PENDING else "",
    }


def _quotes(claim):
    texts = dossier.captured_texts(claim)
    return [
        Quote(citation, bool(text), quotes.in_context(citation.excerpt, text))
        for citation in claim.citations.all()
        for text in (texts[citation.document_id],)
    ]
