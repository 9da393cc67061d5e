"""The shapes of what a key sends about a draft that is there: changed facts, added claims, changed claims."""

from drf_spectacular.utils import extend_schema_field
from rest_framework.serializers import ValidationError

from events.api.fields import Flag, Items, Strict, Text, Word
from events.api.serializers import NAME, ClaimInput, MomentInput
from events.choices import Aspect, Kind, LocationPrecision

_NEVER_EMPTY = "It cannot be empty: give a value, or leave the field out."


class Change(Strict):
    """What is given changes, null clears, what is left out stays; nothing at all is refused."""

    never_empty = ()

    def get_fields(self):
        fields = super().get_fields()
        for name, field in fields.items():
            field.required = False
            field.allow_null = name not in self.never_empty and name != "despite_duplicates"
        return fields

    def to_internal_value(self, data):
        cleared = [name for name, value in data.items() if value is None] if isinstance(data, dict) else []
        errors = {name: [_NEVER_EMPTY] for name in cleared if name in self.never_empty}
        try:
            value = super().to_internal_value(data)
        except ValidationError as error:
            raise ValidationError({**error.detail, **errors}) from error
        errors |= {name: [_NEVER_EMPTY] for name in self.never_empty if value.get(name, "x") == ""}
        if errors:
            raise ValidationError(errors)
        return {**value, **dict.fromkeys(cleared, None)}

    def validate(self, given):
        if not given.keys() - {"despite_duplicates"}:
            raise ValidationError(f"Nothing is to be changed. Give at least one of: {', '.join(self.fields)}.")
        return given


class FactsChange(Change):
    """Facts of an incident; the category follows from the kind. A date is given whole."""

    title = Text(200)
    summary = Text(4000)
    kind = Word(Kind)
    date = MomentInput()
    location = Text(NAME)
    location_precision = Word(LocationPrecision)
    tags = Items(Text(40), 20)
    never_empty = ("title", "kind")


@extend_schema_field({"type": "string", "maxLength": 9})
class Uid(Text):
    """The uid of a claim of the same incident."""

    def __init__(self, **kwargs):
        super().__init__(9, **kwargs)


class AddedClaim(ClaimInput):
    """A claim about an incident that is there; it may take the place of an earlier one of the same claimant."""

    supersedes = Uid(required=False)


class ClaimsInput(Strict):
    """Claims to be added, all or none."""

    claims = Items(AddedClaim(), 100, allow_empty=False)
    despite_duplicates = Flag(required=False)


class ClaimChange(Change, AddedClaim):
    """What a claim says. The toll and the citations are given whole; a value that no longer fits is cleared with null."""

    aspect = Word(Aspect)
    despite_duplicates = Flag(required=False)
    never_empty = ("aspect",)
