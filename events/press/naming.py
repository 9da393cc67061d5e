"""An entry of a register is called otherwise: everything public that shows its name gets a further edition at once.

Such an edition is the last document with that one name replaced and nothing else, so that nothing of the desk that was
not reviewed comes out with it. Why at once: a name is no finding about an incident, and a record in which one body
goes by two names misleads whoever counts.
"""

from dataclasses import dataclass

import orjson
from django.db import transaction
from django.db.models import Q

from events import access, names
from events.choices import EditionKind, EditionReason
from events.models.actor import Actor, ActorRelation
from events.models.edition import Edition, EditionDocument, PublishedIncident, PublishedRelation, Subject
from events.models.incident import Incident
from events.models.location import Location
from events.models.source import Document, Source
from events.press import printing, traces
from events.rules import wording

# The names that documents show: column of the entry → key in the document.
SHOWN = {
    Actor: {"name": "name", "short_name": "short_name"},
    Location: {"name": "name"},
    Source: {"name": "name"},
    Document: {"title": "title"},
}
PRIVATE = "A name is no longer shown, to protect somebody's privacy."
LEVELS = ("district", "province", "country")  # fine to coarse
# The trace of the incident: (number of the edition that showed the old name, number of the one made for the new name).
TRACE = "edition_for_a_new_name"


@dataclass(frozen=True)
class Showing:
    """A public edition that shows other names of an entry than the register has: what the next one will say."""

    edition: Edition
    content: dict
    called: str  # as the document has it until now

    @property
    def title(self):
        return title_of(self.content)


def title_of(content):
    """What a public document is about: the title of an incident, a relation in words, "" where it holds nothing."""
    if "subject" not in content:
        return content.get("title", "")
    return wording.related(content)


def names_of(entry, **changes):
    """The names of an entry that documents show, as they would be with these changes: key in the document → name."""
    return {key: changes.get(column, getattr(entry, column)) for column, key in SHOWN[type(entry)].items()}


def showing(entry, **changes):
    """List of Showing, the oldest edition first: what gets a further edition once the entry has these names.

    One query finds the public documents that hold its uid or slug (it reads them all). Entries that were folded into
    this one are called like it, but not where a document names both: its claimants were told apart when it was
    reviewed; and no place is, that would then seem to lie elsewhere.
    """
    called_now, keys, found = names_of(entry, **changes), _keys(entry), []
    for edition in _editions_with(keys):
        content = orjson.loads(edition.document.body)
        key = next((key for key in keys if any(_places(entry, content, key))), None)
        if key is None or (key != keys[0] and not _lies_alike(entry, content, key)):
            continue
        if called := _renamed(_places(entry, content, key), called_now):
            _say_where(entry, content)
            found.append(Showing(edition, content, called))
    return found


@transaction.atomic
def republish(entry, *, by, folded=None, is_private=False, note=""):
    """Make the further editions. `folded` is the entry that was just folded into this one, for the note.

    Where a name goes out of sight for somebody's privacy (`is_private`), the note does not say it, and the editions
    before are shown no longer; `note` is what the desk says then.

    An incident of the queue stays there: what waits for review in it is not published by this. Callers hold the lock
    on the entry and saved it. The number of statements grows by one for some hundred editions, not with each.
    """
    found = showing(entry)
    if not found:
        return []
    access.require_judge(by)  # the author of a document may change it as long as no decision rests on it
    incidents = _locked(found)
    waiting = _waiting(incidents)
    reason = EditionReason.PRIVACY if is_private else EditionReason.STYLE
    said = names.clean(note) or PRIVATE
    made = [_next(one, by, reason, said if is_private else _renaming(one, entry, folded)) for one in found]
    printing.keep_all(made)
    rows = {Subject.INCIDENT: incidents, Subject.RELATION: _relations(found)}
    traces.noted_editions(
        ((rows[one.edition.subject][one.edition.subject_uid], one.edition.number) for one in found), TRACE, by=by
    )
    traces.touch_incidents(waiting)
    return [edition for edition, _ in made]


def _renaming(one, entry, folded):
    """What became of the name, in English."""
    now = names_of(entry)
    name = next(iter(now.values()))
    note = f"“{one.called}” is now called “{name}” in the register."
    if one.called == name:  # only the short name changed
        note = f"“{name}” has another short name in the register."
    if folded is not None and one.called == str(folded):
        note = f"“{one.called}” is the same as “{name}”: the register folded the two into one."
    return note


