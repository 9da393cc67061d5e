"""Parameters of a question that contradict each other, or say how to read one that is not there."""

from django import forms
from django.utils.translation import gettext

from events.choices import CATEGORY_OF


class SelectionForm(forms.Form):
    """What no single parameter can see: pairs that contradict each other."""

    def clean(self):
        given = self.cleaned_data
        start, end = given.get("date_from"), given.get("date_to")
        if start and end and start > end:
            said = gettext("%(end)s lies before date_from, %(start)s; swap the two or drop one.")
            self.add_error("date_to", said % {"end": end, "start": start})
        if given.get("date_by") and not (start or end or {"date_from", "date_to"} & self.errors.keys()):
            self.add_error(
                "date_by", gettext("it says how days are compared; add date_from or date_to, or leave date_by out.")
            )
        for name, said in _of(given, set(self.errors)):
            self.add_error(name, said)
        self._check_pairs(given)
        self._check_kinds(given)
        self._check_places(given)

    def _check_pairs(self, given):
        if given.get("role") and not given.get("actor") and "actor" not in self.errors:
            self.add_error("role", gettext("it says which part an actor has; add actor, or leave role out."))
        if given.get("contested") == "no" and given.get("contested_aspect"):
            self.add_error(
                "contested_aspect", gettext("no aspect is contested where contested=no; drop one of the two.")
            )
        if given.get("mapped") == "no" and given.get("bbox"):
            self.add_error("bbox", gettext("what is not on the map lies in no box; drop it or mapped=no."))

    def _check_kinds(self, given):
        categories = given.get("category")
        said = gettext("%(kind)s belongs to the category %(category)s, which is not chosen; add it or drop the kind.")
        for kind in given.get("kind") or [] if categories else []:
            if CATEGORY_OF[kind] not in categories:
                self.add_error("kind", said % {"kind": kind, "category": CATEGORY_OF[kind]})

    def _check_places(self, given):
        levels = [name for name in ("country", "province", "district") if given.get(name)]
        for outer, inner in zip(levels, levels[1:], strict=False):
            if getattr(given[inner], f"{outer}_id") != given[outer].pk:
                said = gettext("%(inner)s does not lie in %(outer)s; drop one of the two.")
                self.add_error(inner, said % {"inner": given[inner], "outer": given[outer]})


def _of(given, wrong):
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
