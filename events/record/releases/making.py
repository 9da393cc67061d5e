"""The files of a release, written from its editions in one pass. The same editions give the same bytes, on any database.

No register is read and no clock: names are those of the editions, addresses those of the release's own site.
"""

import csv
import hashlib
import io
from contextlib import ExitStack
from dataclasses import dataclass

import orjson

from events.models.edition import Subject
from events.record import downloads, frozen
from events.record.english import in_english
from events.record.releases import contents, sheets
from events.record.releases.totals import Totals

DOCUMENTS = {Subject.INCIDENT: "incidents.ndjson", Subject.RELATION: "relations.ndjson"}
FLAT = ("csv", "geojson", "parquet")  # formats of downloads.FORMATS in which incidents are written, where it has them


@dataclass(frozen=True)
class Made:
    """A file that was written. `rows` is None where it is no table; `words` is its text where that is to be kept."""

    name: str
    sha256: str
    bytes: int
    rows: int | None = None
    words: str = ""


class Target:
    """A file that is being written, with its hash, its size and its rows."""

    def __init__(self, folder, name):
        self.name, self.rows, self.bytes = name, 0, 0
        self._hash, self._file = hashlib.sha256(), (folder / name).open("wb")

    def __enter__(self):
        return self

    def __exit__(self, *trouble):
        self._file.close()

    def write(self, piece, rows=0):
        self._file.write(piece)
        self._hash.update(piece)
        self.bytes += len(piece)
        self.rows += rows

    @property
    def made(self):
        return Made(self.name, self._hash.hexdigest(), self.bytes, self.rows)


class Sheet:
    """A CSV file with the columns of sheets.SHEETS."""

    def __init__(self, target, fields):
        self._target, self._fields = target, fields
        self._put([field.name for field in fields], rows=0)

    def add(self, row):
        self._put(sheets.cells(self._fields, row), rows=1)

    def _put(self, cells, rows):
        line = io.StringIO(newline="")
        csv.writer(line).writerow(cells)
        self._target.write(line.getvalue().encode(), rows)


@in_english
def write(release, folder, without=frozenset()):
    """(list of Made, Totals): the files that follow from the editions alone, without these, in the order of the manifest.

    Rows of incidents are in memory, some 10 KB each; documents are read a few hundred at a time.
    """
    with ExitStack() as open_files:

        def opened(name):
            return open_files.enter_context(Target(folder, name))

        stored = {subject: opened(name) for subject, name in DOCUMENTS.items()}
        tabular = {name: opened(f"{name}.csv") for name in sheets.SHEETS}
        rows, totals = _pass(release, without, stored, {n: Sheet(t, sheets.SHEETS[n]) for n, t in tabular.items()})
        shown = [opened(f"incidents.{form}") for form in FLAT if _written(form)]
        for target in shown:
            _write_flat(target, rows, release.site)
        totals = totals.with_incidents(frozen.arranged(rows, release.site).rows)
        incidents, relations = stored[Subject.INCIDENT], stored[Subject.RELATION]
        ordered = [incidents, *shown, tabular["claims"], tabular["tolls"], tabular["documents"], relations]
        return [target.made for target in (*ordered, tabular["relations"])], totals


def _pass(release, without, stored, tabular):
    """Read every document once: write it out as it is stored, its claims and relations as rows; keep the incident's row."""
    firsts, rows, papers, totals = contents.first_published(), [], {}, Totals()
    for edition in contents.read(release, without):
        body = edition.document.body.encode()
        stored[edition.subject].write(body + b"\n", rows=1)
        document = orjson.loads(body)
        is_relation = edition.subject == Subject.RELATION
        for claim in sheets.claims(document, is_relation):
            tabular["claims"].add(claim)
            totals.claims += 1
            for toll in sheets.tolls(claim):
                tabular["tolls"].add(toll)
        papers |= {paper["uid"]: paper for paper in document["documents"]}
        if is_relation:
            tabular["relations"].add({"document": document})
            totals.relations += 1
        else:
            held = frozen.Held(document, edition.sha256, firsts[edition.subject_uid])
            rows.append(frozen.row_of(held))
    for _, paper in sorted(papers.items()):  # as the edition that was published last has it
        tabular["documents"].add({"paper": paper})
    totals.documents = len(papers)
    totals.sources = len({paper["source"]["slug"] for paper in papers.values()})
    return rows, totals


def _written(form):
    return form in downloads.FORMATS and downloads.FORMATS[form].write is not None


def _write_flat(target, rows, site):
    arranged = frozen.arranged(rows, site)
    for piece in downloads.FORMATS[target.name.rpartition(".")[2]].write(arranged):
        target.write(piece)
    target.rows = arranged.total
