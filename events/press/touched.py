"""What an act of the press or of the registers touches: which entries of the registers may have to be told anew."""

from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db.models import Value

from events.models.edition import (
    PublishedCitation,
    PublishedClaim,
    PublishedIncident,
    PublishedParticipant,
    PublishedRelation,
    Subject,
)
from events.models.known import PLACES

_noted = ContextVar("touched", default=None)
_PLACE_UIDS = [f"{column}__uid" for column in PLACES]


@dataclass
class Touched:
    """Entries as (subject, uid): mentioned by something public now, perhaps no longer so, changed in the register."""

    mentioned: set = field(default_factory=set)
    doubtful: set = field(default_factory=set)
    changed: set = field(default_factory=set)

    @property
    def every(self):
        return self.mentioned | self.doubtful | self.changed


def begin():
    """(what is noted from now on, the token with which to end), or (None, None) inside an act that is noted already."""
    if _noted.get() is not None:
        return None, None
    noted = Touched()
    return noted, _noted.set(noted)


def end(token):
    _noted.reset(token)


def entry(subject, uid, above=()):
    """Note that an entry changes in its register; `above` are the uids of what it lies in until now."""
    if (noted := _noted.get()) is not None:
        noted.changed.add((subject, uid))
        noted.doubtful |= {(subject, one) for one in above}


def mentions(edition):
    """Set of (subject, uid) that the rows of this incident or relation mention now. Two queries at most."""
    if _noted.get() is None:
        return set()
    if edition.subject == Subject.RELATION:
        return _named(relation=edition.subject_uid)
    place = PublishedIncident.objects.filter(uid=edition.subject_uid).values_list(*_PLACE_UIDS).first() or ()
    return {(Subject.LOCATION, uid) for uid in place if uid} | _named(incident=edition.subject_uid)


def moved(before, after):
    """Note what the rows of one subject mentioned and mention."""
    if (noted := _noted.get()) is not None:
        noted.mentioned |= after
        noted.doubtful |= before - after


def _named(**subject):
    """Who takes part, who speaks and what documents it, in one query; a relation also has two ends."""
    claims = PublishedClaim.objects.filter(claimant__isnull=False, **subject).order_by()
    cited = PublishedCitation.objects.filter(**{f"claim__{name}": uid for name, uid in subject.items()}).order_by()
    found = [_pairs(claims, Subject.ACTOR, "claimant"), _pairs(cited, Subject.SOURCE, "source")]
    if "incident" in subject:
        parts = PublishedParticipant.objects.filter(**subject).order_by()
        found.append(_pairs(parts, Subject.ACTOR, "actor"))
    else:
        ends = PublishedRelation.objects.filter(uid=subject["relation"]).order_by()
        found += [_pairs(ends, Subject.ACTOR, "subject"), _pairs(ends, Subject.ACTOR, "object")]
    return set(found[0].union(*found[1:]))


def _pairs(rows, subject, column):
    return rows.values_list(Value(subject.value), f"{column}__uid")
