"""From what a key changes to what the desk's verbs take: null clears, what is left out stays."""

from django.core.exceptions import ValidationError

from events import uids
from events.api import drafts as bodies
from events.desk import claims, earlier, incidents
from events.desk.problems import errors_under
from events.models.claim import Claim
from events.rules.dates import VagueDate

_CLEARED = {"summary": "", "date": VagueDate(), "location": None, "location_precision": "", "tags": []}
_VAGUE = ("asserted", "value_date")


def facts(given):
    """The fields of `incidents.edit`. Raises ValidationError for a place that is not known."""
    fields = {name: _CLEARED[name] if value is None else value for name, value in given.items()}
    if fields.get("location", "") is None:  # without a place nothing is precise
        fields.setdefault("location_precision", "")
    if "tags" in fields:
        fields["tags"] = incidents.tidy_tags(fields["tags"])
    return bodies.incident_fields(fields)


def added(given, incident, *, by):
    """List of the dicts that `claims.add` takes. Adds documents and sources that are new."""
    plain = [{name: value for name, value in one.items() if name != "supersedes"} for one in given["claims"]]
    found = bodies.claims({**given, "claims": plain}, by=by)
    for number, one in enumerate(given["claims"]):
        if one.get("supersedes"):
            with errors_under(f"claims.{number}"):
                found[number]["fields"]["supersedes"] = _superseded(incident, one["supersedes"])
    return found


def claim(given, row, *, by):
    """Dict of fields, lines and citations for `claims.edit`; the toll and the citations stay where they are not given."""
    cleared = [name for name, value in given.items() if value in (None, "")]
    said = {name: value for name, value in given.items() if name not in cleared}
    despite, older = said.pop("despite_duplicates", False), said.pop("supersedes", None)
    made = bodies.claim(said, by=by, despite=despite)
    fields = made["fields"] | {column: _empty(column) for name in cleared if (column := bodies.column_of(name))}
    if older:
        fields["supersedes"] = _superseded(row.incident, older)
    held = earlier.given_parts(claims.parts_of(row))
    return {"fields": fields, **{name: made[name] if name in given else held[name] for name in earlier.PARTS}}


def _empty(column):
    """What the column holds where nothing is said."""
    return VagueDate() if column in _VAGUE else Claim._meta.get_field(column).get_default()


def _superseded(incident, text):
    found = incident.claims.filter(uid=uids.parse(text) or "").first()
    if found is None:
        raise ValidationError({"supersedes": f"“{text}” is no claim of this incident. Give its uid, as 7K3M-9QX2."})
    return found
