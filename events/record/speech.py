"""What an actor says in public claims, act by act, and who names it as the one who did something."""

from dataclasses import dataclass, field

from django.db.models import CharField, Count, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from events.choices import Aspect, SpeechAct, Stance
from events.models.edition import PublishedClaim

OWNING = (SpeechAct.CLAIM_OF_RESPONSIBILITY, SpeechAct.ACKNOWLEDGEMENT)
SAID, NAMED = "said", "named"


@dataclass
class Act:
    """One kind of speech act: how many claims, of them how many deny or doubt, about how many incidents."""

    label: str
    claims: int = 0
    denying: int = 0
    owns: bool = False


@dataclass(frozen=True)
class Naming:
    """Somebody who says, or denies, that the actor did something. `slug` is "" for people named only in words."""

    name: str
    slug: str
    asserting: int
    denying: int


@dataclass(frozen=True)
class Speech:
    """`claims` the actor made in all; of them `owning` take responsibility, `denying` deny or doubt something."""

    acts: list = field(default_factory=list)
    claims: int = 0
    owning: int = 0
    denying: int = 0
    namings: list = field(default_factory=list)

    @property
    def asserted_by_others(self):
        return sum(naming.asserting for naming in self.namings)

    @property
    def denied_by_others(self):
        return sum(naming.denying for naming in self.namings)


def of(actor):
    """The Speech of an actor, in one query; every public claim counts, also those behind no headline."""
    own = _grouped(PublishedClaim.objects.filter(claimant=actor), SAID, who="", slug="")
    named = PublishedClaim.objects.filter(actor=actor, aspect=Aspect.PERPETRATOR).exclude(claimant=actor)
    others = _grouped(named, NAMED, who="claimant__name", slug="claimant__slug")
    found = list(own.union(others, all=True))
    said = [row[1:] for row in found if row[0] == SAID]
    return Speech(
        acts=_acts(said),
        claims=sum(number for *_, number in said),
        owning=sum(number for act, stance, *_, number in said if act in OWNING and stance == Stance.ASSERTS),
        denying=sum(number for _, stance, *_, number in said if stance != Stance.ASSERTS),
        namings=_namings([row[1:] for row in found if row[0] == NAMED]),
    )


def _grouped(claims, role, *, who, slug):
    """Rows of (role, speech act, stance, name, slug, number of claims)."""

    def words(path):
        blank = Value("", output_field=CharField())
        return Coalesce(path, blank) if path else blank

    return (
        claims.order_by()
        .annotate(role=Value(role, output_field=CharField()), who=words(who), who_slug=words(slug))
        .values_list("role", "speech_act", "stance", "who", "who_slug")
        .annotate(number=Count("pk"))
    )


def _acts(said):
    found = {}
    for code, stance, *_, number in said:
        act = found.setdefault(code, Act(gettext(SpeechAct.label_of(code)), owns=code in OWNING))
        act.claims += number
        act.denying += number if stance != Stance.ASSERTS else 0
    return sorted(found.values(), key=lambda act: (not act.owns, -act.claims, act.label))


def _namings(rows):
    """Those who name it, most claims first; people without an entry of the register together at the end."""
    found = {}
    for _, stance, name, slug, number in rows:
        counts = found.setdefault((slug, name), [0, 0])
        counts[stance != Stance.ASSERTS] += number
    namings = [Naming(name, slug, *counts) for (slug, name), counts in found.items()]
    return sorted(namings, key=lambda one: (not one.slug, -(one.asserting + one.denying), one.name, one.slug))
