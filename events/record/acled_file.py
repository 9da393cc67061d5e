"""A selection as a file of ACLED's 31 columns: which incidents give a row, and the rows."""

import orjson

from events.exchange import acled, acled_words
from events.record import acled as record
from events.record import flat, weighing
from events.record.shelves import NOW

COLUMNS = acled.COLUMNS
REASONS = acled_words.SKIPPED
NUMERIC = ("latitude", "longitude")  # text that is a number, which no spreadsheet takes for a formula
known = record.known


def weighed(chosen, shelf, order, facts):
    """Weighing of the chosen incidents of the shelf. Of the present from the index alone, of the past from documents."""
    found = weighing.Weighing()
    for edition, outlined in _outlined(chosen, shelf, flat.ORDERS[order], facts):
        found.add(edition, 0, outlined.reason if isinstance(outlined, acled.Skip) else "")
    return found


def rows(found, facts):
    """The rows of these (edition, number), with words in the place of codes, as current files of ACLED have them."""
    for _, _, body in weighing.documents(found):
        yield acled.in_words(acled.row(orjson.loads(body), facts, is_leaf=True))


def _outlined(chosen, shelf, order, facts):
    if shelf is NOW:
        yield from record.outlines(chosen, facts, order)
        return
    columns, is_leaf = weighing.leaves(shelf)
    held = chosen.order_by(*order).values_list("edition_id", "edition__document__body", *columns)
    for edition, body, *values in held.iterator(chunk_size=weighing.CHUNK):
        yield edition, acled.outline(orjson.loads(body), facts, is_leaf=is_leaf(*values))
