"""Help with a pasted text: what it seems to say of dates, places, actors and tolls, for one click each. Saves nothing."""

from django.db.models import Count, F, Max
from django.utils.translation import gettext

from events import names
from events.choices import ActorKind, AliasKind, LocationLevel
from events.desk.reading import dates, tolls
from events.desk.reading import names as named
from events.desk.reading.marks import Mark, sentences
from events.desk.reading.vocabulary import Entry, vocabulary
from events.models.actor import Actor, ActorAlias
from events.models.location import Location, LocationAlias

MOST_READ = 200_000  # characters of a text
MOST_MARKS = 200
# People. The name of a smaller settlement, of those that came with the GeoNames extract and that nobody looked at since,
# counts only where the words around say that it is a place: many are words or people's names as well.
WELL_KNOWN = 100_000

_kept = (None, None)  # the state of the registers and the vocabulary made of it: one pair, replaced as a whole


def readable(text):
    """The text as it would be stored, as far as it is read."""
    return names.clean(text[: 2 * MOST_READ])[:MOST_READ]


def marks(text, known, published=None):
    """List of Mark in the order of the text, at most 200. `text` is `readable`; `published` is its day, if known."""
    cut = sentences(text)
    days = dates.find(text, published)
    taken = [(day.start, day.end) for day in days]
    found = [_mark("date", cut, day, _date_offer(day)) for day in days]
    found += [_mark(name.kind, cut, name, _name_offer(name)) for name in named.find(text, known, taken)]
    found += [_mark("casualties", cut, toll, _toll_offer(toll)) for toll in tolls.find(text, cut.spans, MOST_MARKS)]
    return sorted(found, key=lambda mark: (mark.start, mark.end))[:MOST_MARKS]


def known_names():
    """The vocabulary of the registers, kept in this process until one of them changes."""
    global _kept
    state = _state()
    kept_state, kept = _kept
    if kept_state != state:
        kept = vocabulary([*_actor_names(), *_place_names()])
        _kept = (state, kept)
    return kept


def _mark(kind, cut, found, offer):
    excerpt = cut.excerpt(found.start, found.end)
    return Mark(kind, found.start, found.end, cut.text[found.start : found.end], excerpt, offer, found.why)


def _date_offer(day):
    return {"start": day.first.isoformat(), "end": day.last.isoformat(), "precision": day.precision}


def _name_offer(name):
    entries = sorted(name.entries, key=lambda entry: (entry.name, entry.uid))
    return {"candidates": [{"uid": entry.uid, "name": entry.name, "hint": _hint(entry)} for entry in entries]}


def _hint(entry):
    """ "Armed group, TTP, PK": told here, because the vocabulary is kept for people of all languages."""
    words = ActorKind if entry.kind == "actor" else LocationLevel
    return ", ".join(word for word in (gettext(words.label_of(entry.sort)), entry.hint) if word)


def _toll_offer(toll):
    return {
        "outcome": toll.outcome,
        "category": toll.category,
        "demographic": toll.demographic,
        "number": toll.number,
        "subset_of_category": toll.subset_of or None,
    }


def _state():
    """What changes whenever a name in the registers does; names themselves are only ever added or moved to another row."""
    return tuple(
        tuple(model.objects.aggregate(rows=Count("pk"), last=Max(column)).values())
        for model, column in (
            (Actor, "updated_at"),
            (Location, "updated_at"),
            (ActorAlias, "pk"),
            (LocationAlias, "pk"),
        )
    )


def _actor_names():
    columns = ("pk", "uid", "name", "short_name", "kind", "home_country")
    rows = {pk: row for pk, *row in Actor.objects.current().order_by("name", "pk").values_list(*columns)}
    spelt = [(pk, row[1], "") for pk, row in rows.items()]
    spelt += [(pk, row[2], "") for pk, row in rows.items() if row[2]]
    spelt += ActorAlias.objects.filter(scheme="").order_by("pk").values_list("actor", "text", "kind")
    for pk, text, kind in spelt:
        if pk in rows:
            uid, name, short, sort, country = rows[pk]
            hint = ", ".join(word for word in (short, country) if word)
            yield Entry("actor", uid, name, hint, text, sort, country, is_metonym=kind == AliasKind.METONYM)


def _place_names():
    above = ("district__name", "province__name", "country__name")
    columns = ("pk", "uid", "name", "level", "population", "geonames_id", "uncertainty_km", *above)
    found = Location.objects.current().order_by(F("population").desc(nulls_last=True), "name", "pk")
    rows = {pk: row for pk, *row in found.values_list(*columns)}
    spelt = [(pk, row[1]) for pk, row in rows.items()]
    spelt += LocationAlias.objects.filter(scheme="").order_by("pk").values_list("location", "text")
    for pk, text in spelt:
        if pk in rows:
            uid, name, level, population, geonames, uncertainty, *within = rows[pk]
            around = dict.fromkeys(place for place in within if place and place != name)
            hint = ", ".join(around)
            is_small = level == LocationLevel.SETTLEMENT and (population or 0) < WELL_KNOWN
            is_extract = geonames is not None and uncertainty is None
            yield Entry("place", uid, name, hint, text, level, is_well_known=not (is_small and is_extract))
