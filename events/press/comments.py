"""The discussion goes where the claims go, when incidents are merged or parted again."""

from events.models.change import Change
from events.press import traces


def move(loser, survivor, *, by):
    """The whole discussion of a merged incident goes on at the one that stays. Call it when claims and links moved."""
    for comment in loser.comments.select_related("claim__link").order_by("pk"):
        _put(comment, survivor, by)


def give_back(loser, survivor, *, by):
    """The way back: what a merge brought returns, and so does what was said since of a claim that returned."""
    for comment in survivor.comments.select_related("claim__link").order_by("pk"):
        if _home(comment, loser) == loser.pk:
            _put(comment, loser, by)


def _home(comment, loser):
    """Primary key of the incident to which the comment belongs once the two are parted."""
    if comment.claim is not None:
        return comment.claim.incident_id or comment.claim.link.from_incident_id
    came = Change.objects.filter(model="comment", object_uid=comment.uid, field="incident_id").order_by("-pk").first()
    return loser.pk if came is not None and came.before == loser.pk else comment.incident_id


def _put(comment, incident, by):
    before = traces.snapshot(comment)
    comment.incident = incident
    traces.save_changed(comment, before, by=by)
