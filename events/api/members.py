"""Parts of the documents in a list of incidents (`fields`), and what may stand beside them (`include`)."""

from difflib import get_close_matches

import orjson
from django import forms
from django.core.exceptions import ValidationError

from events.api import document_shapes, shapes
from events.record import parameters

INCLUDED = {
    "editions": "every edition of the incident, newest first, as /editions/ lists them",
    "provenance": "by which rule, from which claims and how each value was concluded, as /provenance/ tells it",
}
ALWAYS = "uid"


class ListField(forms.CharField):
    """Words of a closed list, joined by commas; cleaned to those that are given, in the order of the list."""

    def __init__(self, *, words, noun, **kwargs):
        self.words, self.noun = tuple(words), noun
        super().__init__(required=False, **kwargs)

    def clean(self, value):
        given = [text.strip() for text in super().clean(value).split(",") if text.strip()]
        if wrong := [self._refusal(text) for text in dict.fromkeys(given) if text not in self.words]:
            raise ValidationError(wrong)
        return [word for word in self.words if word in given]

    def _refusal(self, text):
        top = [word for word in self.words if "." not in word]
        remedy = parameters.one_of(top)
        if close := get_close_matches(text.lower(), self.words, 3):
            remedy = f"Did you mean {' or '.join(close)}?"
        return f"{parameters.quoted(text)} is not {self.noun}. {remedy}"


def paths():
    """Every member of the document of an incident that `fields` may name: “title”, “headline.casualties”."""
    return _paths(document_shapes.INCIDENT.schema, "")


def chosen(body, fields):
    """A dict of the uid and these members of a JSON text; a member of what is null or missing is left out."""
    document, found = orjson.loads(body), {}
    for path in (ALWAYS, *fields):
        _copy(document, found, path.split("."))
    return found


def _paths(schema, above):
    """Through objects whose members have names of their own; not into lists, nor where names are data."""
    found = []
    for name, member in _resolved(schema).get("properties", {}).items():
        found += [f"{above}{name}", *_paths(member, f"{above}{name}.")]
    return found


def _resolved(schema):
    options = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    first = options[0]
    return shapes.KNOWN[first["$ref"].rpartition("/")[2]].schema if "$ref" in first else first


def _copy(source, target, names):
    name, *rest = names
    if not isinstance(source, dict) or name not in source:
        return
    if not rest or source[name] is None:
        target.setdefault(name, source[name])
    else:
        _copy(source[name], target.setdefault(name, {}), rest)
