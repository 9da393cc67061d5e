"""What a person may choose for a name of a file, and what follows: an entry, nobody, or a new entry."""

from django.db import transaction
from django.utils.translation import gettext as _

from events import access, uids
from events.choices import ActorKind, CoordinateBasis, LocationLevel, LocationPrecision, NameKind, Side
from events.desk import registers
from events.desk.importing import deciding_names
from events.desk.importing.meanings import Meanings
from events.exchange.rows import NamedPlace
from events.models.actor import Actor
from events.models.location import Location

LATER, NOBODY, NEW = "", "nobody", "new"


def options(name):
    """[(value, words)] that a person chooses from."""
    listed = [(uid, f"{label} ({hint})") for uid, label, hint in name.words.get("near", ())]
    new = _("A new armed group of this name") if name.kind == NameKind.ACTOR else _("A new settlement of this name")
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
def decide(name, *, by, means):
    """Keep what somebody chose of `options`."""
    access.require_judge(by)
    if means == NOBODY:
        return deciding_names.decide(name, by=by, entry=None)
    if means == NEW:
        return deciding_names.decide(name, by=by, entry=_added(name, by))
    model = Actor if name.kind == NameKind.ACTOR else Location
    return deciding_names.decide(name, by=by, entry=model.objects.get(uid=means))


def _added(name, by):
    words = name.words
    if name.kind == NameKind.ACTOR:
        return registers.add_actor(
            by=by, name=words["name"], kind=ActorKind.ARMED_GROUP.value, side=Side.NON_STATE.value
        )
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
