"""Adding, editing and judging claims."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from events import access, names
from events.choices import VAGUE_QUALIFIERS, Aspect, IncidentStatus, Qualifier, ReviewDecision, Verdict
from events.desk import quotes
from events.desk.problems import errors_under
from events.desk.stale import Stale
from events.models.actor import ActorRelation
from events.models.casualty import CasualtyLine
from events.models.claim import Citation, Claim, Review
from events.models.incident import Incident, IncidentLink
from events.press import conflicts, traces
from events.rules import dates

FIELDS = (
    "aspect",
    "stance",
    "claimant",
    "claimant_text",
    "attribution",
    "first_hand",
    "speech_act",
    "hedge",
    "preliminary",
    "asserted",
    "part",
    "value_actor",
    "value_location",
    "value_date",
    "value_code",
    "value_text",
    "scope",
    "exhaustive",
    "supersedes",
)
LINE_FIELDS = (
    "outcome",
    "category",
    "party",
    "demographic",
    "directness",
    "qualifier",
    "low",
    "best",
    "high",
    "open_upper",
)
CITATION_FIELDS = ("document", "excerpt", "excerpt_language", "translation", "locator", "relay")
OPEN_QUALIFIERS = (Qualifier.AT_LEAST, *VAGUE_QUALIFIERS)


@transaction.atomic
def add(subject, *, by, fields, lines=(), citations=()):
    """Add a claim to an incident, a relation or a link.

    `lines` and `citations` are lists of dicts with the names of the models' fields; a line's `subset_of` is the index
    of an earlier line. Errors in them are named "lines.0.low", "citations.1.excerpt".
    """
    access.require_work(by)
    claim = Claim(created_by=by, **_subject(subject))
    if claim.link is not None and not (claim.link.from_incident.is_open and claim.link.to_incident.is_open):
        raise ValidationError(_("The linked incidents are not both open any more."))
    if claim.incident is not None:
        claim.incident = Incident.objects.select_for_update().get(pk=claim.incident.pk)
        access.require_edit_incident(by, claim.incident)
        claim.position = (claim.incident.claims.aggregate(last=Max("position"))["last"] or 0) + 1
    _fill(claim, fields)
    claim.full_clean()
    _check_supersedes(claim)
    claim.save()
    traces.created(claim, by=by, lines=_write_lines(claim, lines), citations=_write_citations(claim, citations))
    _touch(claim)
    return claim


@transaction.atomic
def edit(claim, *, by, version, fields, lines, citations):
    """Rewrite a claim that is not decided, or that came back; one that came back waits for a decision again.

    An editor who rewrites somebody's claim becomes one of its authors and cannot decide it (I5).
    """
    claim = _locked(claim)
    access.require_edit_claim(by, claim)
    if claim.version != version:
        raise Stale(claim, {name: fields[name] for name in FIELDS if name in fields})
    before = traces.snapshot(claim)
    old = parts_of(claim)
    _fill(claim, fields)
    if by.pk != claim.created_by_id:
        claim.edited_by = by
        claim.rewriters = sorted({*claim.rewriters, by.pk})
    if claim.verdict == Verdict.NEEDS_CHANGES:
        claim.verdict, claim.decided_by, claim.decided_at = Verdict.PENDING.value, None, None
    _check_supersedes(claim)
    claim.lines.all().delete()
    claim.citations.all().delete()
    new = {"lines": _write_lines(claim, lines), "citations": _write_citations(claim, citations)}
    traces.save_changed(claim, before, by=by, **{name: (old[name], new[name]) for name in new})
    _touch(claim)
    return claim


@transaction.atomic
def remove(claim, *, by, version=None):
    """Take back a claim that nobody has decided yet; with a version, only if nobody has changed it meanwhile."""
    claim = _locked(claim)
    access.require_edit_claim(by, claim)
    if version is not None and claim.version != version:
        raise Stale(claim, {})
    if claim.superseded_by.exists():
        raise ValidationError(_("Another claim supersedes this one; take that back first."))
    if claim.reviews.exists():
        raise ValidationError(_("An editor has judged this claim; it stays, and can be changed or superseded."))
    _leave_to_incident(claim.comments.order_by("pk"), by)
    traces.removed(claim, by=by, **parts_of(claim))
    _touch(claim)
    claim.delete()


def parts_of(claim):
    """What hangs on the claim, as Change rows hold it: dict of its lines and its citations, in their order."""
    return {"lines": _held_lines(claim), "citations": _held_citations(claim)}


@transaction.atomic
def decide(claim, *, by, verdict, credibility=6, rationale="", version=None):
    """Accept, reject or ask for changes. Only a plain acceptance goes without a rationale; nobody decides their own."""
    claim = _locked(claim)
    access.require_decide_claim(by, claim)
    if version is not None and claim.version != version:
        raise Stale(claim, {"verdict": verdict, "credibility": credibility})
    if verdict not in (Verdict.ACCEPTED, Verdict.REJECTED, Verdict.NEEDS_CHANGES):
        raise ValidationError({"verdict": _("Accept the claim, reject it or ask for changes.")})
    if claim.incident is not None and claim.incident.status not in (IncidentStatus.SUBMITTED, IncidentStatus.PUBLISHED):
        raise ValidationError(_("The incident has not been submitted; its claims cannot be decided yet."))
    rationale = names.clean(rationale)
    if verdict != Verdict.ACCEPTED and not rationale:
        raise ValidationError({"rationale": _("Say why, so that the author can learn from it.")})
    if verdict == Verdict.ACCEPTED:
        _require_acceptable(claim)
    before = traces.snapshot(claim)
    claim.verdict, claim.credibility = verdict, credibility
    claim.decided_by, claim.decided_at = by, timezone.now()
    _review(claim, by=by, decision=verdict, credibility=credibility, rationale=rationale)
    traces.save_changed(claim, before, by=by, reliability_at_review=_keep_reliability(claim))
    conflicts.require_none_among(claim)
    _touch(claim)
    return claim


@transaction.atomic
def reopen(claim, *, by, rationale):
    """Put a decided claim back to pending, with the reason."""
    claim = _locked(claim)
    access.require_decide_claim(by, claim)
    if claim.verdict == Verdict.PENDING:
        raise ValidationError(_("This claim is not decided."))
    before = traces.snapshot(claim)
    claim.verdict, claim.decided_by, claim.decided_at = Verdict.PENDING.value, None, None
    _review(claim, by=by, decision=ReviewDecision.REOPENED, rationale=names.clean(rationale))
    traces.save_changed(claim, before, by=by)
    conflicts.require_none_among(claim)
    _touch(claim)
    return claim


@transaction.atomic
def retract(claim, *, by, on, rationale):
    """Note that the claimant or the source took the claim back on a day. It stays visible and counts no more."""
    claim = _locked(claim)
    access.require_decide_claim(by, claim)
    if claim.retracted_at is not None:
        raise ValidationError({"on": _("This claim was retracted on %(day)s already.") % {"day": claim.retracted_at}})
    if on.year < dates.FIRST_YEAR:
        raise ValidationError(
            {"on": _("%(day)s is too early; give the day on which it was taken back.") % {"day": on.isoformat()}}
        )
    before = traces.snapshot(claim)
    claim.retracted_at = on
    _review(claim, by=by, decision=ReviewDecision.RETRACTED, rationale=names.clean(rationale))
    traces.save_changed(claim, before, by=by)
    conflicts.require_none_among(claim)
    _touch(claim)
    return claim


def _subject(subject):
    kinds = {Incident: "incident", ActorRelation: "relation", IncidentLink: "link"}
    return {kinds[type(subject)]: subject}


def _leave_to_incident(comments, by):
    """What was said about a claim that is taken back stays in the discussion of the incident."""
    for comment in comments:
        before = traces.snapshot(comment)
        comment.claim = None
        traces.save_changed(comment, before, by=by)


def _touch(claim):
    if claim.incident is not None:
        traces.touch_incident(claim.incident)
    if claim.link is not None:
        traces.touch_incident(claim.link.from_incident)


def _fill(claim, fields):
    for name in FIELDS:
        if name in fields:
            value = fields[name]
            setattr(claim, name, names.clean(value) if isinstance(value, str) else value)


def _check_supersedes(claim):
    older = claim.supersedes
    if older is None:
        return
    same_subject = (older.incident_id, older.relation_id, older.link_id) == (
        claim.incident_id,
        claim.relation_id,
        claim.link_id,
    )
    if not same_subject or older.aspect != claim.aspect:
        raise ValidationError({"supersedes": _("A claim supersedes one on the same subject and aspect.")})
    if not older.is_by_claimant_of(claim):
        raise ValidationError(
            {
                "supersedes": _(
                    "A claimant supersedes what they said themselves; what somebody else said stands beside it."
                )
            }
        )
    seen = {claim.pk}
    while older is not None:
        if older.pk in seen:
            raise ValidationError({"supersedes": _("These claims would supersede each other in a circle.")})
        seen.add(older.pk)
        older = older.supersedes


def _require_acceptable(claim):
    """I1 and R1: words of a document stand behind it, and its claimant does not say something else at the same time."""
    citations = [citation for citation in claim.citations.select_related("document") if citation.excerpt]
    if not citations:
        raise ValidationError(_("An accepted claim needs a citation with an excerpt: the words it rests on."))
    for citation in citations:
        if not quotes.is_in(citation.excerpt, citation.document.captured_text):
            raise ValidationError(
                _("The excerpt “%(excerpt)s” is not in the captured text of its document.")
                % {"excerpt": citation.excerpt[:60]}
            )
    if keys := conflicts.with_others(claim):
        raise ValidationError(
            _(
                "%(who)s also says something else on this aspect (claim %(claims)s), and that is accepted. Let "
                "the newer claim supersede the older, or reject one (claimant_conflict)."
            )
            % {"who": claim.who, "claims": ", ".join(keys)}
        )


def _keep_reliability(claim):
    """Note how reliable each source is held to be on the day of the decision. Returns the letters before and after."""
    before, after = [], []
    for citation in claim.citations.select_related("document__source"):
        before.append(citation.reliability_at_review)
        citation.reliability_at_review = citation.document.source.reliability
        after.append(citation.reliability_at_review)
        citation.save(update_fields=["reliability_at_review"])
    return before, after


def _review(claim, *, by, decision, rationale, credibility=None):
    review = Review(claim=claim, reviewer=by, decision=decision, credibility=credibility, rationale=rationale)
    review.full_clean()
    review.save()


def _write_lines(claim, lines):
    if claim.aspect == Aspect.CASUALTIES and not lines:
        raise ValidationError({"lines": _("Give at least one line of the toll: an outcome, a category and a number.")})
    if claim.aspect != Aspect.CASUALTIES and lines:
        raise ValidationError({"lines": _("Only claims about casualties have a toll.")})
    written = []
    for number, given in enumerate(lines):
        line = CasualtyLine(
            claim=claim, position=number, **{name: given[name] for name in LINE_FIELDS if name in given}
        )
        if "open_upper" not in given:
            line.open_upper = line.qualifier in OPEN_QUALIFIERS
        with errors_under(f"lines.{number}"):
            line.subset_of = _larger_line(line, given.get("subset_of"), written)
            line.full_clean()
        line.save()
        written.append(line)
    return _held_lines(claim)


def _larger_line(line, index, written):
    """The earlier line that this one is part of. A subset has the outcome of its line and no larger numbers (I4)."""
    if index is None:
        return None
    if not 0 <= index < len(written):
        raise ValidationError({"subset_of": _("A subset names a line that stands before it.")})
    whole = written[index]
    if whole.outcome != line.outcome:
        raise ValidationError({"subset_of": _("A subset has the same outcome as the line it belongs to.")})
    limit = None if whole.open_upper else next((n for n in (whole.high, whole.best, whole.low) if n is not None), None)
    largest = max((n for n in (line.low, line.best, line.high) if n is not None), default=0)
    if limit is not None and largest > limit:
        raise ValidationError(
            {"subset_of": _("A part of %(limit)s cannot be %(largest)s.") % {"limit": limit, "largest": largest}}
        )
    return whole


def _write_citations(claim, citations):
    for number, given in enumerate(citations):
        values = {name: given[name] for name in CITATION_FIELDS if name in given}
        values = {name: names.clean(value) if isinstance(value, str) else value for name, value in values.items()}
        citation = Citation(claim=claim, position=number, **values)
        with errors_under(f"citations.{number}"):
            citation.full_clean()
        citation.save()
    return _held_citations(claim)


def _held_lines(claim):
    lines = list(claim.lines.all())
    order = {line.pk: number for number, line in enumerate(lines)}
    return [
        {name: getattr(line, f"{name}_id" if name == "party" else name) for name in LINE_FIELDS}
        | {"subset_of": order.get(line.subset_of_id)}
        for line in lines
    ]


def _held_citations(claim):
    return [
        {name: getattr(citation, f"{name}_id" if name == "document" else name) for name in CITATION_FIELDS}
        for citation in claim.citations.all()
    ]


def _locked(claim):
    """The claim as it is now, locked together with its incident so that two editors cannot pass each other."""
    if claim.incident_id:
        Incident.objects.select_for_update().get(pk=claim.incident_id)
    return Claim.objects.select_for_update(of=("self",)).select_related("incident", "claimant").get(pk=claim.pk)
