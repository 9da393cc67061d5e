"""What must hold after every act of the press, whatever it was."""

import hashlib

from events.models.edition import Edition, EditionDocument
from events.press import index


def check():
    """The index follows from the editions alone, numbers have no gaps, every hash is that of its bytes."""
    before = index.contents()
    index.rebuild()
    assert index.contents() == before
    by_subject = {}
    for edition in Edition.objects.order_by("pk"):
        by_subject.setdefault(edition.subject_uid, []).append(edition.number)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_subject.values())
    for document in EditionDocument.objects.select_related("edition"):
        assert hashlib.sha256(document.body.encode()).hexdigest() == document.edition.sha256
