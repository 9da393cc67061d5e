"""Talking about an incident: saying something, settling it, rewriting what nobody has answered yet."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from events import access, names
from events.choices import IncidentStatus
from events.desk import mentions
from events.models.comment import Comment
from events.models.incident import Incident
from events.press import traces

SHOWN = 50  # comments of either kind that stand on the page of an incident


@dataclass(frozen=True)
class Discussion:
    """What stands on a page; `total` counts all comments, `resolved_total` those that are settled."""

    open: list
    resolved: list
    total: int
    resolved_total: int

    @property
    def not_shown(self):
        return self.total - len(self.open) - len(self.resolved)


def on(incident, user):
    """The newest comments on the incident, in the order they were made; each knows whether the person may rewrite it."""
    counted = incident.comments.counted()
    is_open = incident.comments.unresolved()
    shown = [_newest(rows, incident, user) for rows in (is_open, incident.comments.filter(resolved_at__isnull=False))]
    return Discussion(*shown, total=counted["total"], resolved_total=counted["resolved"])


def all_on(incident):
    """Every comment on the incident, open ones first, each group in the order they were made."""
    return _with_answers(incident.comments.with_people()).order_by(
        Exists(Comment.objects.filter(pk=OuterRef("pk"), resolved_at__isnull=False)), "pk"
    )


def prepared(comments, incident, user):
    """The comments as a list; each knows whether the person may rewrite it."""
    comments = list(comments)
    for comment in comments:
        comment.incident = incident
        comment.can_be_rewritten = access.can_rewrite_comment(user, comment) and not comment.has_answer
    return comments


@transaction.atomic
def say(incident, *, by, text, claim=None):
    """Comment on an incident, or on one of its claims. People named as “@name” find it in their digest."""
    access.require_discuss(by, incident)
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    access.require_discuss(by, incident)
    if incident.status == IncidentStatus.MERGED:
        raise ValidationError(_("This incident was merged into another one; its discussion goes on there."))
    comment = Comment(incident=incident, claim=claim, created_by=by, text=names.clean(text))
    people = _people(comment)
    comment.full_clean()
    comment.save()
    comment.mentions.set(people)
    traces.created(comment, by=by, mentions=_keys(people))
    return comment


@transaction.atomic
def rewrite(comment, *, by, text):
    """Change one's own words, as long as nobody else has answered and nobody has resolved them."""
    comment = _locked(comment)
    access.require_rewrite_comment(by, comment)
    if _answers(comment.incident_id, comment.claim_id or 0, comment.pk, comment.created_by_id).exists():
        raise ValidationError(_("Somebody has answered meanwhile, so these words stay; write a new comment."))
    before, told = traces.snapshot(comment), _keys(comment.mentions.all())
    text = names.clean(text)
    if text == comment.text:
        return comment
    comment.text, comment.rewritten_at = text, timezone.now()
    people = _people(comment)
    traces.save_changed(comment, before, by=by, mentions=(told, _keys(people)))
    comment.mentions.set(people)
    return comment


@transaction.atomic
def resolve(comment, *, by):
    """Note that what a comment asks is settled. Whoever discusses the incident may."""
    comment = _locked(comment)
    access.require_discuss(by, comment.incident)
    if comment.is_resolved:
        raise ValidationError(_("%(person)s has resolved this comment already.") % {"person": comment.resolved_by})
    before = traces.snapshot(comment)
    comment.resolved_at, comment.resolved_by = timezone.now(), by
    return traces.save_changed(comment, before, by=by)


@transaction.atomic
def reopen(comment, *, by):
    """Note that a resolved comment is not settled after all."""
    comment = _locked(comment)
    access.require_discuss(by, comment.incident)
    if not comment.is_resolved:
        raise ValidationError(_("This comment is open already."))
    before = traces.snapshot(comment)
    comment.resolved_at = comment.resolved_by = None
    return traces.save_changed(comment, before, by=by)


def _newest(rows, incident, user):
    newest = list(_with_answers(rows.with_people()).order_by("-pk")[:SHOWN])
    return prepared(reversed(newest), incident, user)


def _with_answers(rows):
    about = Coalesce(OuterRef("claim"), Value(0))
    return rows.annotate(
        has_answer=Exists(_answers(OuterRef("incident"), about, OuterRef("pk"), OuterRef("created_by")))
    )


def _answers(incident, about, after, author):
    """Later comments by others on the same claim, or (0) on the incident as a whole."""
    same = Comment.objects.annotate(about=Coalesce("claim", Value(0))).filter(incident=incident, about=about)
    return same.filter(pk__gt=after).exclude(created_by=author)


def _people(comment):
    if len(mentions.names_in(comment.text)) > mentions.MOST:
        raise ValidationError(
            {"text": _("A comment names at most %(most)s people; name fewer.") % {"most": mentions.MOST}}
        )
    return mentions.people_in(comment.text, comment.incident)


def _keys(people):
    return sorted(person.pk for person in people)


def _locked(comment):
    """The comment as it is now, locked after its incident, as every verb does."""
    Incident.objects.select_for_update().get(pk=comment.incident_id)
    rows = Comment.objects.select_for_update(of=("self",))
    return rows.select_related("incident", "claim__link", "resolved_by").get(pk=comment.pk)
