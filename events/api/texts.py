"""The captured text of a document: sent once, kept as evidence with its SHA-256, never replaced."""

from http import HTTPStatus
from itertools import islice

from django.core.exceptions import PermissionDenied, ValidationError
from rest_framework.decorators import parser_classes
from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.response import Response

from events import access, names, uids
from events.api import doors, drafting, errors, questions, repeating, scopes
from events.api import schema_writing as schema
from events.desk import citing, quotes
from events.models.claim import Citation
from events.models.source import LONGEST_CAPTURE, Document

MOST_BYTES = 4 * LONGEST_CAPTURE  # of UTF-8, at most four for a character
MOST_LISTED = 20


class TooLong(APIException):
    status_code = 413
    default_detail = f"The text is longer than {LONGEST_CAPTURE:,} characters. Send the part that is quoted."


class PlainTextParser(BaseParser):
    """text/plain in UTF-8, as long as a captured text of the desk may be; `request.data` is the str."""

    media_type = "text/plain"

    def parse(self, stream, media_type=None, parser_context=None):
        charset = _charset(media_type)
        if charset.lower() not in ("utf-8", "utf8"):
            raise UnsupportedMediaType(media_type, f"“{charset[:20]}” is not read here. Send the text in UTF-8.")
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise TooLong
        try:
            text = body.decode()
        except UnicodeDecodeError as error:
            raise ParseError(
                f"This is not UTF-8: byte {error.start} does not fit. Encode the text as UTF-8."
            ) from error
        if len(text) > LONGEST_CAPTURE:
            raise TooLong
        return text


@schema.text
@doors.writer
@parser_classes([PlainTextParser])
def text(request, uid):
    """Keep the text of a document; the same text again changes nothing, another one is refused."""
    scopes.require_drafts(request)
    questions.none(request.query_params)
    document = Document.objects.without_text().filter(uid=uid).first()
    if document is None:
        raise errors.Problem(HTTPStatus.NOT_FOUND, drafting.ABSENT)

    def act():
        return _capture(request, document)

    with drafting.at_the_desk():
        answer, is_new = repeating.once(request, act)
    status = HTTPStatus.CREATED if is_new and answer.pop("is_new") else HTTPStatus.OK
    answer.pop("is_new", None)
    return Response(answer, status=status, headers={"Cache-Control": drafting.PRIVATE})


def _capture(request, document):
    sent = request.data if isinstance(request.data, str) else ""
    kept = names.clean(sent)
    if not kept:
        raise errors.refused({errors.WHOLE: ["It is empty: send the text of the document, as text/plain."]})
    document = Document.objects.select_for_update().get(pk=document.pk)
    had = document.captured_text
    document = _with_text(document, kept, by=request.user)
    return {
        "uid": uids.shown(document.uid),
        "sha256": document.sha256,
        "characters": len(document.captured_text),
        "is_as_sent": document.captured_text == sent,
        "excerpts_not_found": _not_found(document, request.user),
        "is_new": had != document.captured_text,
    }


def _with_text(document, kept, *, by):
    try:
        return citing.with_text(document, kept, by=by)
    except ValidationError as error:
        is_forbidden = isinstance(error.__cause__, PermissionDenied)
        status = HTTPStatus.FORBIDDEN if is_forbidden else HTTPStatus.CONFLICT
        raise errors.Problem(status, " ".join(error.messages)) from error


def _not_found(document, user):
    """The excerpts of claims that the person sees which are not in the text: until they are mended, none is accepted."""
    seen = access.visible_incidents(user, "claim__incident__")
    cited = Citation.objects.filter(seen, document=document).exclude(excerpt="").select_related("claim")
    text = quotes.plain(document.captured_text)
    wrong = (one for one in cited.order_by("pk") if quotes.plain(one.excerpt) not in text)
    return [{"claim": one.claim.shown_uid, "excerpt": one.excerpt} for one in islice(wrong, MOST_LISTED)]


def _charset(media_type):
    _, _, parameters = (media_type or "").partition(";")
    given = dict(part.strip().partition("=")[::2] for part in parameters.split(";") if "=" in part)
    return next((value.strip('"') for name, value in given.items() if name.lower() == "charset"), "utf-8")