def _next(one, by, reason, note):
    """(edition, document) that follows: the same rules concluded it, so it keeps their number."""
    last = one.edition
    edition, header = printing.new_edition(
        last.subject,
        last.subject_uid,
        EditionKind.PUBLISHED,
        by,
        reason.value,
        note[: printing.LONGEST_NOTE],
        number=last.number + 1,
        ruleset=last.ruleset,
    )
    return edition, one.content | {"edition": header}


def _keys(entry):
    """The uids (of places the slugs) by which documents name the entry, and then those folded into it, nearest first."""
    column = "slug" if isinstance(entry, Location) else "shown_uid"
    rows, found = [entry], []
    while rows:
        found += [getattr(row, column) for row in rows]
        has_folded = hasattr(entry, "merged_into_id")
        below = type(entry).objects.filter(merged_into__in=rows).order_by("pk") if has_folded else ()
        rows = [row for row in below if getattr(row, column) not in found]
    return found


def _editions_with(keys):
    """The latest public editions whose documents hold one of the keys as a value."""
    wanted = Q()
    for key in keys:
        wanted |= Q(body__contains=f'"{key}"')
    here = Q(edition__in=PublishedIncident.objects.values("edition"))
    here |= Q(edition__in=PublishedRelation.objects.values("edition"))
    bodies = EditionDocument.objects.filter(here, wanted).values("edition")
    return Edition.objects.filter(pk__in=bodies).select_related("document").order_by("pk")


def _places(entry, content, key):
    """Every dict of the document that names what has this key."""
    if isinstance(entry, Actor):
        return (actor for actor in content["actors"].values() if actor["uid"] == key)
    if isinstance(entry, Location):
        return (place for place in _named_places(content) if place and place["slug"] == key)
    if isinstance(entry, Source):
        return (one["source"] for one in content["documents"] if one["source"]["uid"] == key)
    return (one for one in content["documents"] if one["uid"] == key)


def _named_places(content):
    location = content.get("location") or {}
    yield location if location else None
    yield from (location.get(level) for level in LEVELS)
    for group in (content["claims"], *(link["claims"] for link in content.get("links", ()))):
        yield from (claim["location"] for claim in group)


def _renamed(places, called_now):
    """Put the names into these dicts. The first one's name until now; "" where all had these names already."""
    called = ""
    for place in places:
        if any(place[key] != name for key, name in called_now.items()):
            called = called or place[next(iter(called_now))]
            place |= called_now
    return called


def _lies_alike(entry, content, key):
    """Whether the place of the document, folded into this entry since, lies in the same district, province, country."""
    place = content.get("location") if isinstance(entry, Location) else None
    if not place or place["slug"] != key:
        return True
    above = {level: getattr(entry, level) for level in LEVELS}
    return all((place[level] or {}).get("slug") == (one.slug if one else None) for level, one in above.items())


def _say_where(entry, content):
    """“Barmal, Paktika, Afghanistan”: the place of the incident in one line, from the names in its document."""
    place = content.get("location")
    if isinstance(entry, Location) and place:
        above = [place[level] for level in LEVELS if place[level] and place[level]["slug"] != place["slug"]]
        within = ", ".join(dict.fromkeys(one["name"] for one in above))
        place["shown"] = ", ".join(part for part in (place["name"], within) if part)


def _locked(found):
    """uid → incident of the editions, locked in the order of their keys."""
    uids = [one.edition.subject_uid for one in found if one.edition.subject == Subject.INCIDENT]
    return {row.uid: row for row in Incident.objects.select_for_update().filter(uid__in=uids).order_by("pk")}


def _relations(found):
    uids = [one.edition.subject_uid for one in found if one.edition.subject == Subject.RELATION]
    return {row.uid: row for row in ActorRelation.objects.filter(uid__in=uids)}


def _waiting(incidents):
    """Those that changed at the desk since their last edition, in the order in which they wait."""
    published = dict(PublishedIncident.objects.filter(uid__in=incidents).values_list("uid", "published_at"))
    since = [row for row in incidents.values() if row.touched_at > published[row.uid]]
    return sorted(since, key=lambda row: (row.touched_at, row.pk))
