"""The words that come with the files of a release: what each is, how to check and cite it, what may be done with it."""

from dataclasses import asdict

import orjson
from django.utils.translation import gettext_lazy

from events.record import codebook, columns, downloads
from events.record.english import in_english
from events.record.releases import contents, sheets

WHAT = {
    "README.txt": gettext_lazy("What is in here, how to check and how to cite it."),
    "incidents.ndjson": gettext_lazy("The public document of every incident, one per line, as it was published."),
    "incidents.csv": gettext_lazy("One row per incident; the columns are in dictionary.json."),
    "incidents.geojson": gettext_lazy("The same rows, with a point where the place is known and a circle for an area."),
    "incidents.parquet": gettext_lazy("The same rows with types."),
    "claims.csv": gettext_lazy("One row per public claim: who says what."),
    "tolls.csv": gettext_lazy("One row per line of a claimed toll. Never add those of rival claims."),
    "documents.csv": gettext_lazy("Every document that a claim cites, once."),
    "relations.ndjson": gettext_lazy("The public document of every relation between actors, one per line."),
    "relations.csv": gettext_lazy("One row per relation between actors."),
    "codebook.json": gettext_lazy("Every closed list of words, with what each means."),
    "dictionary.json": gettext_lazy("Every column of every table, with how to read it."),
    "manifest.json": gettext_lazy("This release: its editions counted, its files with size and SHA-256."),
    "SHA256SUMS": gettext_lazy("For sha256sum -c."),
}
MEDIA = {
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ndjson": "application/x-ndjson; charset=utf-8",
    "geojson": "application/geo+json",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
# What the READMEs of the data say, and no more: nothing here grants what nobody granted.
LICENCE = gettext_lazy(
    "Facts are nobody’s property. Excerpts are quoted as evidence and remain their publishers’; the licence of a cited "
    "document, where one is known, stands in documents.csv. Names and coordinates of places are in part from GeoNames "
    "(CC BY 4.0, geonames.org), provinces after Natural Earth (public domain). No licence for the record as a whole has "
    "been stated."
)
WITHHELD = "Later editions protect somebody’s privacy. What these said is withheld; their hashes stay."


def media_type(name):
    return MEDIA.get(name.rpartition(".")[2], MEDIA["txt"])


@in_english
def texts(release):
    """Name → text of the files that do not follow from the editions alone, and are therefore kept as they are."""
    return {
        "README.txt": _readme(release),
        "codebook.json": _json({"ruleset": release.ruleset, "lists": [asdict(one) for one in codebook.lists()]}),
        "dictionary.json": _json({"incidents": columns.dictionary(), **sheets.dictionary(), "kinds": columns.KINDS}),
    }


@in_english
def manifest(release, made, totals, *, redacted=None):
    """The text of manifest.json; `redacted` are members that say what is withheld since, if anything is."""
    previous = contents.before(release)
    return _json(
        {
            "release": release.name,
            "title": f"Frontier Ledger {release.name}",
            "frozen_at": release.frozen_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "ruleset": release.ruleset,
            "product": release.product,
            "url": f"{release.site}/releases/{release.name}/",
            "previous": previous.name if previous else None,
            "licence": str(LICENCE),
            "totals": totals.as_dict(),
            **(redacted or {}),
            "files": [_listed(one) for one in made],
        }
    )


def sums(files):
    """The text of SHA256SUMS over (name, SHA-256)."""
    return "".join(f"{sha256}  {name}\n" for name, sha256 in files)


def _listed(one):
    return {
        "name": one.name,
        "what": str(WHAT[one.name]),
        "media_type": media_type(one.name),
        "bytes": one.bytes,
        "rows": one.rows,
        "sha256": one.sha256,
    }


def _readme(release):
    day = f"{release.frozen_at.day} {release.frozen_at:%B %Y}"
    files = [
        (name, what) for name, what in WHAT.items() if name != "incidents.parquet" or "parquet" in downloads.FORMATS
    ]
    width = max(len(name) for name, _ in files)
    return "\n".join(
        [
            f"Frontier Ledger {release.name}",
            "",
            f"The public record of security events across the Afghanistan-Pakistan border as it stood on {day}.",
            "It is a list of numbered editions and never changes. What was found to be wrong in it since stands under",
            f"{release.site}/releases/{release.name}/#errata",
            "",
            "Files",
            *(f"  {name:<{width}}  {what}" for name, what in files),
            "",
            "Check them:  sha256sum -c SHA256SUMS",
            "A line of an .ndjson file without its line end is a document; its SHA-256 is in incidents.csv.",
            "",
            "An empty cell is “not reported”, never zero. To count incidents, count the rows with counts_incident;",
            "to add people killed, add the rows with counts_killed.",
            "",
            "Cite as",
            f"  Frontier Ledger: “Frontier Ledger {release.name}”. {day}. {release.site}/releases/{release.name}/",
            "  with the SHA-256 of manifest.json.",
            "",
            "Licence",
            f"  {LICENCE}",
            "",
        ]
    )


def _json(content):
    return orjson.dumps(content, default=str, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
