"""Parameters of a question that contradict each other, or say how to read one that is not there."""

from django.utils.translation import gettext


def of(given, wrong):
    """Pairs of (parameter, sentence). `given` are cleaned values, `wrong` the parameters that are refused already."""
    return [*_of_days(given, wrong), *_of_actors(given, wrong), *_of_tolls(given, wrong)]


def _of_days(given, wrong):
    mode, by = given.get("date_mode"), given.get("date_by")
    if mode and not any(given.get(name) or name in wrong for name in ("date_from", "date_to")):
        yield (
            "date_mode",
            gettext("it says how days are compared; add date_from or date_to, or leave date_mode out."),
        )
    elif mode and by and (mode, by) != ("overlaps", "overlap"):
        yield "date_mode", gettext("it contradicts date_by, which compares days in another way; drop one of the two.")


def _of_actors(given, wrong):
    if given.get("actor_depth") and not given.get("actor") and "actor" not in wrong:
        yield (
            "actor_depth",
            gettext("it says whether factions of an actor count; add actor, or leave actor_depth out."),
        )


def _of_tolls(given, wrong):
    least, most = given.get("killed_min"), given.get("killed_max")
    if least is not None and most is not None and least > most:
        said = gettext("%(most)d is less than killed_min, %(least)d; swap the two or drop one.")
        yield "killed_max", said % {"most": most, "least": least}
    asked = [name for name in ("killed_min", "killed_max") if given.get(name) is not None]
    if given.get("killed_field") and not asked and not {"killed_min", "killed_max"} & wrong:
        yield (
            "killed_field",
            gettext("it says which figure is compared; add killed_min or killed_max, or leave killed_field out."),
        )
    if given.get("killed") == "not_reported":
        for name in asked:
            yield name, gettext("no figure is reported where killed=not_reported; drop one of the two.")
