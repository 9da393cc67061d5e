"""A selection as a Parquet file: the cells of all files with their types, a group of rows at a time. No HTTP here.

pyarrow is large and only this file needs it, so it is imported when the first one is asked for.
"""

from datetime import datetime
from itertools import islice

from events.record import columns
from events.record.english import in_english

GROUP = 5000  # rows that are in memory together; each group can be read without the others


def as_parquet(flat):
    """The pieces of the file: the same bytes for the same rows, whoever asks and whenever. Without its last piece nothing
    reads it, so a file that was cut is never taken for a whole one."""
    from pyarrow import parquet, table

    taken, schema = _Taken(), _schema()
    with parquet.ParquetWriter(taken, schema, compression="zstd") as writer:
        while any(held := _by_column(islice(flat.rows, GROUP))):
            writer.write_table(table(held, schema=schema), row_group_size=GROUP)
            yield taken.give()
    yield taken.give()


class _Taken:
    """The file that Arrow writes into; it gives back what was written since it was asked last."""

    closed = False

    def __init__(self):
        self._written, self._place = [], 0

    def write(self, piece):
        self._written.append(bytes(piece))
        self._place += len(piece)
        return len(piece)

    def tell(self):
        return self._place

    def flush(self):
        pass  # nothing is held back

    def close(self):
        self.closed = True

    def give(self):
        written, self._written = b"".join(self._written), []
        return written


def _by_column(rows):
    """A list of values per column."""
    found = [[] for _ in columns.COLUMNS]
    for row in rows:
        for held, column, value in zip(found, columns.COLUMNS, columns.cells(row), strict=True):
            held.append(_typed(column.kind, value))
    return found


def _typed(kind, value):
    return datetime.fromisoformat(value) if kind == columns.MOMENT and value is not None else value


@in_english
def _schema():
    """Every column may be null; what each means stands beside it."""
    import pyarrow

    types = {
        columns.CODES: pyarrow.list_(pyarrow.string()),
        columns.TEXTS: pyarrow.list_(pyarrow.string()),
        columns.DAY: pyarrow.date32(),
        columns.MOMENT: pyarrow.timestamp("ms", tz="UTC"),
        columns.WHOLE: pyarrow.int32(),
        columns.NUMBER: pyarrow.float64(),
        columns.FLAG: pyarrow.bool_(),
    }
    return pyarrow.schema(
        pyarrow.field(column.name, types.get(column.kind, pyarrow.string()), metadata={"description": _told(column)})
        for column in columns.COLUMNS
    )


def _told(column):
    return " ".join(str(said) for said in (column.meaning, column.reading) if said)
