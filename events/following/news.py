"""Which editions are news to a saved selection: those of incidents that fit it, and of those that left it."""

from django.db.models import Count, Exists, Min, OuterRef, Q

from events.choices import EditionKind
from events.models.edition import Edition, Subject
from events.models.following import FollowedIncident
from events.record.selection import Selection
from events.record.sequence import SETTLED, latest

SMALL = 2_000  # incidents; of wider selections it is not noted what fitted


def settled(now):
    """The position up to which nothing is still to come.

    Two editions made at once may become visible in the other order on PostgreSQL, so nothing is told that is younger
    than SETTLED; whoever told the higher one at once would never see the lower one.
    """
    young = Edition.objects.filter(published_at__gt=now - SETTLED).aggregate(first=Min("pk"))["first"]
    return young - 1 if young else latest()


def read(saved):
    """The selections of several saved ones, in their order. The same few queries however many they are."""
    return Selection.several([row.query for row in saved])


def fitting(saved, selection):
    """Q over editions: of incidents that fit now, or are known to have fitted before.

    Of a selection that is too wide for that to be noted, every edition by which any incident left the record. What is
    asked is asked of each edition, so that it costs as much as there are new ones, however wide the selection is.
    """
    left = Q(kind__in=(EditionKind.WITHDRAWN, EditionKind.MERGED))
    if not saved.is_wide:
        left = Q(Exists(FollowedIncident.objects.filter(saved=saved.pk, uid=OuterRef("subject_uid"))))
    fits = Exists(selection.queryset().filter(uid=OuterRef("subject_uid")))
    return Q(subject=Subject.INCIDENT) & (Q(fits) | left)


def since(saved, selection, *, after, until):
    """The editions that are news above `after` up to `until`, oldest first."""
    return Edition.objects.filter(fitting(saved, selection), pk__gt=after, pk__lte=until).order_by("pk")


def counts(saved, selections):
    """List of how many editions are news since each person looked, in the order given. One query."""
    if not saved:
        return []
    lowest = min(row.seen_sequence for row in saved)
    found = Edition.objects.filter(pk__gt=lowest).aggregate(
        **{
            f"n{place}": Count("pk", filter=Q(pk__gt=row.seen_sequence) & fitting(row, selection))
            for place, (row, selection) in enumerate(zip(saved, selections, strict=True))
        }
    )
    return [found[f"n{place}"] for place in range(len(saved))]


def remember(saved, selection):
    """Note the incidents that fit now beside those that ever did; give that up beyond SMALL. The row is not saved here."""
    if saved.is_wide:
        return
    found = set(selection.queryset().values_list("uid", flat=True)[: SMALL + 1])
    known = set(saved.followed.values_list("uid", flat=True))
    saved.is_wide = len(found | known) > SMALL
    if saved.is_wide:
        saved.followed.all().delete()
    else:
        FollowedIncident.objects.bulk_create(FollowedIncident(saved=saved, uid=uid) for uid in sorted(found - known))
