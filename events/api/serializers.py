"""The shape of an incident that is logged by a key. Input only: what the API answers are the editions themselves."""

from drf_spectacular.utils import extend_schema_field
from rest_framework.serializers import ValidationError

from events.api import shapes
from events.api.fields import Address, Clock, Day, Flag, Items, Number, Strict, Text, Word
from events.choices import (
    CATEGORY_OF,
    Aspect,
    Attribution,
    Category,
    DatePrecision,
    Demographic,
    Directness,
    DocumentKind,
    FirstHand,
    Hedge,
    Kind,
    LocationPrecision,
    Outcome,
    Part,
    Qualifier,
    Relay,
    Scope,
    SourceKind,
    SpeechAct,
    Stance,
    VictimCategory,
)
from events.rules.dates import VagueDate

NAME = 200  # characters of a name: of an actor, a place, a source


class DayInput(Strict):
    """When something was published or said; without an end it is one day."""

    start = Day(required=False)
    end = Day(required=False)
    precision = Word(DatePrecision, required=False)

    def validate(self, given):
        start = given.get("start")
        known = DatePrecision.DAY if start else DatePrecision.UNKNOWN
        return VagueDate(
            start,
            given.get("end", start),
            given.get("precision", known.value),
            given.get("time_local"),
            given.get("time_zone", ""),
        )


class MomentInput(DayInput):
    """When it happened, in civil days and clock time at the place."""

    time_local = Clock(required=False)
    time_zone = Text(40, required=False)


class SourceInput(Strict):
    """A publisher that the register does not know yet."""

    name = Text(NAME)
    kind = Word(SourceKind)


class SlugOrSource(Text):
    """The slug or name of a source, or an object that describes a new one."""

    def __init__(self, **kwargs):
        super().__init__(NAME, **kwargs)
        described = shapes.thing({"name": {"type": "string", "maxLength": NAME}, "kind": shapes.word(SourceKind)})
        extend_schema_field({"anyOf": [{"type": "string", "maxLength": NAME}, described]})(self)

    def to_internal_value(self, data):
        if not isinstance(data, dict):
            return super().to_internal_value(data)
        described = SourceInput(data=data)
        described.is_valid(raise_exception=True)
        return described.validated_data


class DocumentInput(Strict):
    """The item that says it. One that is known under its address is taken as it is."""

    url = Address(1000, required=False)
    title = Text(300, required=False)
    source = SlugOrSource(required=False)
    author = Text(NAME, required=False)
    published = DayInput(required=False)
    language = Text(20, required=False)
    kind = Word(DocumentKind, required=False)
    archived_url = Address(1000, required=False)
    licence = Text(120, required=False)


class CitationInput(Strict):
    document = DocumentInput()
    excerpt = Text(500, required=False)
    excerpt_language = Text(20, required=False)
    translation = Text(1000, required=False)
    locator = Text(60, required=False)
    relay = Word(Relay, required=False)


class LineInput(Strict):
    """One line of a toll. A number that is left out is not stated; 0 means that the claimant says none."""

    outcome = Word(Outcome)
    category = Word(VictimCategory)
    party = Text(NAME, required=False)
    demographic = Word(Demographic, required=False)
    directness = Word(Directness, required=False)
    qualifier = Word(Qualifier, required=False)
    low = Number(required=False)
    best = Number(required=False)
    high = Number(required=False)
    open_upper = Flag(required=False)
    subset_of = Number(required=False)


class ClaimInput(Strict):
    """One claimant says one thing; the aspect decides which value goes with it."""

    aspect = Word(Aspect)
    stance = Word(Stance, required=False)
    claimant = Text(NAME, required=False)
    claimant_text = Text(NAME, required=False)
    attribution = Word(Attribution, required=False)
    first_hand = Word(FirstHand, required=False)
    speech_act = Word(SpeechAct, required=False)
    hedge = Word(Hedge, required=False)
    preliminary = Flag(required=False)
    asserted = DayInput(required=False)
    part = Word(Part, required=False)
    actor = Text(NAME, required=False)
    location = Text(NAME, required=False)
    date = MomentInput(required=False)
    code = Text(24, required=False)
    text = Text(1000, required=False)
    scope = Word(Scope, required=False)
    exhaustive = Flag(required=False)
    lines = Items(LineInput(), 40, required=False)
    citations = Items(CitationInput(), 20, required=False)


class DraftInput(Strict):
    """An incident as an analyst would log it; the category follows from the kind."""

    title = Text(200)
    summary = Text(4000, required=False)
    kind = Word(Kind)
    category = Word(Category, required=False)
    date = MomentInput(required=False)
    location = Text(NAME, required=False)
    location_precision = Word(LocationPrecision, required=False)
    tags = Items(Text(40), 20, required=False)
    claims = Items(ClaimInput(), 100, required=False)
    despite_duplicates = Flag(required=False)

    def validate(self, given):
        category = CATEGORY_OF[given["kind"]]
        if given.get("category", category) != category:
            raise ValidationError(
                {"category": [f"“{given['kind']}” is of the category {category.value}; send that, or leave it out."]}
            )
        if given.get("location") and not given.get("location_precision"):
            raise ValidationError({"location_precision": ["It is missing: say how exactly the place is known."]})
        if given.get("location_precision") and not given.get("location"):
            raise ValidationError({"location": ["It is missing: location_precision says how exactly it is known."]})
        return given
