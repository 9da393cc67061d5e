"""What the page of one claim shows: the claim in words, what it is about, and its rivals on the same point."""

import json

from django.utils.translation import gettext

from events import uids
from events.choices import RelationType
from events.record import claims, registers


def build(row):
    """The template's values for a PublishedClaim fetched with its incident or relation and their documents."""
    subject = row.incident or row.relation
    document = json.loads(subject.edition.document.body)
    found = claims.read(document)
    said = next(one for one in found if one.uid == uids.shown(row.uid))
    disputed = _rivals(said.uid, document)
    link = next((one for one in document.get("links", ()) if said.uid in {c["uid"] for c in one["claims"]}), None)
    return {
        "said": said,
        "incident": row.incident,
        "relation": row.relation,
        "relation_label": gettext(RelationType.label_of(row.relation.type)) if row.relation else "",
        "link": link,
        "rivals": [one for one in found if one.uid in disputed],
        "known_actors": registers.with_page(document["actors"]),
        "edition": subject.edition,
    }


def _rivals(uid, document):
    """Uids of the claims that this one is incompatible with."""
    pairs = [pair for contest in document.get("headline", {}).get("contested", ()) for pair in contest["pairs"]]
    return {one for pair in pairs if uid in pair for one in pair if one != uid}
