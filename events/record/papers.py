"""Documents that public claims cite, as the newest edition that cites them shows them."""

import json

from django.db.models import Count, Max, Q

from events import uids
from events.models.edition import EditionDocument, PublishedCitation

KEY = "document_uid"


def cited(*, source=None, incident=None, words=()):
    """{"document_uid", "claims_count"} of every cited document; `words` must all occur in its title or address.

    `incident` is a stored uid. Letter case counts where a database cannot fold it, which is outside of Latin letters.
    """
    rows = PublishedCitation.objects.all()
    if source:
        rows = rows.filter(source=source)
    if incident:
        rows = rows.filter(**{f"{KEY}__in": PublishedCitation.objects.filter(claim__incident=incident).values(KEY)})
    for word in words:
        rows = rows.filter(Q(document_title__icontains=word) | Q(document_url__icontains=word))
    return rows.order_by().values(KEY).annotate(claims_count=Count("claim", distinct=True))


def shown(document_uids):
    """Stored uid → the entry of the document in the newest edition that cites it. Two queries, whatever the number."""
    citing = PublishedCitation.objects.filter(**{f"{KEY}__in": document_uids}).order_by().values(KEY)
    about = {name: Max(f"claim__{name}__edition") for name in ("incident", "relation")}
    newest = {row[KEY]: max(row["incident"] or 0, row["relation"] or 0) for row in citing.annotate(**about)}
    bodies = EditionDocument.objects.filter(edition__in=set(newest.values())).values_list("edition", "body")
    entries = {edition: {entry["uid"]: entry for entry in json.loads(body)["documents"]} for edition, body in bodies}
    return {uid: entries[edition][uids.shown(uid)] for uid, edition in newest.items()}


def claims_citing(document_uid):
    """Uids, as they are shown, of the public claims that cite the document."""
    found = PublishedCitation.objects.filter(**{KEY: document_uid}).order_by("claim").values_list("claim", flat=True)
    return [uids.shown(uid) for uid in found.distinct()]
