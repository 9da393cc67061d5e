"""The pages on which editors judge claims: each with its words, its rivals, and the form to decide it with."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse

from events import access
from events.choices import EditionKind, Verdict
from events.desk import dossier, duplicates, lints
from events.desk.forms.manners import problems
from events.desk.forms.review import DecideForm
from events.models.claim import Claim
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
        is_own=user.pk in (claim.created_by_id, claim.edited_by_id),
        shows_reliability=not is_open,
        can_edit=access.can_edit_claim(user, claim),
        can_reopen=not is_open and access.can_judge(user),
    )


def address(claim):
    """Where the claim is judged: on its relation's page, or on the review page of its incident."""
    if claim.relation is not None:
        return reverse("desk-relation", args=[claim.relation.uid])
    return reverse("desk-review", args=[(claim.incident or claim.link.from_incident).uid])


def page_with(request, claim, form, *, status):
    """The page of the claim with its refused form, which has no place there once the claim is decided."""
    access.require_undecided(claim)
    if claim.relation is not None:
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


def review_page(request, incident, *, form=None, judged=None, status=200):
    given = {"user": request.user, "form": form, "judged": judged}
    own = cards(incident.claims.with_everything(), **given)
    of_links = cards(dossier.claims_on_links_of(incident), **given)
    context = {
        "incident": incident,
        "cards": own,
        "link_cards": of_links,
        "undecided": [card for card in (*own, *of_links) if card.claim.verdict == Verdict.PENDING],
        "difficulties": editions.difficulties(incident, request.user),
        "lints": lints.of(incident),
        "duplicates": duplicates.unexplained(incident, request.user),
        "returned": dossier.reviews_of(incident)[:5],
        "refused": form,
        "judged": judged,
    }
    return render(request, "desk/review/review.html", context, status=status)
