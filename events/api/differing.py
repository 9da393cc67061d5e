"""What differs between the state that somebody saw, what they sent, and what stands now."""

import copy

from events.desk import earlier
from events.models.change import Change

_FOLLOWS = {"category"}  # from the kind


def fields(row, shown, moments, sent, given):
    """List of dicts, one for each field that differs, in the order of the answer.

    `shown` makes the plain values of a row; `moments` are the Changes after which the row was seen, `sent` the body
    and `given` what the verb would have set. “yours” stands where the field was sent, “base” where the state that was
    seen is known.
    """
    seen = _seen(row, moments)
    theirs, yours, base = shown(row), shown(_with(row, given)), shown(seen) if seen else None
    return [
        _field(name, theirs, yours if name in sent else None, base)
        for name in theirs
        if name not in _FOLLOWS and _differs(name, theirs, yours if name in sent else None, base)
    ]


def stands(differences):
    """Whether all that was sent stands already."""
    return all(one.get("yours", one["theirs"]) == one["theirs"] for one in differences)


def _differs(name, theirs, *others):
    return any(other is not None and other[name] != theirs[name] for other in others)


def _field(name, theirs, yours, base):
    known = {"base": base, "yours": yours, "theirs": theirs}
    return {"field": name} | {whose: values[name] for whose, values in known.items() if values is not None}


def _seen(row, moments):
    """The row as it was after the first of the changes that is one of its own; None where none is."""
    change = Change.objects.filter(model=row._meta.model_name, object_uid=row.uid, pk__in=moments).first()
    if change is None:
        return None
    try:
        return _with(row, earlier.fields_then(row, earlier.state_at(row, change)))
    except earlier.Gone:
        return None


def _with(row, values):
    """A copy of the row with these values; never saved."""
    changed = copy.copy(row)
    for name, value in values.items():
        setattr(changed, name, value)
    return changed
