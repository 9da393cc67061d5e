"""Entries of the registers as readers see them: a further edition whenever that changes, in the sequence of all others.

An entry has editions from the moment in which something public mentions it. Its document is its public face
(`events.faces`). When nothing mentions it any longer, or it was folded into another, an edition says so and stays.
"""

from contextlib import contextmanager
from dataclasses import dataclass

import orjson
from django.db import connection
from django.db.models import Q

from events import faces, names, tongue, uids
from events.choices import EditionKind, EditionReason
from events.models import known
from events.models.actor import Actor
from events.models.edition import ENTRIES, Edition, EditionDocument, Subject
from events.models.location import Location
from events.models.source import Source
from events.press import entry_notes, printing, touched

MODELS = {Subject.ACTOR: Actor, Subject.LOCATION: Location, Subject.SOURCE: Source}
SUBJECTS = {model: subject for subject, model in MODELS.items()}
_LOCK = 0x1ED6E4  # any number that nothing else locks by


@dataclass(frozen=True)
class Why:
    """What the desk says to the public of a change in a register; reason "" for what is usual for the act."""

    reason: str = ""
    note: str = ""

    def required(self):
        """The same; ValidationError where it is none that may stand in public."""
        if self.reason:
            printing.require_reason(self.reason, self.note)
        return self

    @property
    def is_private(self):
        return self.reason == EditionReason.PRIVACY


@contextmanager
def kept_up(*, by, reason, note=""):
    """Around an act, inside its transaction: at the end every entry that it touches gets the edition that is due.

    Inside another such act nothing happens until that one ends, so that what goes and comes back in one act is still.
    """
    noted, token = touched.begin()
    if noted is None:
        yield
        return
    try:
        yield
    finally:
        touched.end(token)
    if noted.every:
        _one_after_the_other()
        _settle(noted, by=by, reason=reason, note=note)


def is_public(entry):
    """Whether readers know the entry, or did once."""
    return Edition.objects.of(SUBJECTS[type(entry)], entry.uid).exists()


def touch(entry):
    """Note, before it is done, that an act changes this entry, if readers could see that."""
    above, place = [], getattr(entry, "parent", None)
    while place is not None:
        above.append(place.uid)
        place = place.parent
    touched.entry(SUBJECTS[type(entry)], entry.uid, above)


@contextmanager
def changing(*entries, by, why, usual):
    """Around a change of entries in a register, `kept_up` likewise; `usual` is the reason unless the desk gives one."""
    why.required()
    with kept_up(by=by, reason=why.reason or usual, note=names.clean(why.note)):
        for entry in entries:
            touch(entry)
        yield


def catch_up():
    """Make every edition that is missing, in the name of who made the newest one. Returns how many; 0 the second time.

    For a record that is older than the editions of its registers. Callers hold a transaction.
    """
    newest = Edition.objects.select_related("published_by").order_by("-pk").first()
    if newest is None:
        return 0
    _one_after_the_other()
    last = {_key(edition): edition for edition in Edition.objects.latest_of_entries()}
    here = {Subject.ACTOR: known.actors(), Subject.LOCATION: known.locations(), Subject.SOURCE: known.sources()}
    asked = {(subject, uid) for subject, rows in here.items() for uid in rows.order_by().values_list("uid", flat=True)}
    reason = EditionReason.CORRECTION.value
    return _put_out(asked | last.keys(), last, {}, by=newest.published_by, reason=reason, first=entry_notes.CAUGHT_UP)


