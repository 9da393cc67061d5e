"""Fields of a JSON body that take exactly their type: no "7" for 7, no 1 for true, and no member that nobody reads."""

import difflib
from datetime import date, time

from django.core.validators import URLValidator
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from events import names
from events.api import shapes

MOST_PERSONS = 10_000_000
_MISSING = "It is missing: this field has to be given."
_NULL = "It cannot be null: give a value."


class _Exact(serializers.Field):
    default_error_messages = {"required": _MISSING, "null": _NULL}


class Text(_Exact):
    """Words, without the invisible characters that `names.clean` takes out."""

    default_error_messages = {
        "type": "Give text in quotation marks.",
        "blank": "It is empty: say it in words.",
        "long": "It has {length} characters; {most} are possible. Shorten it.",
    }

    def __init__(self, most, **kwargs):
        self.most = most
        super().__init__(**kwargs)
        extend_schema_field({"type": "string", "maxLength": most})(self)

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("type")
        text = names.clean(data)
        if self.required and not text:
            self.fail("blank")
        if len(text) > self.most:
            self.fail("long", length=len(text), most=self.most)
        return text


class Address(Text):
    """The address of a page."""

    default_error_messages = {
        "address": "This is not the address of a page. Give it whole, beginning with https:// or http://."
    }

    def to_internal_value(self, data):
        text = super().to_internal_value(data)
        plain = text.isascii() and "@" not in text.partition("://")[2].partition("/")[0]
        if text and (not plain or not _is_address(text)):
            self.fail("address")
        return text


class Word(_Exact):
    """A code of a closed list."""

    default_error_messages = {"unknown": "{given} is not in the list. {remedy}"}

    def __init__(self, words, **kwargs):
        self.words = words
        super().__init__(**kwargs)
        extend_schema_field(shapes.word(words))(self)

    def to_internal_value(self, data):
        if isinstance(data, str) and data in self.words.codes():
            return data
        self.fail("unknown", given=_shown(data), remedy=closest(data, self.words.codes()))


@extend_schema_field({"type": "integer", "minimum": 0, "maximum": MOST_PERSONS})
class Number(_Exact):
    """A number of persons; a truth value or a number in quotation marks is none."""

    default_error_messages = {"number": f"Give a whole number from 0 to {MOST_PERSONS}, without quotation marks."}

    def to_internal_value(self, data):
        if isinstance(data, bool) or not isinstance(data, int) or not 0 <= data <= MOST_PERSONS:
            self.fail("number")
        return data


@extend_schema_field({"type": "boolean"})
class Flag(_Exact):
    default_error_messages = {"flag": "Give true or false, without quotation marks."}

    def to_internal_value(self, data):
        if not isinstance(data, bool):
            self.fail("flag")
        return data


@extend_schema_field({"type": "string", "format": "date"})
class Day(_Exact):
    default_error_messages = {"day": "{given} is not a day. Write it as 2024-03-18."}

    def to_internal_value(self, data):
        try:
            # The shape first, because date.fromisoformat also reads 20240318 and 2024-W12-1.
            if not (isinstance(data, str) and len(data) == 10 and data[4] == data[7] == "-"):
                raise ValueError
            return date.fromisoformat(data)
        except ValueError:
            self.fail("day", given=_shown(data))


@extend_schema_field({"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"})
class Clock(_Exact):
    default_error_messages = {"clock": "{given} is not a time of day. Write it as 03:00."}

    def to_internal_value(self, data):
        try:
            if not (isinstance(data, str) and len(data) == 5 and data[2] == ":"):
                raise ValueError
            return time.fromisoformat(data)
        except ValueError:
            self.fail("clock", given=_shown(data))


class Items(serializers.ListField):
    default_error_messages = {
        "required": _MISSING,
        "null": _NULL,
        "not_a_list": "Give a list in square brackets.",
        "empty": "The list is empty: give at least one.",
        "max_length": "The list is too long: at most {max_length} are possible.",
    }

    def __init__(self, child, most, **kwargs):
        super().__init__(child=child, **kwargs)
        self.max_length = most

    def to_internal_value(self, data):
        if isinstance(data, list) and len(data) > self.max_length:
            raise serializers.ValidationError(self.error_messages["max_length"].format(max_length=self.max_length))
        return super().to_internal_value(data)


class Strict(serializers.Serializer):
    """An object; null is the same as leaving a field out, and a member that is none of the fields is refused by name."""

    default_error_messages = {"required": _MISSING, "null": _NULL, "object": "Give an object in curly brackets."}

    def to_internal_value(self, data):
        if not isinstance(data, dict):
            raise serializers.ValidationError({"non_field_errors": [self.error_messages["object"]]})
        given = {name: value for name, value in data.items() if value is not None or self._is_required(name)}
        errors = {
            name: [f"There is no such field. {closest(name, tuple(self.fields))}"]
            for name in data
            if name not in self.fields
        }
        try:
            value = super().to_internal_value(given)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({**error.detail, **errors}) from error
        if errors:
            raise serializers.ValidationError(errors)
        return value

    def _is_required(self, name):
        return name in self.fields and self.fields[name].required


def closest(given, codes):
    """What would be right: the nearest words of a list, or all of a short one."""
    near = difflib.get_close_matches(given.lower(), codes, n=3, cutoff=0.5) if isinstance(given, str) else []
    if near and len(codes) > 8:
        return f"Did you mean {' or '.join(near)}?"
    shown = codes if len(codes) <= 24 else (*codes[:24], "…")
    return f"Use one of: {', '.join(shown)}."


def _shown(value):
    text = str(value)
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"


def _is_address(text):
    try:
        URLValidator(schemes=["http", "https"])(text)
    except serializers.DjangoValidationError:
        return False
    return True
