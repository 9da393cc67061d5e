"""Two entries of a register that may be one: field by field, their names, and what would move from one to the other."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.desk import stale
from events.desk.registers import folding
from events.models.actor import Actor, ActorRelation
from events.models.edition import Edition, EditionDocument, PublishedIncident
from events.models.vague_date import VagueDateField
from events.press import traces
from events.rules import dates

_LABELS = {
    "coordinates": _("Coordinates"),
    "reliability": _("Reliability"),
    "iso": _("ISO 3166 code"),
    "pcode": _("P-code"),
}
_LABELS |= {"geonames_id": _("GeoNames number"), "parent": _("Lies in"), "disputed_note": _("Note on a dispute")}
_LABELS |= {
    "owner": _("Owned or run by"),
    "domain": _("Web domain"),
    "scale": _("Reach"),
    "note": _("Where this is known from"),
}
_MOVING = {
    "claim.claimant": _("claims that it makes"),
    "claim.value_actor": _("claims that name it"),
    "casualtyline.party": _("lines of casualties on its side"),
    "source.owner": _("sources that it runs"),
    "incident.location": _("incidents there"),
    "claim.value_location": _("claims that name it"),
    "location.parent": _("places in it"),
    "document.source": _("documents"),
}


@dataclass(frozen=True)
class Pair:
    """One field of both in words; `name` as `folding.FIELDS` has it."""

    name: str
    label: str
    survivor: str
    loser: str
    differs: bool


@dataclass(frozen=True)
class Name:
    alias: object
    is_new: bool  # whether it comes over from the entry that goes


def pairs(loser, survivor):
    """List of Pair in the order of the form."""
    one, other = traces.snapshot(survivor), traces.snapshot(loser)
    return [
        Pair(
            name,
            _label(survivor, name),
            _words(survivor, name),
            _words(loser, name),
            any(one[column] != other[column] for column in columns),
        )
        for name, columns in folding.FIELDS[type(loser)].items()
    ]


def names(loser, survivor):
    """List of Name: what the one that stays goes by afterwards, besides what it is called; [] for sources."""
    if not hasattr(survivor, "aliases"):
        return []
    here = list(survivor.aliases.all())
    known = {survivor.folded, *(alias.folded for alias in here)}
    coming = [alias for alias in loser.aliases.all() if alias.folded not in known]
    return [*(Name(alias, False) for alias in here), *(Name(alias, True) for alias in coming)]


def moves(loser):
    """List of (words, how many) of what refers to the entry that goes."""
    found = []
    for model, column in folding.MOVES[type(loser)]:
        words = _MOVING[f"{model._meta.model_name}.{column}"]
        found.append((words, model.objects.filter(**{column: loser}).count()))
    if isinstance(loser, Actor):
        relations = ActorRelation.objects.filter(Q(subject=loser) | Q(object=loser))
        found.append((gettext("relations"), relations.count()))
    return found


def naming(loser, *, without):
    """Public incidents whose document names the entry and that are not among these uids, by title."""
    key = loser.shown_uid if not hasattr(loser, "parent_id") else loser.slug
    bodies = EditionDocument.objects.filter(
        body__contains=f'"{key}"', edition__in=PublishedIncident.objects.values("edition")
    )
    uids = Edition.objects.filter(pk__in=bodies.values("edition")).values("subject_uid")
    return list(PublishedIncident.objects.filter(uid__in=uids).exclude(uid__in=without).order_by("title", "uid"))


def _label(row, name):
    if name in _LABELS:
        return _LABELS[name]
    if isinstance(getattr(type(row), name, None), VagueDateField):
        return gettext(name).capitalize()
    return stale.label(row, name)


def _words(row, name):
    if name == "coordinates":
        if row.latitude is None:
            return ""
        around = f" ± {row.uncertainty_km.normalize():f} km" if row.uncertainty_km is not None else ""
        return f"{row.latitude}, {row.longitude}{around} ({gettext(row.get_coordinate_basis_display()).lower()})"
    if name == "reliability":
        return f"{gettext(row.get_reliability_display())}\n{row.reliability_note}".strip()
    if isinstance(getattr(type(row), name, None), VagueDateField):
        value = getattr(row, name)
        return dates.describe(value) if value.start else ""
    return stale.shown(row, name, getattr(row, name))
