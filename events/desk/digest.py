"""What happened around a person's work since they last said that they had seen it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import access
from events.desk import digest_parts
from events.desk.digest_parts import PARTS, Item
from events.models.visit import DeskVisit

MOST = 50  # items of one digest
# A write that is under way when the digest is made carries an earlier moment than its commit. So the mark lies this
# far back, and what was shown beyond it is noted one by one: nothing is lost, and nothing is told twice.
OVERLAP = timedelta(minutes=1)


@dataclass(frozen=True)
class Group:
    heading: str
    items: list
    more: int  # how many further ones there are


@dataclass(frozen=True)
class Digest:
    """`until` is the mark that “Seen” sets, `beyond` what is shown although it is younger: "comments:12"."""

    since: datetime
    until: datetime
    is_first: bool
    groups: list
    submitted: int  # incidents that came in for review; for editors, else 0
    beyond: list

    @property
    def is_empty(self):
        return not self.groups and not self.submitted


def made_for(person):
    """The Digest of a person of the desk: at most MOST items, newest first in each group, in constant queries."""
    visit = DeskVisit.objects.filter(person=person).first()
    since = visit.seen_until if visit else person.date_joined
    until = max(since, timezone.now() - OVERLAP)
    seen = visit.beyond if visit else {}
    found = [_Found(part, *_newest(part, person, since, seen.get(part.name, []))) for part in _parts_for(person)]
    youngest_first = sorted((item for one in found for item in one.items), key=lambda item: item.at, reverse=True)
    shown = set(youngest_first[:MOST])
    judges = access.can_judge(person)
    return Digest(
        since=since,
        until=until,
        is_first=visit is None,
        groups=[one.group(shown) for one in found if one.total],
        submitted=digest_parts.submitted_since(person, since) if judges else 0,
        beyond=[item.key for item in youngest_first[:MOST] if item.at > until],
    )


@transaction.atomic
def seen(*, by, until, beyond=()):
    """Note that the person has seen everything up to a moment, and these items beyond it. The mark never goes back.

    It is a private reading mark and no part of the record, so that it leaves no trace.
    """
    access.require_work(by)
    if until > timezone.now():
        raise ValidationError({"until": _("This moment has not come yet; open the page again.")})
    visit = DeskVisit.objects.select_for_update().filter(person=by).first()
    noted = _by_part(beyond)
    if visit is None:
        return DeskVisit.objects.create(person=by, seen_until=until, beyond=noted)
    if until - visit.seen_until < OVERLAP:  # what was noted before may still lie beyond the mark
        noted = {name: sorted({*noted.get(name, []), *visit.beyond.get(name, [])}) for name in {*noted, *visit.beyond}}
    visit.seen_until, visit.beyond = max(until, visit.seen_until), noted
    visit.full_clean()
    visit.save()
    return visit


@dataclass(frozen=True)
class _Found:
    part: digest_parts.Part
    items: list[Item]
    total: int

    def group(self, shown):
        items = [item for item in self.items if item in shown]
        return Group(self.part.heading, items, self.total - len(items))


def _parts_for(person):
    return [part for part in PARTS if access.can_judge(person) or not part.for_editors]


def _newest(part, person, since, seen_already):
    """(the newest MOST items of one part, how many there are in all)."""
    rows = part.rows(person).filter(**{f"{part.at}__gt": since}).exclude(pk__in=seen_already)
    rows = rows.order_by(f"-{part.at}", "-pk")
    newest = list(rows[: MOST + 1])
    total = rows.count() if len(newest) > MOST else len(newest)
    return [part.item(row, person) for row in newest[:MOST]], total


def _by_part(keys):
    """{"comments": [12]} of ["comments:12"]; what is no such key is left out."""
    known = {part.name for part in PARTS}
    found = {}
    for key in list(keys)[:MOST]:
        name, _, number = key.partition(":")
        if name in known and number.isdecimal() and len(number) < 19:
            found.setdefault(name, []).append(int(number))
    return found
