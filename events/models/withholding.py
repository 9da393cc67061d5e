"""Which editions are withheld: one that was made for somebody's privacy takes those before it out of sight."""

from django.db.models import Q

from events.choices import EditionKind, EditionReason
from events.models.edition import Edition


def withheld_below(found):
    """The number of the last edition made for somebody's privacy (0 if none): earlier ones are listed, not shown.

    Showing them would undo what that edition was made for; their hashes stay, so that copies can be verified. What a
    subject said before it was merged into another is withheld as well, once its survivor gets such an edition.
    """
    return withheld_below_each({"": found})[""]


def withheld_below_each(histories, model=Edition):
    """Key → that number, for key → editions of one subject. One query per step of the longest way of merges.

    A migration gives the `model` of its own time.
    """
    last = {key: max(found, key=lambda edition: edition.number) for key, found in histories.items()}
    private_since = _private_since([edition for edition in last.values() if edition.kind == EditionKind.MERGED], model)
    return {
        key: last[key].number
        if last[key].pk in private_since
        else max((edition.number for edition in found if edition.reason == EditionReason.PRIVACY), default=0)
        for key, found in histories.items()
    }


def withheld(chosen):
    """Set of the primary keys of those editions, of whatever subjects, that are listed and no longer shown.

    One query, and one per step of the longest way of merges among their subjects.
    """
    histories = {}
    for edition in _editions_of({_key(edition) for edition in chosen}, Edition).order_by("pk"):
        histories.setdefault(_key(edition), []).append(edition)
    hidden = withheld_below_each(histories)
    return {edition.pk for edition in chosen if edition.number < hidden[_key(edition)]}


def _key(edition):
    return edition.subject, edition.subject_uid


def _editions_of(keys, model):
    """Those of the subjects of these keys. Both columns are named, so that the index of numbers is used."""
    subjects, uids = {subject for subject, _ in keys}, {uid for _, uid in keys}
    return model.objects.filter(subject__in=subjects, subject_uid__in=uids)


def _private_since(merged, model):
    """Primary keys of those merged editions whose survivor, directly or in turn, got an edition for privacy later."""
    found, seen = set(), {edition.pk: {_key(edition)} for edition in merged}
    waiting = {edition.pk: (edition.subject, edition.merged_into_uid) for edition in merged}
    telling = Q(reason=EditionReason.PRIVACY) | Q(kind=EditionKind.MERGED)
    while waiting:
        survivors = _editions_of(set(waiting.values()), model).filter(telling)
        by_key = {}
        for edition in survivors.order_by("-number"):
            by_key.setdefault(_key(edition), []).append(edition)
        further = {}
        for pk, key in waiting.items():
            seen[pk].add(key)
            if any(one.pk > pk and one.reason == EditionReason.PRIVACY for one in by_key.get(key, ())):
                found.add(pk)
                continue
            on = next((one.merged_into_uid for one in by_key.get(key, ()) if one.kind == EditionKind.MERGED), None)
            if on and (key[0], on) not in seen[pk]:
                further[pk] = (key[0], on)
        waiting = further
    return found
