"""From what somebody typed (slug, uid, any name in any script) to the one actor, place or source of the record it means."""

from dataclasses import dataclass
from difflib import get_close_matches

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from events import names, uids
from events.choices import LocationLevel
from events.models.actor import Actor
from events.models.location import Location
from events.models.source import Source
from events.record import registers
from events.record.parameters import quoted

SHOWN = 6  # how many candidates a sentence names


@dataclass(frozen=True)
class Ahead:
    """Slugs that were looked up together: slug → the row of the record it leads to, None where it leads nowhere."""

    actors: dict
    places: dict


def ahead(actors, places):
    """Ahead for sets of slugs of actors and of places, folded entries followed. Four queries, or a few more for chains."""
    return Ahead(_by_slug(registers.actors(), actors), _by_slug(registers.locations().with_ancestors(), places))


class ActorField(forms.CharField):
    """Cleaned to an Actor of the record, or None. `ahead` holds what was looked up before, as the form sets it."""

    ahead = None

    def clean(self, value):
        text = names.clean(super().clean(value))
        if self.ahead is not None and text in self.ahead.actors:
            return self.ahead.actors[text] or _refuse_gone(text)
        return actor(text) if text else None


class PlaceField(forms.CharField):
    """Cleaned to a Location of the record, or None; `level` narrows it to countries, provinces or districts."""

    ahead = None

    def __init__(self, *, level=None, **kwargs):
        self.level = level
        super().__init__(**kwargs)

    def clean(self, value):
        text = names.clean(super().clean(value))
        if self.ahead is not None and text in self.ahead.places:
            row = self.ahead.places[text]
            return row if row is not None and self.level in (None, row.level) else _refuse_gone(text)
        return place(text, self.level) if text else None


class SourceField(forms.CharField):
    """Cleaned to a Source of the record, or None."""

    def clean(self, value):
        text = names.clean(super().clean(value))
        return source(text) if text else None


def actor(text):
    """The actor of that slug, uid or name; ValidationError naming the candidates when there is not exactly one."""
    known = registers.actors()
    found = _exact(known, text) or list(known.filter(Q(pk__in=Actor.objects.named(text)) | Q(short_name__iexact=text)))
    if not found:
        near = _near(text, Actor)
        _refuse_unknown(text, "no actor of the record", known.filter(folded__in=near))
    return _only(found, text, "several actors")


def namesakes(row, text):
    """Other actors of the record that go by the text that was read as this one's slug: “taliban” names several."""
    return list(registers.actors().filter(pk__in=Actor.objects.named(text)).exclude(pk=row.pk).order_by("name", "pk"))


def place(text, level=None):
    """The place of that slug, uid, ISO 3166 code or name, likewise."""
    known = registers.locations().with_ancestors()
    if level:
        known = known.filter(level=level)
    found = (
        _exact(known, text)
        or list(known.filter(iso=text.upper()))
        or list(known.filter(pk__in=Location.objects.named(text)))
    )
    if not found:
        near = _near(text, Location)
        noun = LocationLevel(level).label.lower() if level else "place"
        _refuse_unknown(text, f"no {noun} of the record", known.filter(folded__in=near))
    return _only(found, text, "several places")


def source(text):
    """The source of that slug, uid or name, likewise."""
    known = registers.sources()
    found = _exact(known, text) or list(known.filter(folded=names.fold(text)))
    if not found:
        near = _near(text, Source)
        _refuse_unknown(text, "no source of the record", known.filter(folded__in=near))
    return _only(found, text, "several sources")


def _exact(known, text):
    """The entry of that slug or uid, or the one into which it was folded; a list of one or none."""
    found = list(known.filter(Q(slug=text) | Q(uid=uids.parse(text) or text)))
    if not found and (survivor := registers.survivor(known, text)):
        return [survivor]
    return found


def _by_slug(known, slugs):
    rows = {row.slug: row for row in known.filter(slug__in=slugs)}
    ends = registers.survivors(known, slugs - rows.keys())
    return {slug: rows.get(slug) or ends.get(slug) for slug in slugs}


def _refuse_gone(text):
    raise ValidationError(f"{quoted(text)} is nothing that the record knows at present.".replace("%", "%%"))


def _near(text, model):
    """Folded names that look alike, from the whole register: the caller keeps those that the record knows."""
    return get_close_matches(names.fold(text), set(model.objects.values_list("folded", flat=True)), 20)


def _only(found, text, several):
    if len(found) == 1:
        return found[0]
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    listed = "; ".join(map(_with_slug, found[:SHOWN]))
    _refuse(
        f"{quoted(text)} names {several}: {listed}{more}. Give the slug of the one you mean.",
        found,
    )


def _refuse_unknown(text, what, near):
    near = list(near[:3])
    remedy = (
        f"Did you mean {' or '.join(map(_with_slug, near))}?"
        if near
        else "Give a slug, a uid or a name from the lists."
    )
    _refuse(f"{quoted(text)} is {what}. {remedy}", near)


def _refuse(sentence, candidates):
    # Django fills `params` into the message with %, so a percent sign that somebody typed must be doubled.
    raise ValidationError(sentence.replace("%", "%%"), params={"candidates": candidates})


def _with_slug(row):
    within = row.within if isinstance(row, Location) else ""
    return f"{row.name}{f', {within}' if within else ''} ({row.slug})"
