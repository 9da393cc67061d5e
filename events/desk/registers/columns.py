"""What the columns of an entry hold: clean text, folded names, hashes, permanent addresses; and where a place lies."""

import hashlib
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events import names
from events.choices import LEVEL_RANK, LocationLevel
from events.desk import addresses
from events.models.source import Document, Source, url_key
from events.press import traces


def fill(row, fields):
    """Set the fields and everything that follows from them."""
    if isinstance(row, Document):
        addresses.require_changed(row, fields)
    for name, value in fields.items():
        setattr(row, name, _stored(row, name, value))
    if hasattr(row, "folded"):
        row.folded = names.fold(row.name)
    if isinstance(row, Document):
        row.url_key = url_key(row.url) if row.url else ""
        row.sha256 = hashlib.sha256(row.captured_text.encode()).hexdigest() if row.captured_text else ""
    if isinstance(row, Source):
        row.domain = row.domain.lower().removeprefix("www.")


def free_slug(model, name):
    """The permanent address of a new entry."""
    stem = names.slugify(name)[:70] or model._meta.model_name
    taken = set(model.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for n in range(1, len(taken) + 2) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)


def locked(*entries):
    """The entries as they are now, in the order given, locked in the order of their keys: no deadlock."""
    model = type(entries[0])
    rows = model.objects.select_for_update().order_by("pk").in_bulk([entry.pk for entry in entries])
    return [rows[entry.pk] for entry in entries]


def place_within(location, by):
    """Copy the ancestors of a place to its own columns, itself included where it is one of the three levels."""
    above = {}
    place = location
    while place is not None:
        above.setdefault(place.level, place)
        place = place.parent
    before = traces.snapshot(location)
    location.country = above.get(LocationLevel.COUNTRY)
    location.province = above.get(LocationLevel.PROVINCE)
    location.district = above.get(LocationLevel.DISTRICT)
    location.save(update_fields=["country", "province", "district"])
    traces.changed(location, before, by=by)


def place_below(location, by):
    """The same for a place and everything that lies in it."""
    place_within(location, by)
    for child in location.children.order_by("pk"):
        if LEVEL_RANK[child.level] <= LEVEL_RANK[location.level]:
            raise ValidationError(
                {
                    "level": _("%(child)s lies in %(place)s and is not of a finer level.")
                    % {"child": child.name, "place": location.name}
                }
            )
        place_below(child, by)


def _stored(row, name, value):
    """The value as the column keeps it: clean text; binary fractions rounded to the column's decimals."""
    if isinstance(value, str):
        return names.clean(value)
    if isinstance(value, float):
        return round(Decimal(str(value)), row._meta.get_field(name).decimal_places)
    return value
