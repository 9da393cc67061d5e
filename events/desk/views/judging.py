"""What an editor sees of each claim to judge it: its words, its rivals, and the form to decide it with."""

from dataclasses import dataclass

from events import access
from events.choices import Verdict
from events.desk.forms.manners import problems
from events.desk.forms.review import DecideForm
from events.models.claim import Claim


@dataclass
class Card:
    claim: Claim
    rivals: list  # other claims on the same aspect
    form: DecideForm | None  # None when it is decided, or the person may not decide it
    is_own: bool
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
        is_own=claim.created_by_id == user.pk,
        shows_reliability=not is_open,
        can_edit=access.can_edit_claim(user, claim),
        can_reopen=not is_open and access.can_judge(user),
    )
