"""The codebook as data, and which members of the answers and which parameters hold the words of each list."""

import functools

from django.http import Http404

from events.api import answers, doors, freshness, lists, questions, schema_vocabulary, shapes
from events.record import parameters
from events.record import vocabulary as words_of_record
from events.rules.derive import RULESET

# Members whose words the description cannot tell from their type: numbers, names of members, words that hang on another.
_BESIDES = {
    "Kind": ["Claim.code (aspect kind)"],
    "TargetNature": ["Headline.target_natures[].code", "Claim.code (aspect target_nature)"],
    "Credibility": ["Claim.credibility"],
    "Escalation": ["Headline.escalation"],
    "Outcome": ["Headline.casualties (names of its members)"],
    "VictimCategory": ["Toll.by_category (names of its members)"],
    "Demographic": ["Toll.subsets (names of its members)"],
    "Side": ["Headline.acknowledgement (names of its members)"],
}


@schema_vocabulary.vocabulary
@doors.reader
@freshness.of_code
def vocabulary(request):
    """Every closed list of words in one answer."""
    questions.none(request.query_params)
    found = list(_lists().values())
    return answers.value(request, {"count": len(found), "selection": {}, "ruleset": RULESET, "results": found})


@schema_vocabulary.word_list
@doors.reader
@freshness.of_code
def word_list(request, name):
    """One closed list of words."""
    questions.none(request.query_params)
    if name not in _lists():
        raise Http404
    return answers.value(request, _lists()[name])


@functools.cache
def _lists():
    """As the record has them, with the places where they are used; the same as long as the process lives."""
    used = _used()
    found = words_of_record.lists()
    return {
        name: {
            **{member: one[member] for member in ("name", "schema", "heading", "about")},
            "fields": [*used.get(one["schema"], []), *_BESIDES.get(one["schema"], [])],
            "columns": one["columns"],
            "parameters": _parameters([entry["code"] for entry in one["entries"]]),
            "entries": one["entries"],
        }
        for name, one in found.items()
    }


def _used():
    """Name of a list → “Claim.stance”: the members of described shapes that hold its words."""
    found = {}
    for shape in shapes.KNOWN.values():
        for path, schema in _members(shape.schema):
            for used in shapes.referred(schema):
                if f"{shape.name}{path}" not in found.setdefault(used.name, []):
                    found[used.name].append(f"{shape.name}{path}")
    return found


def _members(schema, path=""):
    """(path, schema) of every member that is no object itself; [] stands for the items of a list."""
    if "properties" in schema:
        for name, inside in schema["properties"].items():
            yield from _members(inside, f"{path}.{name}")
    elif "items" in schema and "$ref" not in schema["items"]:
        yield from _members(schema["items"], f"{path}[]")
    elif isinstance(schema.get("additionalProperties"), dict) and schema["additionalProperties"]:
        yield from _members(schema["additionalProperties"], f"{path}.*")
    else:
        yield path, schema


def _parameters(codes):
    """“claims: stance”: parameters of lists that take these codes."""
    return [
        f"{resource}: {name}"
        for resource, question in lists.QUESTIONS.items()
        for name, field, _ in questions.definitions(question)
        if isinstance(field, parameters.CodeField | parameters.CodesField) and set(field.words) == set(codes)
    ]
