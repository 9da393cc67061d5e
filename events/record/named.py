"""From what somebody typed (slug, uid, any name in any script) to the one actor, place or source of the record it means."""

from difflib import get_close_matches
from functools import reduce

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext, gettext_noop

from events import names, uids
from events.choices import LocationLevel
from events.models.actor import Actor
from events.models.location import Location
from events.models.source import Source
from events.record import registers
from events.record.parameters import quoted
from events.record.shelves import NOW

SHOWN = 6  # how many candidates a sentence names
_NO_PLACE = {
    None: gettext_noop("%(text)s is no place of the record. %(remedy)s"),
    LocationLevel.COUNTRY: gettext_noop("%(text)s is no country of the record. %(remedy)s"),
    LocationLevel.PROVINCE: gettext_noop("%(text)s is no province of the record. %(remedy)s"),
    LocationLevel.DISTRICT: gettext_noop("%(text)s is no district of the record. %(remedy)s"),
}


class EntryField(forms.CharField):
    """Cleaned to an entry of a register that the record knows, or None.

    What was fetched together: `at_hand`, entries by slug and uid, None for a slug that leads nowhere; `namesakes`,
    others that go by the name that is given. `shelf` says which entries the record knows.
    """

    shelf = NOW
    at_hand = {}
    namesakes = ()

    def clean(self, value):
        text = names.clean(super().clean(value))
        if not text:
            return None
        row = _of(self.at_hand, text, ...)
        if row is None:
            raise ValidationError(
                gettext("%(text)s is nothing that the record knows at present.") % {"text": _doubled(quoted(text))}
            )
        return row if row is not ... and self.fits(row) else self.find(text)

    def fits(self, row):
        return True


class ActorField(EntryField):
    @staticmethod
    def known(shelf):
        return shelf.actors()

    def find(self, text):
        return actor(text, self.shelf)


class PlaceField(EntryField):
    """`level` narrows it to countries, provinces or districts; None to nothing."""

    def __init__(self, *, level=None, **kwargs):
        self.level = level
        super().__init__(**kwargs)

    @staticmethod
    def known(shelf):
        return shelf.locations().with_ancestors()

    def fits(self, row):
        return self.level in (None, row.level)

    def find(self, text):
        return place(text, self.level, self.shelf)


class SourceField(EntryField):
    @staticmethod
    def known(shelf):
        return shelf.sources()

    def find(self, text):
        return source(text, self.shelf)


def look_up(fields, given, shelf):
    """Fetch what the given values of these form fields name by slug or uid: one query for each register that is asked.

    With the first actor come the others that go by its slug as a name: “taliban” names several.
    """
    for field in fields.values():
        field.shelf = shelf
    for kind in (ActorField, PlaceField, SourceField):
        those = {name: field for name, field in fields.items() if isinstance(field, kind) and given.get(name)}
        asked = {name: field for name, field in those.items() if not field.at_hand}
        if not asked:
            continue
        texts = [names.clean(given[name]) for name in asked]
        wanted = Q(slug__in=texts) | Q(uid__in=[uids.parse(text) or text for text in texts])
        known, first = kind.known(shelf), next(iter(asked.values()))
        if kind is ActorField:
            alike = Q(pk__in=Actor.objects.named(texts[0]).order_by().values("pk"))
            known, wanted = known.annotate(is_alike=alike), wanted | alike
        rows = list(known.filter(wanted).order_by("name", "pk"))
        at_hand = {key: row for row in rows for key in (row.slug, row.uid)}
        for field in asked.values():
            field.at_hand = at_hand
        meant = _of(at_hand, texts[0], None)
        first.namesakes = [row for row in rows if meant and row != meant and getattr(row, "is_alike", False)]


def _of(at_hand, text, otherwise):
    """What stands under the slug, else under the uid; some slugs, “lost-town”, could be read as a uid too."""
    return at_hand[text] if text in at_hand else at_hand.get(uids.parse(text), otherwise)


