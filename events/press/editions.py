"""The acts of the press in one place. Each lives in a file of its own; this is where the other rooms find them."""

from events.press.merging import merge
from events.press.printing import canonical
from events.press.publishing import (
    difficulties,
    earlier_documents,
    fingerprint,
    last_document,
    preview,
    publish,
    publish_all,
    was_public,
)
from events.press.relations import publish_relation, withdraw_relation
from events.press.unmerging import unmerge
from events.press.withdrawing import restore, withdraw

__all__ = [
    "canonical",
    "difficulties",
    "earlier_documents",
    "fingerprint",
    "last_document",
    "merge",
    "preview",
    "publish",
    "publish_all",
    "publish_relation",
    "restore",
    "unmerge",
    "was_public",
    "withdraw",
    "withdraw_relation",
]
