"""Rows of this ledger's own files that name an incident by its uid: they edit what the editors set, as a form would.

The edit is an ordinary one, in the history of the incident like any other; what is public changes with its next edition.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events import access, uids
from events.choices import RowVerdict
from events.desk import incidents
from events.desk.importing import contents
from events.exchange.rows import Problem
from events.models.incident import Incident
from events.models.location import Location
from events.press import traces
from events.tongue import gettext

UID, TITLE, LOCATION = "uid", "title", "location"  # columns to which problems belong


def known(rows, by):
    """uid → Incident of those that IncidentRows name, as far as whoever brought the file may see them. One query."""
    wanted = [uid for row in rows if row.uid and (uid := uids.parse(row.uid))]
    seen = Incident.objects.filter(access.visible_incidents(by), uid__in=wanted) if wanted else Incident.objects.none()
    found = seen.select_related("location")
    return {incident.uid: incident for incident in found}


def judged(row, found, meanings):
    """(RowVerdict, Incident or None, [[column, before, now], …], Problem or None) of an IncidentRow with a uid."""
    incident = found.get(uids.parse(row.uid) or "")
    if incident is None:
        said = gettext("No incident has this uid; leave the cell empty for a new one.")
        return RowVerdict.REFUSED, None, [], Problem(row.line, UID, row.uid[:80], said)
    if not incident.is_open:
        said = gettext("This incident was withdrawn or merged into another one; nothing is changed in it any more.")
        return RowVerdict.REFUSED, None, [], Problem(row.line, UID, row.uid[:80], said)
    place = meanings.place(row.place).pk
    if row.place.names and place is None:
        said = gettext("No place of the register has this name in its address.")
        return RowVerdict.REFUSED, None, [], Problem(row.line, LOCATION, row.place.names[-1][1][:80], said)
    fields = _fields(contents.packed(row), place)
    if row.raw.get(TITLE) == incident.title:
        fields["title"] = incident.title  # which begins like a formula that was made harmless
    differing = _differing(incident, fields)
    return (RowVerdict.CHANGED if differing else RowVerdict.SAME), incident, differing, None


def edit(rows, maker):
    """Edit the incidents that changed ImportRows name. Raises ValidationError with what an incident refuses."""
    for row in rows:
        incident = Incident.objects.get(pk=row.incident_id)
        seen = traces.snapshot(incident)
        if any(seen[name] != value for name, value in row.content["before"].items()):
            raise ValidationError(_("Somebody changed this incident after the plan was made; read the file again."))
        fields = _edited(row.content, maker.meanings)
        incident = incidents.edit(incident, by=maker.by, fields=fields, version=incident.version)
        row.version = incident.version


def _edited(content, meanings):
    """The fields that a row says otherwise than its incident, as `incidents.edit` takes them; the others are not its own."""
    place = meanings.place(contents.place(content["place"])).pk
    fields = _fields(content, place)
    columns = {column for column, _was, _now in content["differs"]}
    taken = {name: fields[name] for name in (TITLE, "kind") if name in columns}
    if any(column.startswith("date_") for column in columns):
        taken["date"] = fields["date"]
    if columns & {"location_id", "location_precision"}:
        taken |= {
            "location": Location.objects.filter(pk=place).first(),
            "location_precision": fields["location_precision"],
        }
    return taken


def before(incident, differing):
    """What an edit may rest on: the columns that differ, as they are."""
    held = traces.snapshot(incident)
    return {name: held[name] for name, _was, _now in differing}


def _fields(content, place):
    return {
        "title": content["title"],
        "kind": content["kind"],
        "date": contents.dated(content["date"]),
        "location_id": place,
        "location_precision": content["place"]["precision"] if place else "",
    }


def _differing(incident, fields):
    """[[column, before, now], …], in the words of the traces."""
    was = traces.snapshot(incident)
    changed = Incident()
    for name, value in fields.items():
        setattr(changed, name, value)
    now = traces.snapshot(changed)
    columns = ("title", "kind", *(f"date_{part}" for part in ("start", "end", "precision", "time", "zone")))
    return [
        [name, was[name], now[name]]
        for name in (*columns, "location_id", "location_precision")
        if (was[name] or "") != (now[name] or "")
    ]
