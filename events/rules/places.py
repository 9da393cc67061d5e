"""How finely a public place is drawn (I12): as a point, as an area, or not at all."""

from events.choices import POINT_BASES, POINT_PRECISIONS, Mapped


def mapped(place, precision):
    """The Mapped of a document's `location` (a dict, or None) whose place is known to this precision.

    A settlement whose own coordinates nobody knows is drawn as the area of the district it lies in; an area of
    unknown size is not drawn.
    """
    if not place or place.get("latitude") is None:
        return Mapped.NO
    if precision in POINT_PRECISIONS and place.get("coordinate_basis") in POINT_BASES:
        return Mapped.POINT
    return Mapped.AREA if place.get("uncertainty_km") else Mapped.NO
