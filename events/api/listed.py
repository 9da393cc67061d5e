"""The incidents of one page of their list: documents as they are stored, or the parts that were asked for and more."""

import orjson
from django.urls import reverse

from events import uids
from events.api import answers, members, rows
from events.models.edition import Edition, Subject
from events.record import editions

COLUMNS = ("sort_date", "uid", "edition_id", "edition__document__body")


def results(request, found, asked):
    """JSON texts of rows of COLUMNS, in their order; `asked` is a questions.IncidentQuestion. A query per thing included."""
    fields, include = asked.cleaned_data["fields"], asked.cleaned_data["include"]
    if not fields and not include:
        return [row["edition__document__body"] for row in found]
    beside = {name: _BESIDE[name](request, found) for name in include}
    texts = []
    for row in found:
        body = row["edition__document__body"]
        content = members.chosen(body, fields) if fields else orjson.loads(body)
        if include:
            content["included"] = {name: of[row["uid"]] for name, of in beside.items()}
        texts.append(answers.plain(content))
    return texts


def edition_rows(request, found):
    """What the lists say of these editions. One query, one more per step of merges among them."""
    withheld = editions.withheld(found)
    base = request.build_absolute_uri("/").removesuffix("/")
    return [
        rows.edition(one, base + reverse("api-edition", args=[one.pk]), is_withheld=one.pk in withheld) for one in found
    ]


def _editions(request, found):
    """Up to the one that is shown: in an earlier state the later ones are not there yet."""
    by_uid, shown = {row["uid"]: [] for row in found}, {row["uid"]: row["edition_id"] for row in found}
    every = Edition.objects.filter(subject=Subject.INCIDENT, subject_uid__in=by_uid).order_by("-number")
    told = [edition for edition in every if edition.pk <= shown[edition.subject_uid]]
    for edition, row in zip(told, edition_rows(request, told), strict=True):
        by_uid[edition.subject_uid].append(row)
    return by_uid


def _provenance(request, found):
    methodology = request.build_absolute_uri(reverse("methodology"))
    latest = Edition.objects.in_bulk([row["edition_id"] for row in found])
    return {row["uid"]: rows.provenance(latest[row["edition_id"]], _document(row), methodology) for row in found}


def _document(row):
    return {"uid": uids.shown(row["uid"])} | orjson.loads(row["edition__document__body"])


_BESIDE = {"editions": _editions, "provenance": _provenance}
