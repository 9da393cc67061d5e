"""What is known of an incident while it is typed: every input is read as far as it is right, and nothing is refused."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from events import names
from events.choices import LocationPrecision
from events.desk import duplicates
from events.desk.forms import dates
from events.desk.forms.incident import KINDS
from events.desk.forms.manners import DeskForm, listed
from events.desk.forms.naming import LocationField
from events.models.actor import Actor, ActorAlias
from events.models.location import Location
from events.models.source import Document

_MOST = 40  # addresses or names of one page that are looked up
_ACTORS = ("claimant", "value_actor")
_is_address = URLValidator(schemes=["http", "https"])


class WatchForm(DeskForm):
    """The inputs of the log sheet that say what happened, when and where; none of them is needed."""

    title = forms.CharField(max_length=200, required=False)
    kind = forms.ChoiceField(choices=KINDS, required=False)
    date_start = dates.first_day(_("First day"))
    date_end = dates.last_day()
    date_precision = dates.precision()
    place = LocationField()
    location_precision = forms.ChoiceField(required=False, choices=[("", ""), *listed(LocationPrecision)])


def sought(data):
    """The Sought that the inputs come to; what is wrong or unfinished among them counts as not typed yet."""
    form = WatchForm(data)
    form.is_valid()
    place = form.cleaned_data.get("place")
    return duplicates.Sought(
        title=form.cleaned_data.get("title", ""),
        kind=form.cleaned_data.get("kind", ""),
        date=_date(form),
        location=place if isinstance(place, Location) else None,
        location_precision=form.cleaned_data.get("location_precision", ""),
        documents=_documents(data),
        actors=_actors(data),
    )


def _date(form):
    day = dates.take(form, "date")
    return duplicates.Sought().date if any(name.startswith("date") for name in form.errors) else day


def _documents(data):
    """Primary keys of the documents that are chosen from a list, or known at an address typed."""
    known = duplicates.documents_at(filter(_can_be_visited, _typed(data, "url")))
    chosen = [names.clean(uid)[:8] for uid in _typed(data, "document")]
    return known | frozenset(Document.objects.filter(uid__in=chosen).values_list("pk", flat=True))


def _can_be_visited(address):
    try:
        _is_address(address)
    except ValidationError:
        return False
    return True


def _actors(data):
    """Primary keys of the actors that were picked, or whose name only one of them bears."""
    picked, typed = [], []
    for kind in _ACTORS:
        for name in _inputs(data, kind):
            pick = names.clean(data.get(f"{name}-pick", ""))
            (picked if pick and pick not in ("words", "new") else typed).append(pick or data[name])
    current = Actor.objects.current()
    found = set(current.filter(uid__in=picked[:_MOST]).values_list("pk", flat=True))
    folded = {names.fold(text) for text in typed[:_MOST]} - {""}
    bearers = {}
    for name, pk in (
        *current.filter(folded__in=folded).values_list("folded", "pk"),
        *ActorAlias.objects.filter(folded__in=folded, actor__in=current).values_list("folded", "actor"),
    ):
        bearers.setdefault(name, set()).add(pk)
    return frozenset(found.union(*(pks for pks in bearers.values() if len(pks) == 1)))


def _typed(data, kind):
    return [data[name].strip() for name in _inputs(data, kind)][:_MOST]


def _inputs(data, kind):
    """Names of the filled inputs of this kind, on the page itself or in any of its rows."""
    return [name for name in data if (name == kind or name.endswith(f"-{kind}")) and data[name].strip()]
