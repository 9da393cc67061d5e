"""Append-only tables refuse changes in the database itself (I18)."""

import pytest
from django.db import DatabaseError, connection, transaction

from events.models import guards
from events.models.change import Change
from events.models.claim import Review
from events.models.edition import Edition, EditionDocument
from tests import builders


@pytest.mark.parametrize(
    ("model", "change"),
    [(Edition, {"note": ""}), (EditionDocument, {"body": ""}), (Change, {"field": ""}), (Review, {"rationale": ""})],
)
def test_append_only_tables_refuse_update_and_delete(db, model, change):
    builders.published()

    assert model.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete(model.objects.db)


def test_a_missing_guard_is_noticed(db):
    guards.remove(connection)

    assert "events_edition_no_update" in guards.missing(connection)

    guards.install(connection)
    assert guards.missing(connection) == []
