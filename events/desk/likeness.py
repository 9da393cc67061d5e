"""How like two incidents are: the reasons in words, and whether they are enough to ask a person about it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rapidfuzz import fuzz

from events import names
from events.choices import KINDS_ALIKE, Kind, LocationLevel, LocationPrecision
from events.models.incident import Incident
from events.models.location import Location
from events.rules import contest

DAYS, KILOMETRES = 3, 30
LONGEST = 14  # days; what is known less exactly has no day that could be near another
LONGEST_VAGUE = 62  # "in one month or the next"; what is vaguer falls together with everything, which says nothing
ALIKE = 85  # of 100: titles that share nearly all of their words, in whatever order
_FEWEST_WORDS = 3  # "Attack" is part of half of all titles

_COARSE_LEVELS = (LocationLevel.COUNTRY, LocationLevel.BORDER_SEGMENT, LocationLevel.AREA, LocationLevel.PROVINCE)
_COARSE = (
    LocationPrecision.COUNTRY,
    LocationPrecision.BORDER_SEGMENT,
    LocationPrecision.SEVERAL_PROVINCES,
    LocationPrecision.PROVINCE,
)


@dataclass(frozen=True)
class Side:
    """What is compared of an incident, be it logged or still being typed; None and "" are not known yet."""

    title: str = ""
    kind: str = ""
    start: date | None = None
    end: date | None = None
    location: Location | None = None
    precision: str = ""
    documents: tuple[tuple[int, str], ...] = ()  # those shared with what is sought: (primary key, title)
    actors: tuple[tuple[int, str], ...] = ()

    @property
    def is_dated(self):
        return self.lasts <= LONGEST

    @property
    def lasts(self):
        """Days from the first to the last, both counted; more than any date may have when none is known."""
        return (self.end - self.start).days + 1 if self.start else date.max.toordinal()

    @property
    def is_coarse(self):
        return self.precision in _COARSE or self.location.level in _COARSE_LEVELS


@dataclass(frozen=True)
class Likeness:
    """An incident that may be the same, and why, in words. A strong one is asked about before another is logged."""

    incident: Incident
    reasons: tuple[str, ...]
    score: int
    days: int | None  # between the two; None where either is not known to two weeks
    is_strong: bool


def compared(incident, sought, other):
    """The Likeness of the incident, whose Side is `other`, to what is sought; None when they are not alike enough."""
    kind = _kind(sought, other)
    days, is_over = _days(sought, other)
    place, is_far = _place(sought, other)
    title = _title(sought, other)
    agree = _Agreement(
        kind=bool(kind[0]) or not sought.kind,
        is_close=days is not None,
        is_over=is_over,
        is_near=place[0] > _COARSELY,
        title=bool(title[0]),
        document=bool(other.documents),
    )
    if is_far or (days or 0) > DAYS or not agree.is_enough:
        return None
    found = (kind, _when(days, is_over), place, title, _shared_documents(other), _shared_actors(other))
    return Likeness(
        incident=incident,
        reasons=tuple(words for _points, words in found if words),
        score=sum(points for points, _words in found),
        days=days,
        is_strong=bool(kind[0]) and agree.is_near and days is not None and days <= 1,
    )


_COARSELY = 1  # points of a place that only lies somewhere in the other


@dataclass(frozen=True)
class _Agreement:
    kind: bool
    is_close: bool
    is_over: bool
    is_near: bool
    title: bool
    document: bool

    @property
    def is_enough(self):
        """Two of day, place and words have to agree; one article often reports several attacks: alone it says nothing."""
        if not self.kind:
            return self.document and self.is_close and self.is_near
        if self.is_close:
            return self.is_near or self.title or self.document
        if self.is_over:
            return (self.title and self.document) or (self.is_near and (self.title or self.document))
        return self.document and (self.is_near or self.title)


def _kind(sought, other):
    if not sought.kind or not other.kind:
        return 0, ""
    if sought.kind == other.kind:
        return 3, _("same kind: %(kind)s") % {"kind": _said(sought.kind)}
    if other.kind in KINDS_ALIKE.get(sought.kind, ()):
        return 2, _("same kind family: %(kinds)s") % {"kinds": f"{_said(sought.kind)} / {_said(other.kind)}"}
    return 0, ""


def _said(kind):
    label = _(Kind.label_of(kind))
    return label[0].lower() + label[1:]


def _days(sought, other):
    """(days between the two, 0 for a common day, None where either is vague; whether months lie over each other)."""
    if sought.start is None or other.start is None:
        return None, False
    apart = max((other.start - sought.end).days, (sought.start - other.end).days, 0)
    if sought.is_dated and other.is_dated:
        return apart, False
    if apart:
        return apart + DAYS, False
    return None, max(sought.lasts, other.lasts) <= LONGEST_VAGUE


def _when(days, is_over):
    if days is None:
        return (0, _("the dates do not exclude each other")) if is_over else (0, "")
    if days < 2:
        return 3 - days, _("one day apart") if days else _("same day")
    words = ngettext("%(days)d day apart", "%(days)d days apart", days) % {"days": days}
    return 3 - min(days, 3), words


def _place(sought, other):
    """((points, words), whether the two are known to lie apart)."""
    one, two = sought.location, other.location
    if one is None or two is None:
        return (0, ""), False
    if not are_near(one, two):
        return (0, ""), not (sought.is_coarse or other.is_coarse) or _are_in_other_provinces(one, two)
    if sought.is_coarse or other.is_coarse:
        words = (
            _("both in %(place)s") % {"place": one}
            if one.pk == two.pk
            else _("%(place)s and %(other)s: one lies in the other") % {"place": two, "other": one}
        )
        return (_COARSELY, words), False
    if one.pk == two.pk:
        return (4, _("same place: %(place)s") % {"place": one}), False
    if one.latitude is not None and two.latitude is not None:
        apart = contest.kilometres_between(one, two)
        words = _("%(kilometres)s km apart") % {"kilometres": max(round(apart), 1)}
        return (3 if apart <= KILOMETRES / 3 else 2, words), False
    return (2, _("same district: %(district)s") % {"district": one.district or one}), False


def _are_in_other_provinces(one, two):
    return bool(one.province_id and two.province_id and one.province_id != two.province_id)


def _title(sought, other):
    one, two = names.fold(sought.title), names.fold(other.title)
    if min(len(set(one.split())), len(set(two.split()))) < _FEWEST_WORDS:
        return 0, ""
    return (2, _("title much alike")) if fuzz.token_set_ratio(one, two) >= ALIKE else (0, "")


def _shared_documents(other):
    titles = "; ".join(title for _key, title in other.documents)
    return (2, _("same document: %(titles)s") % {"titles": titles}) if titles else (0, "")


def _shared_actors(other):
    named = ", ".join(name for _key, name in other.actors)
    return (1, _("names the same actor: %(names)s") % {"names": named}) if named else (0, "")


def are_near(one, other):
    """Whether two places are one, lie in each other, or lie within thirty kilometres.

    Without coordinates of both, places of one district are near, and of one province where no districts are known.
    """
    if one.pk == other.pk or _lies_in(one, other) or _lies_in(other, one):
        return True
    if one.latitude is not None and other.latitude is not None:
        return contest.kilometres_between(one, other) <= KILOMETRES
    if one.district_id and other.district_id:
        return one.district_id == other.district_id
    return one.province_id is not None and one.province_id == other.province_id


def _lies_in(place, area):
    return area.pk in (place.parent_id, place.district_id, place.province_id, place.country_id)
