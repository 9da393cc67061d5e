"""What a person may choose for a name of a file, and what follows: an entry, nobody, or a new entry."""

from django.db import transaction
from django.utils.translation import gettext as _

from events import access, uids
from events.choices import CoordinateBasis, LocationLevel, LocationPrecision, NameKind
from events.desk import registers
from events.desk.importing import deciding_names
from events.desk.importing.meanings import Meanings
from events.exchange.rows import NamedPlace
from events.models.actor import Actor
from events.models.location import Location

LATER, NOBODY, NEW = "", "nobody", "new"


def options(name, near):
    """[(value, words)] that a person chooses from; `near` are (uid, name, hint) of entries that may be meant."""
    listed = [(uid, f"{label} ({hint})") for uid, label, hint in near]
    new = _("A new actor of this name") if name.kind == NameKind.ACTOR else _("A new settlement of this name")
    nobody = (
        _("Nobody: leave it unnamed") if name.kind == NameKind.ACTOR else _("Leave it: the coarser place is enough")
    )
    may_be_new = name.kind == NameKind.ACTOR or _is_settlement(name)
    return [(LATER, _("Not decided")), *listed, (NOBODY, nobody), *([(NEW, new)] if may_be_new else [])]


def entries_called(name, text):
    """Entries of the register of a name that have this number or exactly this name."""
    model = Actor if name.kind == NameKind.ACTOR else Location
    uid = uids.parse(text)
    if uid and (row := model.objects.current().filter(uid=uid).first()):
        return [row]
    return list(model.objects.current().named(text)[:2])


@transaction.atomic
def decide(name, *, by, means, kind="", side=""):
    """Keep what somebody chose of `options`; a new actor is of a kind and stands on a side."""
    access.require_judge(by)
    if means == NOBODY:
        return deciding_names.decide(name, by=by, entry=None)
    if means == NEW:
        return deciding_names.decide(name, by=by, entry=_added(name, by, kind, side))
    model = Actor if name.kind == NameKind.ACTOR else Location
    return deciding_names.decide(name, by=by, entry=model.objects.get(uid=means))


def _added(name, by, kind, side):
    words = name.words
    if name.kind == NameKind.ACTOR:
        return registers.add_actor(by=by, name=words["name"], kind=kind, side=side)
    *above, (_level, called) = words["names"]
    around = NamedPlace(
        tuple(map(tuple, above)), words["latitude"], words["longitude"], LocationPrecision.SETTLEMENT.value
    )
    parent = Meanings(name.dataset).place(around)
    at = {}
    if words["latitude"] is not None:
        at = {
            "latitude": words["latitude"],
            "longitude": words["longitude"],
            "coordinate_basis": CoordinateBasis.SETTLEMENT.value,
        }
    return registers.add_location(
        by=by,
        name=called,
        level=LocationLevel.SETTLEMENT.value,
        parent=Location.objects.filter(pk=parent.pk).first(),
        note=_("Coordinates from %(dataset)s") % {"dataset": name.batch.dataset_name} if at else "",
        **at,
    )


def _is_settlement(name):
    return name.words["names"][-1][0] == LocationLevel.SETTLEMENT
