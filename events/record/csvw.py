"""The columns of a CSV file of incidents as the W3C describes tables for machines (CSV on the Web, 2015). No HTTP here.

https://www.w3.org/TR/tabular-metadata/
"""

from django.utils.translation import gettext

from events.record import columns
from events.record.downloads import JOINT
from events.record.english import in_english

CONTENT_TYPE = "application/csvm+json"
_TO_THE_MINUTE = ("utc",)
_TYPES = {
    columns.ADDRESS: {"base": "anyURI"},
    columns.DAY: {"base": "date", "format": "yyyy-MM-dd"},
    columns.MOMENT: {"base": "dateTime", "format": "yyyy-MM-ddTHH:mm:ssX"},
    columns.WHOLE: {"base": "integer", "minimum": 0},
    columns.NUMBER: {"base": "double"},
    columns.FLAG: {"base": "boolean", "format": "yes|no"},
}


@in_english
def metadata(table, dictionary):
    """The description of the file whose address is `table`; `dictionary` is the address of the page about its columns."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": table,
        "dc:title": gettext("Incidents of the Frontier Ledger"),
        "dc:description": gettext(
            "One row is one incident as its latest edition has it. An empty cell is “not reported”, 0 is “none”. Words "
            "that a spreadsheet would run as a formula begin with an apostrophe. The header X-Row-Count of the answer says "
            "how many rows a whole file has."
        ),
        "rdfs:seeAlso": [{"@id": dictionary}],
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": [_column(one) for one in columns.COLUMNS], "primaryKey": "uid"},
    }


def _column(column):
    described = {
        "name": column.name,
        "titles": column.name,
        "dc:description": " ".join(str(said) for said in (column.meaning, column.reading) if said),
        "datatype": _type(column),
    }
    if column.unit:
        described["schema:unitText"] = str(column.unit)
    if column.kind in (columns.CODES, columns.TEXTS):
        described["separator"] = JOINT
    return described


def _type(column):
    if column.words:
        return {"base": "string", "format": f"^({'|'.join(column.words)})$"}
    if column.name in _TO_THE_MINUTE:
        return {"base": "dateTime", "format": "yyyy-MM-ddTHH:mmX"}
    return _TYPES.get(column.kind, {"base": "string"})
