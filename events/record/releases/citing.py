"""How a release is cited: as plain text, and in the formats that reference managers read. The manifest's hash is in each."""

import json
from dataclasses import dataclass
from datetime import date

from events.record import citing
from events.record.citing import PUBLISHER


@dataclass(frozen=True)
class Reference:
    """A release as a citation names it; `sha256` is that of its manifest as it is served."""

    name: str
    frozen: date
    address: str
    sha256: str

    @property
    def title(self):
        return f"{PUBLISHER} {self.name}"

    @property
    def note(self):
        return f"SHA-256 of the manifest {self.sha256}"

    @property
    def key(self):
        return f"frontier-ledger-{self.name}"


def reference(release, sha256):
    address = f"{release.site}{release.get_absolute_url()}"
    return Reference(release.name, release.frozen_at.date(), address, sha256)


def plain(one):
    """One line of text with an end of line."""
    day = f"{one.frozen.day} {one.frozen:%B %Y}"
    return f"{PUBLISHER}: “{one.title}”. Data set, release {one.name}, {day}. {one.address} ({one.note}).\n"


def bibtex(one):
    fields = {
        "author": f"{{{PUBLISHER}}}",
        "title": f"{{{one.title}}}",
        "year": str(one.frozen.year),
        "month": str(one.frozen.month),
        "day": str(one.frozen.day),
        "howpublished": "Data set",
        "version": one.name,
        "note": one.note,
        "url": one.address,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{one.key},\n{lines}\n}}\n"


def ris(one):
    """A RIS record of type DATA; lines end as the format asks, with CR and LF."""
    lines = [
        ("TY", "DATA"),
        ("ID", one.key),
        ("TI", one.title),
        ("AU", PUBLISHER),
        ("PB", PUBLISHER),
        ("PY", str(one.frozen.year)),
        ("DA", f"{one.frozen:%Y/%m/%d}"),
        ("ET", one.name),
        ("UR", one.address),
        ("N1", one.note),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines)


def csl(one):
    """CSL-JSON: a list of one item, as Zotero and citeproc read it."""
    item = {
        "id": one.key,
        "type": "dataset",
        "title": one.title,
        "author": [{"literal": PUBLISHER}],
        "publisher": PUBLISHER,
        "issued": {"date-parts": [[one.frozen.year, one.frozen.month, one.frozen.day]]},
        "version": one.name,
        "URL": one.address,
        "note": one.note,
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


# End of the address → what writes it; words for the link and content type are those of any citation.
WRITERS = {"txt": plain, "bib": bibtex, "ris": ris, "json": csl}
FORMATS = {form: (*citing.FORMATS[form][:2], write) for form, write in WRITERS.items()}
