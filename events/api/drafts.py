"""From a checked body to what the desk's verb takes, and from the verb's errors back to paths of the body."""

import re
from contextlib import contextmanager

from django.core.exceptions import ValidationError

from events.api import naming
from events.choices import Qualifier
from events.desk import duplicates
from events.desk.problems import errors_under
from events.rules import casualties
from events.rules.dates import VagueDate

# Members of a claim in the body → columns of the desk.
_VALUES = {name: f"value_{name}" for name in ("actor", "location", "date", "code", "text")}
_NAMED = {"claimant": naming.claimant, "actor": naming.actor, "location": naming.location}
_BESIDES = {"claims", "category", "despite_duplicates"}
_HANGING = {"lines", "citations", "despite_duplicates"}
_VALUE_COLUMN = re.compile(r"\bvalue_(actor|location|code|text)$")
_DATE_COLUMN = re.compile(r"\b(?:value_)?(date|asserted|published)_(start|end|precision|time|zone)$")
_CLOCK = {"time": "time_local", "zone": "time_zone"}


def incident_fields(body):
    """The facts that editors set; the category follows from the kind, so it is not passed on."""
    fields = {name: value for name, value in body.items() if name not in _BESIDES}
    if fields.get("location"):
        with errors_under("location"):
            fields["location"] = naming.location(fields["location"])
    return fields


def claims(body, *, by):
    """List of the dicts that `incidents.log` takes. Adds documents and sources that are new."""
    found, despite = [], body.get("despite_duplicates", False)
    for number, given in enumerate(body.get("claims", [])):
        with errors_under(f"claims.{number}"):
            found.append(claim(given, by=by, despite=despite))
    return found


def claim(given, *, by, despite):
    """The dict of fields, lines and citations that `claims.add` takes. Adds documents and sources that are new."""
    given = dict(given)
    lines = _each("lines", given.pop("lines", []), _line)
    cited = given.pop("citations", [])
    citations = _each("citations", cited, lambda citation: _citation(citation, by=by, despite=despite))
    for name, named in _NAMED.items():
        if given.get(name):
            with errors_under(name):
                given[name] = named(given[name])
    return {
        "fields": {_VALUES.get(name, name): value for name, value in given.items() if value != ""},
        "lines": lines,
        "citations": citations,
    }


def column_of(name):
    """The column of a member of a claim; None for what hangs on the claim or is none of it."""
    return None if name in _HANGING else _VALUES.get(name, name)


def sought(fields, claims):
    """What likely duplicates are looked for by, of the arguments that `incidents.log` takes."""
    cited = [citation["document"].pk for claim in claims for citation in claim["citations"]]
    named = [claim["fields"].get(name) for claim in claims for name in ("claimant", "value_actor")]
    return duplicates.Sought(
        title=fields["title"],
        kind=fields["kind"],
        date=fields.get("date") or VagueDate(),
        location=fields.get("location") or None,
        location_precision=fields.get("location_precision", ""),
        documents=frozenset(cited),
        actors=frozenset(actor.pk for actor in named if actor),
    )


@contextmanager
def paths_of_the_body():
    """Errors of the verbs name columns; whoever sent the body knows its members: claims.0.date.start."""
    try:
        yield
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            raise
        raise ValidationError({_path(name): said for name, said in error.error_dict.items()}) from error


def _each(name, items, made):
    found = []
    for number, item in enumerate(items):
        with errors_under(f"{name}.{number}"):
            found.append(made(item))
    return found


def _citation(given, *, by, despite):
    with errors_under("document"):
        return {**given, "document": naming.document(given["document"], by=by, despite=despite)}


def _line(given):
    """The line with the bounds that its wording means; numbers that contradict the wording are refused."""
    low, best, high = (given.get(name) for name in ("low", "best", "high"))
    qualifier = Qualifier(given.get("qualifier") or _wording(low, best, high))
    single = (best, low) if qualifier == Qualifier.ABOUT else (low, best)
    first = next((number for number in single if number is not None), None)
    meant_low, meant_best, meant_high, is_open = casualties.bounds(qualifier, first, high)
    meant = {"low": meant_low, "high": meant_high}
    if best is None or qualifier in (Qualifier.EXACT, Qualifier.NONE, Qualifier.UNKNOWN):
        meant["best"] = meant_best
    if qualifier != Qualifier.RANGE or "open_upper" not in given:
        meant["open_upper"] = is_open
    for name, value in meant.items():
        if given.get(name) not in (None, value):
            raise ValidationError(
                {name: f"“{qualifier.label}” does not go with {_said(given[name])} here; {_remedy(qualifier, meant)}"}
            )
    line = {**given, "qualifier": qualifier.value, **meant}
    if "party" in given:
        with errors_under("party"):
            line["party"] = naming.actor(given["party"])
    return line


def _wording(low, best, high):
    if low is best is high is None:
        return Qualifier.UNKNOWN
    return Qualifier.RANGE if low is not None and high is not None and low != high else Qualifier.EXACT


def _remedy(qualifier, meant):
    known = ", ".join(f"{name} {_said(value)}" for name, value in meant.items() if value is not None)
    return f"it means {known or 'no number at all'}. Change the number, or the qualifier “{qualifier.value}”."


def _said(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def _path(name):
    name = _VALUE_COLUMN.sub(r"\1", name)
    return _DATE_COLUMN.sub(lambda match: f"{match[1]}.{_CLOCK.get(match[2], match[2])}", name)