def ahead(fields, queries):
    """Name of a field → (slug → row, None where it leads nowhere), for what these QueryDicts name by slug.

    Folded entries are followed. Two queries for each register that is asked, or a few more for chains.
    """
    found = {}
    for kind in (ActorField, PlaceField, SourceField):
        asked = [name for name, field in fields.items() if isinstance(field, kind)]
        slugs = {query[name] for query in queries for name in asked if name in query}
        if slugs:
            rows = {row.slug: row for row in kind.known(NOW).filter(slug__in=slugs)}
            ends = registers.survivors(kind.known(NOW), slugs - rows.keys())
            found |= dict.fromkeys(asked, {slug: rows.get(slug) or ends.get(slug) for slug in slugs})
    return found


def actor(text, shelf=NOW):
    """The actor of that slug, uid or name; ValidationError naming the candidates when there is not exactly one."""
    known = shelf.actors()
    found = _exact(known, text) or list(known.filter(Q(pk__in=Actor.objects.named(text)) | Q(short_name__iexact=text)))
    if not found:
        near = _near(text, Actor)
        _refuse_unknown(text, gettext("%(text)s is no actor of the record. %(remedy)s"), known.filter(folded__in=near))
    said = gettext("%(text)s names several actors: %(listed)s. Give the slug of the one you mean.")
    return _only(found, text, said)


def place(text, level=None, shelf=NOW):
    """The place of that slug, uid, ISO 3166 code or name, likewise."""
    known = shelf.locations().with_ancestors()
    if level:
        known = known.filter(level=level)
    found = (
        _exact(known, text)
        or list(known.filter(iso=text.upper()))
        or list(known.filter(pk__in=Location.objects.named(text)))
    )
    if not found:
        near = _near(text, Location)
        _refuse_unknown(text, gettext(_NO_PLACE[level]), known.filter(folded__in=near))
    said = gettext("%(text)s names several places: %(listed)s. Give the slug of the one you mean.")
    return _only(found, text, said)


def source(text, shelf=NOW):
    """The source of that slug, uid or name, likewise."""
    known = shelf.sources()
    found = _exact(known, text) or list(known.filter(folded=names.fold(text)))
    if not found:
        near = _near(text, Source)
        _refuse_unknown(text, gettext("%(text)s is no source of the record. %(remedy)s"), known.filter(folded__in=near))
    said = gettext("%(text)s names several sources: %(listed)s. Give the slug of the one you mean.")
    return _only(found, text, said)


def _exact(known, text):
    """The entry of that slug or uid, or the one into which it was folded; a list of one or none."""
    found = list(known.filter(Q(slug=text) | Q(uid=uids.parse(text) or text)))
    if not found and (survivor := registers.survivor(known, text)):
        return [survivor]
    return found


def _near(text, model):
    """Folded names that look alike, from the whole register: the caller keeps those that the record knows."""
    return get_close_matches(names.fold(text), set(model.objects.values_list("folded", flat=True)), 20)


def _only(found, text, said):
    """The one that was found; of several, ValidationError with the sentence `said`, filled."""
    if len(found) == 1:
        return found[0]
    listed = "; ".join(map(_with_slug, found[:SHOWN]))
    if len(found) > SHOWN:
        more = {"listed": listed, "number": len(found) - SHOWN}
        listed = gettext("%(listed)s and %(number)d more") % more
    _refuse(said % {"text": quoted(text), "listed": listed}, found)


def _refuse_unknown(text, said, near):
    near = list(near[:3])
    remedy = gettext("Give a slug, a uid or a name from the lists.")
    if near:
        remedy = gettext("Did you mean %(names)s?") % {"names": reduce(_either, map(_with_slug, near))}
    _refuse(said % {"text": quoted(text), "remedy": remedy}, near)


def _either(one, other):
    return gettext("%(one)s or %(other)s") % {"one": one, "other": other}


def _refuse(sentence, candidates):
    raise ValidationError(_doubled(sentence), params={"candidates": candidates})


def _doubled(text):
    """Django fills `params` into the message with %, so a percent sign that somebody typed must be doubled."""
    return text.replace("%", "%%")


def _with_slug(row):
    within = row.within if isinstance(row, Location) else ""
    return f"{row.name}{f', {within}' if within else ''} ({row.slug})"
