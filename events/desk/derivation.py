"""The concluded values of a public document with the claims behind each, for editors who check them before publishing."""

from dataclasses import dataclass

from django.utils.translation import gettext

from events import uids
from events.choices import Credibility
from events.rules import reasons, wording


@dataclass(frozen=True)
class Behind:
    """A claim behind a value. `uid` is the stored one, by which the page of its review finds it."""

    uid: str
    shown_uid: str
    who: str
    said: str
    credibility: str


@dataclass(frozen=True)
class Derived:
    reason: reasons.Reason
    claims: list[Behind]


def of(document):
    """List of Derived for every concluded value of an incident's document."""
    known = _claims(document)
    return [Derived(reason, [known[uid] for uid in reason.claims]) for reason in reasons.of(document)]


def unused(document):
    """List of Behind: the accepted claims on which no value may rest."""
    known = _claims(document)
    return [known[uid] for uid in reasons.unused(document)]


def _claims(document):
    """Shown uid → Behind."""
    actors = document["actors"]
    return {
        claim["uid"]: Behind(
            uids.parse(claim["uid"]),
            claim["uid"],
            wording.claimant(claim, actors),
            wording.said(claim, actors),
            gettext(Credibility.LABELS[claim["credibility"]]),
        )
        for claim in document["claims"]
    }
