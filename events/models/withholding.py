"""Which editions are withheld: one that was made for somebody's privacy takes those before it out of sight."""

from django.db.models import Q

from events.choices import EditionKind, EditionReason
from events.models.edition import Edition, Subject


def withheld_below(found):
    """The number of the last edition made for somebody's privacy (0 if none): earlier ones are listed, not shown.

    Showing them would undo what that edition was made for; their hashes stay, so that copies can be verified. What an
    incident said before it was merged is withheld as well, once its survivor gets such an edition.
    """
    return withheld_below_each({"": found})[""]


def withheld_below_each(histories, model=Edition):
    """Key → that number, for key → editions of one incident. One query per step of the longest way of merges."""
    last = {key: max(found, key=lambda edition: edition.number) for key, found in histories.items()}
    private_since = _private_since([edition for edition in last.values() if edition.kind == EditionKind.MERGED], model)
    return {
        key: last[key].number
        if last[key].pk in private_since
        else max((edition.number for edition in found if edition.reason == EditionReason.PRIVACY), default=0)
        for key, found in histories.items()
    }


def _private_since(merged, model):
    """Primary keys of those merged editions whose survivor, directly or in turn, got an edition for privacy later."""
    found, seen = set(), {edition.pk: {edition.subject_uid} for edition in merged}
    waiting = {edition.pk: edition.merged_into_uid for edition in merged}
    telling = Q(reason=EditionReason.PRIVACY) | Q(kind=EditionKind.MERGED)
    while waiting:
        survivors = model.objects.filter(telling, subject=Subject.INCIDENT, subject_uid__in=set(waiting.values()))
        by_uid = {}
        for edition in survivors.order_by("-number"):
            by_uid.setdefault(edition.subject_uid, []).append(edition)
        further = {}
        for pk, uid in waiting.items():
            seen[pk].add(uid)
            if any(one.pk > pk and one.reason == EditionReason.PRIVACY for one in by_uid.get(uid, ())):
                found.add(pk)
                continue
            on = next((one.merged_into_uid for one in by_uid.get(uid, ()) if one.kind == EditionKind.MERGED), None)
            if on and on not in seen[pk]:
                further[pk] = on
        waiting = further
    return found
