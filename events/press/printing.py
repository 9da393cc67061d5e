"""How an edition is made: its header, its canonical bytes and their hash, kept once and for all; and who notes it."""

import hashlib
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC

import orjson
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from events import names
from events.choices import EditionKind, EditionReason
from events.models.edition import Edition, EditionDocument, Subject
from events.press import document, held, index
from events.rules.derive import RULESET

CLOSED = gettext_noop(
    "An accepted claim rests on a document whose licence forbids redistribution; reject or replace it."
)
LONGEST_NOTE = 1000
# A rehearsal takes no number of the public sequence, so that the sequence tells nothing of what editors only look at.
_REHEARSED = 2**62
_notes = ContextVar("notes", default=None)


@dataclass(frozen=True)
class Made:
    """An edition with its document as the dict that its bytes hold."""

    edition: Edition
    document: dict


@dataclass
class Notes:
    """What was printed inside `noted`, in its order; `outer` are the notes that it is part of."""

    is_rehearsal: bool
    outer: "Notes | None"
    made: list[Made] = field(default_factory=list)

    def add(self, made):
        self.made.append(made)
        if self.outer is not None:
            self.outer.add(made)


@contextmanager
def noted(*, is_rehearsal=False):
    """List of Made that grows with every edition made inside, whatever makes it."""
    outer = _notes.get()
    notes = Notes(is_rehearsal or (outer is not None and outer.is_rehearsal), outer)
    token = _notes.set(notes)
    try:
        yield notes.made
    finally:
        _notes.reset(token)


def canonical(content):
    """The bytes of a document: JSON with sorted keys, UTF-8, no spaces. The SHA-256 of an edition is over these."""
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def mark(made):
    """SHA-256 of what these editions show and of their numbers: it changes with either, not with reason, note or day."""
    shown = [
        [one.edition.subject_uid, one.edition.number, one.edition.kind, without_header(one.document)] for one in made
    ]
    return hashlib.sha256(canonical(sorted(shown, key=lambda entry: entry[:2]))).hexdigest()


def without_header(content):
    """A document without what says which edition it is."""
    return {name: value for name, value in content.items() if name != "edition"}


def published(incident, *, by, reason, note):
    """Make the next edition of an incident from its accepted claims."""
    edition, header = new_edition(Subject.INCIDENT, incident.uid, EditionKind.PUBLISHED, by, reason, note)
    return keep(edition, document.build(incident, header))


def tombstone(incident, kind, *, by, reason, note, survivor=None):
    """Make the edition by which an incident leaves the public: withdrawn, or merged into the survivor."""
    edition, header = new_edition(Subject.INCIDENT, incident.uid, kind, by, reason, note)
    content = {"uid": incident.shown_uid, "edition": header}
    if survivor is not None:
        edition.merged_into_uid = survivor.uid
        content["merged_into"] = survivor.shown_uid
    return keep(edition, content)


def new_edition(subject, uid, kind, by, reason, note, *, number=None, ruleset=RULESET):
    """(Edition that is not saved yet, the header of its document)."""
    now, note = timezone.now(), names.clean(note)
    number = number or next_number(subject, uid)
    edition = Edition(
        subject=subject,
        subject_uid=uid,
        number=number,
        kind=kind,
        reason=reason,
        note=note,
        ruleset=ruleset,
        published_at=now,
        published_by=by,
    )
    return edition, header(number, kind, reason, note, now, ruleset)


def header(number, kind, reason, note, now, ruleset=RULESET):
    return {
        "number": number,
        "kind": kind,
        "reason": reason,
        "note": note,
        "ruleset": ruleset,
        "published_at": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def next_number(subject, uid):
    last = Edition.objects.of(subject, uid).values_list("number", flat=True).first()
    return (last or 0) + 1


def keep(edition, content):
    """Save the edition with its bytes, and make the index of the present and that of the past from them."""
    body = canonical(content)
    edition.sha256 = hashlib.sha256(body).hexdigest()
    edition.full_clean(exclude=["published_by"])
    _number_if_rehearsed([edition])
    edition.save(force_insert=True)
    EditionDocument.objects.create(edition=edition, body=body.decode())
    content = orjson.loads(body)
    index.refresh(edition, content)
    held.take_in([(edition, content)])
    _note(edition, content)
    return edition


def keep_all(pairs):
    """Save many editions, given as (edition, document), that differ from those before them in names only."""
    made = store(pairs)
    index.rename(made)
    held.take_in(made)
    for edition, content in made:
        _note(edition, content)


def store(pairs):
    """Save editions with their bytes, given as (edition, document), and nothing else. Two statements for some hundred.

    Returns them with the documents as plain JSON values.
    """
    bodies = [canonical(content) for _, content in pairs]
    editions = [edition for edition, _ in pairs]
    for edition, body in zip(editions, bodies, strict=True):
        edition.sha256 = hashlib.sha256(body).hexdigest()
        edition.clean_fields(exclude=["published_by"])
    _number_if_rehearsed(editions)
    Edition.objects.bulk_create(editions)
    kept = [EditionDocument(edition=one, body=body.decode()) for one, body in zip(editions, bodies, strict=True)]
    EditionDocument.objects.bulk_create(kept)
    return [(one, orjson.loads(body)) for one, body in zip(editions, bodies, strict=True)]


def _number_if_rehearsed(editions):
    notes = _notes.get()
    if notes is not None and notes.is_rehearsal:
        first = _REHEARSED + Edition.objects.filter(pk__gte=_REHEARSED).count()
        for number, edition in enumerate(editions, start=first):
            edition.pk = number


def _note(edition, content):
    notes = _notes.get()
    if notes is not None:
        notes.add(Made(edition, content))


def require_reason(reason, note):
    if reason not in EditionReason.codes():
        sentence = gettext("Choose the reason from the list; it stands in the public history.")
        raise ValidationError({"reason": sentence})
    if len(note) > LONGEST_NOTE:
        raise ValidationError({"note": gettext("The note is too long; 1,000 characters are the most.")})


def require_note(note, sentence):
    if not names.clean(note):
        raise ValidationError({"note": sentence})


def rest_on_closed(claims):
    """Whether an accepted claim cites a document that must not leave the server (I20)."""
    return claims.accepted().filter(citations__document__redistributable=False).exists()
