"""Accepting many claims of one import batch at once: with one grade, and one reason that stands in each trace."""

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events import access, names
from events.choices import Credibility, Verdict
from events.desk import claims as claim_verbs
from events.desk.stale import Stale


@transaction.atomic
def decide_many(claims, *, by, credibility, rationale):
    """Accept claims of the incidents of one import batch, each with its Review and its Change rows.

    All or nothing: raises ValidationError with the claim that stands in the way.
    """
    access.require_judge(by)
    claims = sorted(claims, key=lambda claim: (claim.incident_id or 0, claim.pk))  # locked in one order: no deadlock
    _require_one_batch(claims)
    rationale = names.clean(rationale)
    if not rationale:
        raise ValidationError(
            {"rationale": _("Say why these claims can be accepted together; it stands in each trace.")}
        )
    if credibility not in Credibility.LABELS:
        raise ValidationError({"credibility": _("Choose one grade, 1 to 6, for all these claims.")})
    return [_accept(claim, by=by, credibility=credibility, rationale=rationale) for claim in claims]


def _require_one_batch(claims):
    if not claims:
        raise ValidationError({"claims": _("Tick at least one claim.")})
    batches = {claim.incident.batch_id if claim.incident else None for claim in claims}
    if None in batches:
        raise ValidationError(
            {"claims": _("Only claims of imported incidents are accepted together; decide others singly.")}
        )
    if len(batches) > 1:
        raise ValidationError(
            {"claims": _("These claims come from different imports; accept those of one import at a time.")}
        )


def _accept(claim, *, by, credibility, rationale):
    try:
        if claim.verdict != Verdict.PENDING:
            raise ValidationError(_("It is decided already."))
        return claim_verbs.decide(
            claim,
            by=by,
            verdict=Verdict.ACCEPTED.value,
            credibility=credibility,
            rationale=rationale,
            version=claim.version,
        )
    except (ValidationError, PermissionDenied, Stale, ObjectDoesNotExist) as refusal:
        raise ValidationError(
            {
                "claims": _("%(claim)s (claim %(number)s): %(sentence)s")
                % {"claim": claim, "number": claim.shown_uid, "sentence": _sentence(refusal)}
            }
        ) from refusal


def _sentence(refusal):
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    if isinstance(refusal, PermissionDenied):
        return str(refusal)
    return _("Somebody changed or removed it meanwhile; open the page again.")