def _one_after_the_other():
    """Whoever settles later sees what was settled before: two acts never both find an entry without an edition.

    It is the last lock that an act takes, so nobody waits for somebody who waits for them. SQLite has one writer.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _settle(noted, *, by, reason, note):
    changed = noted.changed | _below(noted.changed)
    last = _last(noted.every | changed)
    asked = noted.doubtful | changed | {entry for entry in noted.mentioned if not _stands(last.get(entry))}
    owned = _owned(asked)
    if unread := owned - last.keys():
        last |= _last(unread)
    asked |= owned
    if asked:
        _put_out(asked, last, dict.fromkeys(noted.changed, note), by=by, reason=reason)


@tongue.english()
def _put_out(asked, last, told, *, by, reason, first=entry_notes.FIRST):
    """Make the editions that these entries need after their last ones. `told` are those the desk changed, with its note."""
    bodies = _bodies(edition for entry, edition in last.items() if entry in asked and _stands(edition))
    made = []
    for subject in ENTRIES:
        wanted = sorted(uid for one, uid in asked if one == subject)
        if not wanted:
            continue
        here, leads = _faces(subject, wanted), _leads(subject, wanted)
        known_leads = {uid: lead for uid, lead in leads.items() if lead in here or (subject, lead) in last}
        for uid in wanted:
            entry, edition = (subject, uid), last.get((subject, uid))
            before = bodies.get(edition and edition.pk)
            if before is None or before != here.get(uid) or (reason == EditionReason.PRIVACY and entry in told):
                due = _due(edition, before, here.get(uid), known_leads.get(uid), told.get(entry), first)
                made += [_edition(entry, edition, *due, by=by, reason=reason)] if due else []
    if made:
        printing.store(made)
    return len(made)


def _due(last, before, face, lead, note, first):
    """(kind, document without its header, note) of the edition that an entry needs, or None where its last one says it all.

    `before` is what the last one shows, `face` what readers would see now, `lead` into what it was folded; None each
    where there is none.
    """
    if face is not None:
        usual = entry_notes.changed(before, face) if before else entry_notes.AGAIN if last else first
        return EditionKind.PUBLISHED, face, (before and note) or usual
    if last is not None and lead and last.merged_into_uid != lead:
        return EditionKind.MERGED, {"merged_into": uids.shown(lead)}, note or entry_notes.FOLDED
    if _stands(last):
        return EditionKind.WITHDRAWN, {}, entry_notes.LEFT
    return None


def _edition(entry, last, kind, content, note, *, by, reason):
    """(edition, document) that follows the last one of an entry, None where it is the first."""
    subject, uid = entry
    number = last.number + 1 if last else 1
    note = note[: printing.LONGEST_NOTE]
    edition, header = printing.new_edition(subject, uid, kind, by, reason, note, number=number)
    edition.merged_into_uid = uids.parse(content["merged_into"]) if "merged_into" in content else ""
    return edition, {"uid": uids.shown(uid)} | content | {"edition": header}


def _faces(subject, wanted):
    """uid → document without its header, as plain JSON values, of those among these that the record mentions."""
    if subject == Subject.ACTOR:
        shown = {row.uid: faces.actor(row) for row in known.actors().filter(uid__in=wanted).prefetch_related("aliases")}
    elif subject == Subject.LOCATION:
        found = known.locations().filter(uid__in=wanted).with_ancestors().prefetch_related("aliases")
        shown = {row.uid: faces.location(row) for row in found}
    else:
        found = list(known.sources().filter(uid__in=wanted))
        owners = known.actors().filter(pk__in={row.owner_id for row in found if row.owner_id})
        slugs = dict(owners.values_list("pk", "slug"))
        shown = {row.uid: faces.source(row, slugs) for row in found}
    return {uid: orjson.loads(printing.canonical(face)) for uid, face in shown.items()}


def _leads(subject, wanted):
    """uid → uid of the entry into which it was folded."""
    rows = MODELS[subject].objects.filter(uid__in=wanted, merged_into__isnull=False)
    return dict(rows.order_by().values_list("uid", "merged_into__uid"))


def _bodies(editions):
    """Key of an edition → its document without the header. One query."""
    found = EditionDocument.objects.filter(edition__in=[edition.pk for edition in editions])
    return {one.pk: printing.without_header(orjson.loads(one.body)) for one in found}


def _last(entries):
    """(subject, uid) → last edition, of those of these entries that have one. One query."""
    wanted = Q(pk__in=())
    for subject in ENTRIES:
        if among := [uid for one, uid in entries if one == subject]:
            wanted |= Q(subject=subject, subject_uid__in=among)
    return {_key(edition): edition for edition in Edition.objects.latest_of_entries().filter(wanted)}


def _key(edition):
    return Subject(edition.subject), edition.subject_uid


def _stands(edition):
    return edition is not None and edition.kind == EditionKind.PUBLISHED


def _below(changed):
    """Places whose public face names one of these places, and what these lie in now."""
    places = [uid for subject, uid in changed if subject == Subject.LOCATION]
    if not places:
        return set()
    inside = Q(country__uid__in=places) | Q(province__uid__in=places) | Q(district__uid__in=places)
    for steps in range(1, known.DEEPEST + 1):
        inside |= Q(**{"__".join(["parent"] * steps + ["uid__in"]): places})
    above = ["__".join(["parent"] * steps + ["uid"]) for steps in range(1, known.DEEPEST + 1)]
    found = set(Location.objects.filter(inside).order_by().values_list("uid", flat=True))
    for row in Location.objects.filter(uid__in=places).order_by().values_list(*above):
        found |= set(row) - {None}
    return {(Subject.LOCATION, uid) for uid in found}


def _owned(asked):
    """Sources that belong to one of these actors: they name it only while the record knows it."""
    actors = [uid for subject, uid in asked if subject == Subject.ACTOR]
    if not actors:
        return set()
    rows = Source.objects.filter(owner__uid__in=actors).order_by().values_list("uid", flat=True)
    return {(Subject.SOURCE, uid) for uid in rows}
