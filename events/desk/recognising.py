"""What an address and a pasted text tell of a document before anybody types it. Nothing is fetched, nothing is saved."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from events import names
from events.desk import addresses, citing, registers
from events.desk.reading import datelines, languages
from events.models.source import Document, Source

MOST_READ = 5000  # characters of the text: its first lines say what there is to say


@dataclass(frozen=True)
class Recognised:
    """`problem` says what is wrong with the address; a known document leaves the rest of it unsaid."""

    problem: str = ""
    document: Document | None = None
    source: Source | None = None
    language: str = ""
    language_why: str = ""
    published: date | None = None
    published_why: str = ""


def recognise(url, text):
    url, text = _whole(url), names.clean(text[:MOST_READ])
    problem = addresses.problem(url)
    known = citing.known_at(url) if url and not problem else None
    if known is not None:
        return Recognised(document=known)
    source = registers.find_source(url) if url and not problem else None
    language, language_why = languages.guess(text)
    if not text and source is not None and len(source.languages) == 1:
        language, language_why = (
            source.languages[0],
            _("%(source)s publishes in no other language") % {"source": source},
        )
    day, day_why = datelines.guess("" if problem else url, text, today=timezone.now().date())
    return Recognised(problem, None, source, language, language_why, day, day_why)


def _whole(url):
    """The address as the form will read it: without what surrounds it, and with https:// where nothing stands before."""
    url = url.strip(addresses.AROUND)
    return f"https://{url}" if url and ":" not in url.partition("/")[0] else url
