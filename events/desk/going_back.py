"""Going back to the facts of an earlier edition: an edit like any other, whose values were public before."""

from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.desk import incidents
from events.models.location import Location
from events.press import editions
from events.rules.dates import VagueDate


@transaction.atomic
def go_back(incident, *, by, number, version):
    """Put the editors' facts of that edition on the desk's copy. Claims are not touched; nothing becomes public by it."""
    known = {edition.number: document for edition, document in editions.earlier_documents(incident)}
    if number not in known:
        raise ValidationError(
            {
                "number": _(
                    "Choose a public edition from the list; what stands before one made for privacy is not offered."
                )
            }
        )
    return incidents.edit(incident, by=by, fields=facts_of(known[number]), version=version)


def facts_of(document):
    """The fields of an incident, as `incidents.edit` takes them, that a public document states."""
    place = document["location"]
    return {
        **{name: document[name] for name in ("title", "summary", "kind", "tags")},
        "date": _date(document["date"]),
        "location": _location(place["slug"]) if place else None,
        "location_precision": document["location_precision"] if place else "",
    }


def _date(shown):
    start, end = (date.fromisoformat(shown[bound]) if shown[bound] else None for bound in ("start", "end"))
    clock = time.fromisoformat(shown["time_local"]) if shown["time_local"] else None
    return VagueDate(start, end, shown["precision"], clock, shown["time_zone"])


def _location(slug):
    """The place of that slug, or the one into which it was folded since."""
    place = Location.objects.get(slug=slug)
    while place.merged_into is not None:
        place = place.merged_into
    return place
