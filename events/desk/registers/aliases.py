"""The other names of actors and places, in any script: spellings, former names, names in other data sets."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events import access, names
from events.choices import AliasKind, EditionReason
from events.models.actor import Actor, ActorAlias
from events.models.location import Location, LocationAlias
from events.press import registers, traces

NOTHING_SAID = registers.Why()
USUAL = EditionReason.STYLE.value
FIELDS = ("text", "language", "kind", "scheme", "valid_from", "valid_until")
_MODELS = {Actor: (ActorAlias, "actor"), Location: (LocationAlias, "location")}


def add_actor_alias(actor, *, by, text, why=NOTHING_SAID, **fields):
    return add_in_public(actor, by=by, text=text, why=why, **fields)


def add_location_alias(location, *, by, text, why=NOTHING_SAID, **fields):
    return add_in_public(location, by=by, text=text, why=why, **fields)


@transaction.atomic
def add_in_public(owner, *, by, text, why=NOTHING_SAID, **fields):
    """Add a name to an entry that readers may know; `why` is what they are told of it."""
    with registers.changing(owner, by=by, why=why, usual=USUAL):
        return add(owner, by=by, text=text, **fields)


@transaction.atomic
def add(owner, *, by, text, **fields):
    """Add a name to an actor or a place: editors, and whoever added the entry."""
    _require_may_name(by, owner)
    model, column = _MODELS[type(owner)]
    alias = model(text=text, **{column: owner}, **fields)
    _save(alias)
    _trace(owner, None, held(alias), by)
    return alias


@transaction.atomic
def change_alias(alias, *, by, why=NOTHING_SAID, **fields):
    """Change a name; what it was stays in the history of its entry."""
    alias, owner = _locked(alias, by)
    with registers.changing(owner, by=by, why=why, usual=USUAL):
        before = held(alias)
        for name, value in fields.items():
            setattr(alias, name, value)
        _save(alias)
        _trace(owner, before, held(alias), by)
    return alias


@transaction.atomic
def remove_alias(alias, *, by, why=NOTHING_SAID):
    """Take a name away; the history of its entry at the desk keeps it, and for privacy the public history does not."""
    alias, owner = _locked(alias, by)
    with registers.changing(owner, by=by, why=why, usual=USUAL):
        before = held(alias)
        alias.delete()
        _trace(owner, before, None, by)


def held(alias):
    """Dict of everything that a name says, as the traces keep it."""
    return {name: getattr(alias, name) for name in FIELDS}


def owner_of(alias):
    """The actor or place that goes by the name."""
    return alias.actor if isinstance(alias, ActorAlias) else alias.location


def _require_may_name(by, owner):
    access.require_work(by)
    if owner.created_by_id != by.pk:
        access.require_judge(by)


def _locked(alias, by):
    """(the name, its entry) as they are now; whoever changes names of one entry does so one after the other."""
    owner = owner_of(alias)
    _require_may_name(by, owner)
    owner = type(owner).objects.select_for_update().get(pk=owner.pk)
    return type(alias).objects.get(pk=alias.pk), owner


def _save(alias):
    alias.text = names.clean(alias.text)
    alias.folded = names.fold(alias.text)
    if alias.scheme and alias.kind != AliasKind.EXTERNAL:
        raise ValidationError({"kind": _("A name of another data set is of the kind “name in another data set”.")})
    alias.full_clean()
    alias.save()


def _trace(owner, before, after, by):
    owner.save(update_fields=["updated_at"])  # by which others see that the entry is not what it was
    traces.changed(owner, traces.snapshot(owner), by=by, aliases=(before, after))
