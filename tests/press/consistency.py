"""What must hold after every act of the press, whatever it was."""

import hashlib

from events.models.edition import Edition, EditionDocument
from events.press import index, registers


def check():
    """The index follows from the editions alone, the last editions of the registers' entries show what those show now,
    numbers have no gaps, every hash is that of its bytes."""
    before = index.contents()
    index.rebuild()
    assert index.contents() == before
    assert registers.catch_up() == 0
    by_subject = {}
    for edition in Edition.objects.order_by("pk"):
        by_subject.setdefault((edition.subject, edition.subject_uid), []).append(edition.number)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_subject.values())
    for document in EditionDocument.objects.select_related("edition"):
        assert hashlib.sha256(document.body.encode()).hexdigest() == document.edition.sha256
