"""Public rows that fit what somebody asked for: claims, editions, and entries of the registers."""

from django.db.models import Exists, OuterRef, Q

from events.models.actor import Actor, ActorAlias
from events.models.edition import Edition, PublishedCitation, PublishedClaim
from events.models.location import Location, LocationAlias

# Registers whose entries go by more names than one: (the table of those names, its column for the entry).
_NAMES = {Actor: (ActorAlias, "actor"), Location: (LocationAlias, "location")}


def claims(*, incident=None, aspect=(), stance="", claimant=None, source=None, date_from=None, date_to=None):
    """Claims of incidents and relations; `incident` is a stored uid, `aspect` codes, the days those by which they sort."""
    rows = PublishedClaim.objects.filter(
        **_given(
            incident=incident,
            aspect__in=aspect,
            stance=stance,
            claimant=claimant,
            sort_date__gte=date_from,
            sort_date__lte=date_to,
        )
    )
    if source is None:
        return rows
    return rows.filter(pk__in=PublishedCitation.objects.filter(source=source).values("claim"))


def editions(*, subject="", uid=None, kind=""):
    """Editions of incidents and relations, withdrawals and merges included."""
    return Edition.objects.filter(**_given(subject=subject, subject_uid=uid, kind=kind))


def entries(known, *, words=(), **columns):
    """Those of the known entries of one register that have the values asked for (one or several of each column).

    Of the folded words all must occur in the name, or all in one of the other names.
    """
    wanted = {f"{name}__in" if isinstance(value, list) else name: value for name, value in columns.items()}
    rows = known.filter(**_given(**wanted))
    if not words:
        return rows
    holding = Q(*(Q(folded__contains=word) for word in words))
    if known.model not in _NAMES:
        return rows.filter(holding)
    table, owner = _NAMES[known.model]
    return rows.filter(holding | Exists(table.objects.filter(holding, **{owner: OuterRef("pk")})))


def _given(**conditions):
    """Without those that nobody asked for."""
    return {name: value for name, value in conditions.items() if value not in (None, "", (), [])}
