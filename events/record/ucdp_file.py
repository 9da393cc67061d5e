"""A selection as a file of UCDP GED's 49 columns: which incidents give a row, and the rows."""

import orjson
from django.db.models import Q

from events.choices import Category
from events.exchange import ucdp, ucdp_columns, ucdp_reasons
from events.record import flat, weighing
from events.record import ucdp as record

COLUMNS = ucdp_columns.COLUMNS
REASONS = ucdp_reasons.REASONS
NUMERIC = ()
_MIDNIGHT = ("T00:00:00", " 00:00:00.000")  # in UCDP's API, and in its files
known = record.register


def weighed(chosen, shelf, order, register):
    """Weighing of the chosen incidents of the shelf: two queries, and one more on an earlier state."""
    columns, is_leaf = weighing.leaves(shelf)
    asked = record.numbered(chosen, "uid").order_by(*flat.ORDERS[order])
    held = asked.values_list("edition_id", "number_in_record", "edition__sha256", *record.INDEXED, *columns)
    width = len(record.INDEXED)
    entries = []
    for edition, number, sha256, *values in held.iterator(chunk_size=2000):
        reason = record.reason_in_index(is_leaf(*values[width:]), values[:width], register)
        entries.append((edition, number, sha256, reason))
    waiting = [(edition, sha256) for edition, _, sha256, reason in entries if not reason]
    deadly = chosen.filter(Q(killed_low__gt=0) | Q(killed_best__gt=0), category=Category.VIOLENT)
    outlines = record.read_outlines(waiting, register, deadly)
    found = weighing.Weighing()
    for edition, number, sha256, reason in entries:
        found.add(edition, number, reason or outlines[sha256].reason)
    return found


def rows(found, register):
    """The rows of these (edition, number of the incident in the record)."""
    for _, number, body in weighing.documents(found):
        row = ucdp.row(orjson.loads(body), number, register)
        yield row | {name: row[name].replace(*_MIDNIGHT) for name in ("date_start", "date_end")}
