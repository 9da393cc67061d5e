"""How an edition, or an incident, is cited: as plain text, and in the formats that reference managers read."""

import json
import re
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy

from events import uids

PUBLISHER = "Frontier Ledger"
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {mark: f"\\{mark}" for mark in "&%$#_"}


@dataclass(frozen=True)
class Reference:
    """What a citation names: an edition, which never changes, or the incident, whose address leads to the latest one."""

    title: str
    uid: str  # as shown, 7K3M-9QX2
    number: int
    published: date
    address: str
    sha256: str  # "" where the incident is cited and not one edition of it

    @property
    def which(self):
        """“edition 2”, or “latest edition (2)”."""
        return f"edition {self.number}" if self.sha256 else f"latest edition ({self.number})"

    @property
    def note(self):
        return f"SHA-256 {self.sha256}" if self.sha256 else f"Edition {self.number} was the latest when this was made"


def reference(edition, title, base):
    """The Reference of an edition; `base` is scheme and host of the site, without a slash at the end."""
    return Reference(
        title=" ".join(title.split()),
        uid=uids.shown(edition.subject_uid),
        number=edition.number,
        published=edition.published_at.date(),
        address=base + reverse("incident-edition", args=[edition.subject_uid, edition.number]),
        sha256=edition.sha256,
    )


def of_incident(edition, title, base):
    """The Reference of an incident, whose address always leads to its latest edition; `edition` is that one now."""
    here = base + reverse("incident", args=[edition.subject_uid])
    return replace(reference(edition, title, base), address=here, sha256="")


def plain(one):
    """One line of text with an end of line."""
    day = f"{one.published.day} {one.published:%B %Y}"
    return f"{PUBLISHER}: “{one.title}”. Incident {one.uid}, {one.which}, {day}. {one.address}\n"


def bibtex(one):
    """A BibTeX entry of type misc, which every style knows; braces keep the title as it is written."""
    fields = {
        "author": f"{{{PUBLISHER}}}",
        "title": f"{{{_latex(one.title)}}}",
        "year": str(one.published.year),
        "month": str(one.published.month),
        "day": str(one.published.day),
        "howpublished": PUBLISHER,
        "edition": str(one.number) if one.sha256 else "",
        "note": f"Incident {one.uid}, edition {one.number}, {one.note}"
        if one.sha256
        else f"Incident {one.uid}. {one.note}",
        "url": one.address,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{_key(one)},\n{lines}\n}}\n"


def ris(one):
    """A RIS record of type DATA; lines end as the format asks, with CR and LF."""
    lines = [
        ("TY", "DATA"),
        ("ID", _key(one)),
        ("TI", one.title),
        ("AU", PUBLISHER),
        ("PB", PUBLISHER),
        ("PY", str(one.published.year)),
        ("DA", f"{one.published:%Y/%m/%d}"),
        *([("ET", str(one.number))] if one.sha256 else []),
        ("M1", one.uid),
        ("UR", one.address),
        ("N1", one.note),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines)


def csl(one):
    """CSL-JSON: a list of one item, as Zotero and citeproc read it."""
    item = {
        "id": _key(one),
        "type": "dataset",
        "title": one.title,
        "author": [{"literal": PUBLISHER}],
        "publisher": PUBLISHER,
        "issued": {"date-parts": [[one.published.year, one.published.month, one.published.day]]},
        **({"version": str(one.number)} if one.sha256 else {}),
        "number": one.uid,
        "URL": one.address,
        "note": one.note,
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


# End of the address → (words for the link, content type, what writes it).
FORMATS = {
    "txt": (gettext_lazy("Plain text"), "text/plain; charset=utf-8", plain),
    "bib": ("BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
    "ris": ("RIS", "application/x-research-info-systems; charset=utf-8", ris),
    "json": ("CSL-JSON", "application/vnd.citationstyles.csl+json", csl),
}


def shown(reading, base):
    """What a page says of citing an edition (editions.Reading) and its incident: a line each, (end of address, words)."""
    one, latest = (cited(reading.edition, reading.document["title"], base) for cited in (reference, of_incident))
    formats = [(form, label) for form, (label, _, _) in FORMATS.items()]
    return {"citation": plain(one), "citation_of_incident": plain(latest), "citation_formats": formats}


def _key(one):
    return f"frontier-ledger-{one.uid.lower()}" + (f"-{one.number}" if one.sha256 else "")


def _latex(text):
    return re.sub(r"[\\{}~^&%$#_]", lambda found: _LATEX[found[0]], text)
