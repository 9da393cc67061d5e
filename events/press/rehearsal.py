"""Doing an act of the press to look at what would follow from it, and then not to have done it."""

from contextlib import contextmanager
from dataclasses import dataclass

import orjson
from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from events.choices import EditionKind
from events.models.edition import Edition
from events.press import effects, naming, printing, publishing

CHANGED_SINCE = gettext_noop("Something changed since you looked. Look at what would follow from it again.")


class LookAgain(Exception):
    """Raised instead of an act that would make other editions than those that somebody looked at."""

    def __init__(self):
        super().__init__(gettext(CHANGED_SINCE))


@dataclass(frozen=True)
class Step:
    """One edition that the act makes, and the public document before it (None where nothing was public)."""

    edition: Edition
    document: dict
    before: dict | None

    @property
    def title(self):
        return naming.title_of(self.document) or naming.title_of(self.before or {})


@dataclass(frozen=True)
class Prospect:
    """What follows from an act: its result, its editions, what else readers see change, and the mark of it all."""

    result: object
    steps: list[Step]
    effects: list[str]
    mark: str

    def step_of(self, incident):
        """The edition of this incident, or None if the act makes none."""
        return next((step for step in self.steps if step.edition.subject_uid == incident.uid), None)


@contextmanager
def rehearsed(act, *, about=()):
    """The Prospect of an act. Inside, everything reads as if it were done; afterwards nothing has happened.

    `about` are the incidents whose relatives are watched. Lets through what the act raises.
    """
    with transaction.atomic(), printing.noted(is_rehearsal=True) as made:
        watched = effects.watched([incident.uid for incident in about])
        before = effects.seen(watched)
        result = act()
        now = effects.seen(watched | {one.edition.subject_uid for one in made})
        steps = [Step(one.edition, one.document, _document_before(one.edition)) for one in made]
        yield Prospect(result, steps, effects.between(before, now), printing.mark(made))
        transaction.set_rollback(True)


def rehearse_publishing(incidents, *, by, reason, note):
    """An act that makes the next editions although something may still stand against them: for looking only."""
    return lambda: publishing.put_out(publishing.locked(*incidents), by=by, reason=reason, note=note)


@transaction.atomic
def perform(act, *, seen):
    """Do it; LookAgain where it makes other editions than the rehearsal whose mark is `seen`."""
    with printing.noted() as made:
        result = act()
    if printing.mark(made) != seen:
        raise LookAgain
    return result


def _document_before(edition):
    older = Edition.objects.of(edition.subject, edition.subject_uid).filter(number__lt=edition.number)
    last = older.select_related("document").first()
    if last is None or last.kind != EditionKind.PUBLISHED:
        return None
    return orjson.loads(last.document.body)
