"""Finding the document that somebody cites, or adding it with its source: the same way for pages and for the API."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from events import names
from events.desk import lookup, registers
from events.desk.problems import errors_under
from events.desk.stale import Stale
from events.models.source import Document, Source


def known_at(url):
    """The document known at this address, whatever its scheme, `www.` or tracking parameters; None for none."""
    return Document.objects.at_address(url).without_text().select_related("source").first()


def cited_document(*, by, url="", title="", source=None, despite=False, **described):
    """The document known at the address, else the one of that source and title, else a new one. Writes.

    `source` is a row, a dict with the name and kind of one that may be new, or None: then the address has to tell.
    `described` are further columns of a new document. Raises ValidationError under title or source; a LikelyDouble
    under source when a new one goes by nearly the name of another, unless it is to be added `despite` that.
    """
    text = described.get("captured_text", "")
    if known := known_at(url):
        return with_text(known, text, by=by)
    if not title:
        raise ValidationError(
            {"title": _("It is missing: no document is known under this address yet, so give its title.")}
        )
    publisher = _publisher(source, url, by=by, despite=despite)
    if known := _titled(title, publisher, url, described.get("published")):
        return with_text(known, text, by=by)
    return registers.add_document(by=by, source=publisher, url=url, title=title, **described)


def with_text(document, text, *, by):
    """The document with the text that was pasted for it, which is captured now if it has none yet. Writes.

    Raises ValidationError when the document has another text, or when the person may not add one.
    """
    text = names.clean(text)
    if not text or text == document.captured_text:
        return document
    if document.captured_text:
        raise ValidationError(
            {
                "captured_text": _(
                    "The text of “%(document)s” was captured before and reads otherwise. It is evidence and stays; "
                    "leave this field empty, or add the changed page as a document of its own."
                )
                % {"document": document}
            }
        )
    try:
        return registers.edit_document(document, by=by, version=document.version, captured_text=text)
    except PermissionDenied as denied:
        raise ValidationError(
            {
                "captured_text": _(
                    "“%(document)s” is somebody else's entry or relied on already, so an editor adds its text. "
                    "Leave this field empty."
                )
                % {"document": document}
            }
        ) from denied
    except Stale as stale:
        raise ValidationError(
            {
                "captured_text": _("Somebody else has just changed “%(document)s”. Look at it and try again.")
                % {"document": document}
            }
        ) from stale


def _titled(title, source, url, published):
    """The source's document of this title, unless its address or its day says that it is another one of that name."""
    for known in Document.objects.filter(source=source, title=names.clean(title)).order_by("pk"):
        is_elsewhere = url and known.url
        is_of_another_day = published and published.start and known.published_start not in (None, published.start)
        if not is_elsewhere and not is_of_another_day:
            return known
    return None


def _publisher(given, url, *, by, despite):
    if isinstance(given, dict):
        known = Source.objects.filter(merged_into=None, folded=names.fold(given["name"])).order_by("pk").first()
        if known is None:
            with errors_under("source"):
                lookup.require_another("sources", given["name"], despite=despite)
        return known or registers.add_source(by=by, **given)
    if found := given or (registers.find_source(url) if url else None):
        return found
    raise ValidationError({"source": _("It is missing: give the slug of the source, or its name and kind.")})
