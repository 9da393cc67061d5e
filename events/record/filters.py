"""What may be asked of public incidents, parameter by parameter; `selection.py` reads a whole query string with it."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy, gettext_noop

from events.choices import (
    PARTS_OF,
    Aspect,
    AttributionStatus,
    Category,
    HarmGrade,
    Kind,
    LocationLevel,
    LocationPrecision,
    Mapped,
    Part,
    Side,
)
from events.models.edition import PublishedIncident
from events.record import contradictions, registers, tolls
from events.record.filter_kinds import (
    ActorFilter,
    BoxFilter,
    CodeFilter,
    CodesFilter,
    DayFilter,
    GradeFilter,
    PlaceFilter,
    QuestionFilter,
    SourceFilter,
)
from events.record.search import matching
from events.record.shelves import NOW

REPEATABLE = ("kind", "category", "contested_aspect", "attribution", "harm_grade")
YES_NO = [("yes", gettext_noop("yes")), ("no", gettext_noop("no"))]
ACTING, AIMED_AT = (Part.PERPETRATOR, Part.INITIATOR), PARTS_OF[Aspect.TARGET]  # who did it, and to whom
NOT_NAMED = "not_named"
_SIDES = [*Side.pairs(), (NOT_NAMED, gettext_noop("Not named"))]
_A_SIDE, _AN_ANSWER = gettext_lazy("a side"), gettext_lazy("an answer")
_A_NUMBER = gettext_lazy("a number of people")


class PublishedIncidentFilter(django_filters.FilterSet):
    """Filters of `Selection`, which adds what django-filter leaves out: unknown and repeated parameters are refused.

    They ask the incidents of `shelf`, and what hangs on them, through it alone.
    """

    q = QuestionFilter(
        method="with_words",
        label=gettext_lazy("Search"),
        help_text=gettext_lazy(
            "Words that must all occur in title, summary, names or claims, each as the beginning of one there; "
            "“phrases in quotes” as they stand, -words nowhere. Names count in every spelling and script of the "
            "registers."
        ),
    )
    date_from = DayFilter(
        method="since", label=gettext_lazy("From"), help_text=gettext_lazy("First day, at the place of the event.")
    )
    date_to = DayFilter(
        method="until",
        label=gettext_lazy("To"),
        help_text=gettext_lazy("Last day; a vague date counts if it overlaps."),
    )
    date_by = CodeFilter(
        method="by_date",
        label=gettext_lazy("Vague dates"),
        words=[("overlap", gettext_noop("where they overlap")), ("first_day", gettext_noop("by their first day"))],
        noun=gettext_lazy("a way to compare"),
        help_text=gettext_lazy(
            "overlap (the usual), or first_day: each date counts on the first day of its span alone."
        ),
    )
    date_mode = CodeFilter(
        method="by_date",
        label=gettext_lazy("Days asked for"),
        words=[("overlaps", gettext_noop("that a date touches")), ("within", gettext_noop("that hold a whole date"))],
        noun=gettext_lazy("a way to compare"),
        help_text=gettext_lazy(
            "overlaps (the usual): the span of the date touches the days asked for; within: it lies in them as a whole."
        ),
    )
    actor = ActorFilter(
        method="with_actor",
        label=gettext_lazy("Actor"),
        help_text=gettext_lazy("Slug, uid or any name; the actor's factions are included."),
    )
    role = CodeFilter(
        method="with_role",
        label=gettext_lazy("Part of the actor"),
        words=Part.pairs(),
        noun=gettext_lazy("a part"),
        help_text=gettext_lazy("Only with actor."),
    )
    actor_depth = CodeFilter(
        method="with_role",
        label=gettext_lazy("Factions of the actor"),
        words=[("chain", gettext_noop("with its factions")), ("self", gettext_noop("without its factions"))],
        noun=gettext_lazy("a depth"),
        help_text=gettext_lazy(
            "chain (the usual): what a faction or part of the actor did counts as well; self: the actor itself has a part."
        ),
    )
    acting_side = CodeFilter(
        method="by_side",
        label=gettext_lazy("Done by"),
        words=_SIDES,
        noun=_A_SIDE,
        help_text=gettext_lazy("The side of a perpetrator or initiator; not_named where nobody names one."),
    )
    target_side = CodeFilter(
        method="at_side",
        label=gettext_lazy("Aimed at"),
        words=_SIDES,
        noun=_A_SIDE,
        help_text=gettext_lazy("The side of a target or of somebody affected; not_named where nobody names one."),
    )
    claimant = ActorFilter(
        method="said_by",
        label=gettext_lazy("Claimant"),
        help_text=gettext_lazy(
            "An actor that says something about it: slug, uid or any name; its factions are not included."
        ),
    )
    source = SourceFilter(
        method="documented_by",
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("A source that documents a claim about it: slug, uid or name."),
    )
    source_side = CodeFilter(
        method="from_side",
        label=gettext_lazy("Source of the side"),
        words=Side.pairs(),
        noun=_A_SIDE,
        help_text=gettext_lazy(
            "A claim about it is documented by a source whose owner stands on this side; sources without an owner "
            "stand on none."
        ),
    )
    sources = CodeFilter(
        method="by_number_of_sources",
        label=gettext_lazy("Sources"),
        words=[("one", gettext_noop("one only")), ("several", gettext_noop("two or more"))],
        noun=_AN_ANSWER,
        help_text=gettext_lazy("one: all its documents come from one source; several: from two or more."),
    )
    country = PlaceFilter(
        level=LocationLevel.COUNTRY.value,
        label=gettext_lazy("Country"),
        help_text=gettext_lazy("Slug, uid, ISO 3166 code or name."),
    )
    province = PlaceFilter(
        level=LocationLevel.PROVINCE.value,
        label=gettext_lazy("Province"),
        help_text=gettext_lazy("Slug, uid, ISO 3166-2 code or name."),
    )
    district = PlaceFilter(
        level=LocationLevel.DISTRICT.value,
        label=gettext_lazy("District"),
        help_text=gettext_lazy("Slug, uid or name."),
    )
    location = PlaceFilter(
        method="at_location",
        label=gettext_lazy("Place"),
        help_text=gettext_lazy("Any place, by slug, uid or name: itself and everything within."),
    )
    location_precision_max = CodeFilter(
        method="placed_within",
        label=gettext_lazy("Place known at least to"),
        words=LocationPrecision.pairs(),
        noun=gettext_lazy("a precision"),
        help_text=gettext_lazy(
            "The coarsest precision of the place that will do: district also finds settlements and sites."
        ),
    )
    category = CodesFilter(
        lookup_expr="in", label=gettext_lazy("Category"), words=Category.pairs(), noun=gettext_lazy("a category")
    )
    kind = CodesFilter(lookup_expr="in", label=gettext_lazy("Kind"), words=Kind.pairs(), noun=gettext_lazy("a kind"))
    contested = CodeFilter(
        method="with_contest",
        label=gettext_lazy("Contested"),
        words=YES_NO,
        noun=_AN_ANSWER,
        help_text=gettext_lazy("yes or no."),
    )
    contested_aspect = CodesFilter(
        method="contested_on",
        label=gettext_lazy("Contested on"),
        words=Aspect.pairs(),
        noun=gettext_lazy("an aspect"),
    )
    attribution = CodesFilter(
        lookup_expr="in",
        label=gettext_lazy("Attribution"),
        words=AttributionStatus.pairs(),
        noun=gettext_lazy("an attribution"),
    )
    harm_grade = CodesFilter(
        lookup_expr="in",
        label=gettext_lazy("Harm to civilians"),
        words=HarmGrade.pairs(),
        noun=gettext_lazy("a grade of harm"),
    )
    killed = CodeFilter(
        method="with_toll",
        label=gettext_lazy("Killed"),
        words=[
            ("reported", gettext_noop("a figure, be it none")),
            ("not_reported", gettext_noop("not reported")),
        ],
        noun=_AN_ANSWER,
        help_text=gettext_lazy("reported: somebody gives a figure, and none is one; not_reported: nobody does."),
    )
    killed_min = GradeFilter(
        method="with_killed_from",
        lowest=0,
        highest=tolls.MOST,
        noun=_A_NUMBER,
        label=gettext_lazy("Killed, at least"),
        help_text=gettext_lazy(
            "The figure that killed_field names is this or more. What is not reported never matches, not even 0."
        ),
    )
    killed_max = GradeFilter(
        method="with_killed_up_to",
        lowest=0,
        highest=tolls.MOST,
        noun=_A_NUMBER,
        label=gettext_lazy("Killed, at most"),
        help_text=gettext_lazy(
            "The figure that killed_field names is this or less. What is not reported never matches, not even 0."
        ),
    )
    killed_field = CodeFilter(
        method="by_figure",
        label=gettext_lazy("Figure of the killed"),
        words=[
            ("low", gettext_noop("the lowest account")),
            ("best", gettext_noop("the best-supported figure")),
            ("high", gettext_noop("the highest account")),
        ],
        noun=gettext_lazy("a figure"),
        help_text=gettext_lazy(
            "low (the usual: nobody who gives a number gives a lower one), best (null wherever accounts of equal weight "
            "contradict) or high (“or more” has no upper end: it passes every killed_min and no killed_max)."
        ),
    )
    counted = CodeFilter(
        method="as_counted",
        label=gettext_lazy("Counted in statistics"),
        words=YES_NO[:1],
        noun=_AN_ANSWER,
        help_text=gettext_lazy(
            "yes: without umbrella incidents whose parts are counted one by one, and without series."
        ),
    )
    escalation_min = GradeFilter(
        field_name="escalation",
        lookup_expr="gte",
        lowest=0,
        highest=9,
        label=gettext_lazy("Escalation at least"),
        help_text=gettext_lazy("Level 0 to 9."),
    )

    mapped = CodeFilter(
        method="as_mapped",
        label=gettext_lazy("On the map"),
        words=[("yes", gettext_noop("On the map")), *Mapped.pairs()],
        noun=_AN_ANSWER,
        help_text=gettext_lazy("yes, point, area (a district or coarser) or no."),
    )
    bbox = BoxFilter(
        method="in_box",
        label=gettext_lazy("Box"),
        help_text=gettext_lazy("west,south,east,north in degrees: incidents whose published coordinates lie in it."),
    )

    class Meta:
        model = PublishedIncident
        fields = ()
        form = contradictions.SelectionForm

    def __init__(self, data, *, shelf=NOW):
        super().__init__(data, queryset=shelf.incidents())
        self.shelf = shelf

    def with_words(self, rows, _, question):
        return matching.chosen(rows, question, self.shelf)

    def since(self, rows, _, day):
        asked = self.form.cleaned_data
        by_start = asked.get("date_by") == "first_day" or asked.get("date_mode") == "within"
        return rows.filter(**{"date_start__gte" if by_start else "date_end__gte": day})

    def until(self, rows, _, day):
        is_within = self.form.cleaned_data.get("date_mode") == "within"
        return rows.filter(**{"date_end__lte" if is_within else "date_start__lte": day})

    def by_date(self, rows, *_):
        return rows  # it says how `since` and `until` compare

    def by_side(self, rows, _, side):
        return rows.filter(self._on_side(side, ACTING))

    def at_side(self, rows, _, side):
        return rows.filter(self._on_side(side, AIMED_AT))

    def with_actor(self, rows, _, actor):
        parts = self.shelf.participants().filter(actor=actor)
        if role := self.form.cleaned_data.get("role"):
            parts = parts.filter(part=role)
        if self.form.cleaned_data.get("actor_depth") == "self":
            parts = parts.filter(is_direct=True)
        return rows.filter(pk__in=parts.values("incident"))

    def with_role(self, rows, *_):
        return rows  # it narrows the actor, in with_actor

    def said_by(self, rows, _, actor):
        return rows.filter(pk__in=self.shelf.said_by(actor))

    def documented_by(self, rows, _, source):
        return rows.filter(pk__in=self.shelf.documented_by(pk=source.pk))

    def from_side(self, rows, _, side):
        return rows.filter(pk__in=self.shelf.documented_by(owner__in=registers.on_side(side)))

    def by_number_of_sources(self, rows, _, answer):
        return rows.filter(
            **{"sources_count" if answer == "one" else "sources_count__gte": 1 if answer == "one" else 2}
        )

    def at_location(self, rows, _, location):
        return rows.filter(registers.within(location))

    def placed_within(self, rows, _, coarsest):
        codes = LocationPrecision.codes()
        return rows.filter(location_precision__in=codes[: codes.index(coarsest) + 1])

    def with_contest(self, rows, _, answer):
        return rows.filter(is_contested=answer == "yes")

    def contested_on(self, rows, _, aspects):
        found = Q()
        for aspect in aspects:
            found |= Q(contested_aspects__contains=f"|{aspect}|")
        return rows.filter(found)

    def with_toll(self, rows, _, answer):
        silent = Q(killed_low=None, killed_best=None, killed_high=None)
        return rows.filter(silent if answer == "not_reported" else ~silent)

    def with_killed_from(self, rows, _, number):
        return rows.filter(tolls.at_least(number, self.form.cleaned_data.get("killed_field")))

    def with_killed_up_to(self, rows, _, number):
        return rows.filter(tolls.at_most(number, self.form.cleaned_data.get("killed_field")))

    def by_figure(self, rows, *_):
        return rows  # it says what killed_min and killed_max compare

    def as_counted(self, rows, *_):
        return self.shelf.counted(rows)

    def as_mapped(self, rows, _, answer):
        return rows.exclude(mapped=Mapped.NO.value) if answer == "yes" else rows.filter(mapped=answer)

    def in_box(self, rows, _, box):
        return rows.filter(inside(box))

    def _on_side(self, side, parts):
        """Q: an actor of the side has one of the parts in it; for NOT_NAMED nobody has."""
        found = self.shelf.participants().filter(part__in=parts, is_direct=True)
        return (
            ~Q(pk__in=found.values("incident"))
            if side == NOT_NAMED
            else Q(pk__in=found.filter(actor__side=side).values("incident"))
        )


def inside(box):
    """Q over incidents of the index: on the map, with coordinates in the box, its edges included."""
    return Q(
        mapped__in=(Mapped.POINT.value, Mapped.AREA.value),
        # The whole numbers are for the index, the degrees decide.
        map_x__range=(int((box.west + 180) * 1000) - 1, int((box.east + 180) * 1000) + 1),
        map_y__range=(int((box.south + 90) * 1000) - 1, int((box.north + 90) * 1000) + 1),
        longitude__range=(box.west, box.east),
        latitude__range=(box.south, box.north),
    )
