"""Thousands of rows written at once say what rows written one by one say."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from events import uids
from events.models.batch import ImportBatch, ImportRow
from events.models.change import Change
from events.models.source import Document
from events.press import many_rows
from tests import builders

WORDS = [
    "plain",
    "\\N",
    "a\\b",
    "tab\there",
    "line\nbreak",
    "return\rhere",
    '"quoted", comma',
    "کابل",
    "\\.",
    "100%",
    "%s",
]


@pytest.mark.django_db
def test_words_come_back_as_they_were_written(editor):
    source = builders.source("Made-up paper")
    made = many_rows.blank(Document, len(WORDS), source_id=source.pk, created_by_id=editor.pk, kind="dataset_row")
    for row, words in zip(made, WORDS, strict=True):
        row |= {"title": words, "captured_text": words, "sha256": "0" * 64}

    many_rows.insert(Document, made)

    stored = Document.objects.filter(source=source).order_by("pk")
    assert [(row.title, row.captured_text) for row in stored] == [(words, words) for words in WORDS]
    assert len({row.uid for row in stored}) == len(WORDS) and all(uids.parse(row.uid) == row.uid for row in stored)
    assert {row.url for row in stored} == {""} and {row.derived_from_id for row in stored} == {None}


@pytest.mark.django_db
def test_every_kind_of_column_comes_back_and_null_stays_null(editor):
    source = builders.source("Made-up paper")
    moment = datetime(2026, 1, 7, 12, 30, 15, 250_000, tzinfo=UTC)
    first, second = many_rows.blank(Document, 2, source_id=source.pk, created_by_id=editor.pk, kind="dataset_row")
    first |= {"retrieved_at": moment, "redistributable": False, "published_start": date(2026, 1, 6)}
    first |= {"title": "T", "published_end": date(2026, 1, 6), "published_precision": "day"}
    second["title"] = "T"
    many_rows.insert(Document, [first, second])

    one, other = Document.objects.filter(source=source).order_by("pk")
    assert (one.retrieved_at, one.redistributable, one.published_start) == (moment, False, date(2026, 1, 6))
    assert (other.retrieved_at, other.published_start) == (None, None)


@pytest.mark.django_db
def test_rows_of_json_are_written_and_set_many_at_a_time(editor):
    batch = ImportBatch.objects.create(dataset="made_up", file_name="made-up.csv", file_sha256="0", imported_by=editor)
    held = {"a": [1, None, True, 2.5, "\\\"\t'"], "ب": {}}
    rows = [
        vars(ImportRow(batch_id=batch.pk, number=number, verdict="new", raw=[["a", "\t"]], content=held))
        for number in range(1, 501)
    ]

    many_rows.insert(ImportRow, rows)
    stored = list(batch.rows.order_by("number"))
    many_rows.update(
        ImportRow, ("version", "raw", "incident"), [(row.number, [], None, row.pk) for row in stored[:450]]
    )

    assert [row.number for row in stored] == list(range(1, 501))
    assert all((row.content, row.raw) == (held, [["a", "\t"]]) for row in stored)
    after = list(batch.rows.order_by("number").values_list("version", "raw"))
    assert after == [(number, []) for number in range(1, 451)] + [(0, [["a", "\t"]])] * 50


@pytest.mark.django_db
def test_what_the_tables_refuse_is_refused_and_nothing_of_it_is_kept(editor):
    source = builders.source("Made-up paper")
    before = Document.objects.count()
    made = many_rows.blank(Document, 3, source_id=source.pk, created_by_id=editor.pk, title="T")
    made[1]["kind"] = "no such kind"

    with pytest.raises(IntegrityError), transaction.atomic():
        many_rows.insert(Document, made)

    assert Document.objects.count() == before


@pytest.mark.django_db
def test_a_time_of_day_is_written(editor):
    incident = builders.draft(editor)
    many_rows.update(type(incident), ("date_time",), [(time(4, 5), incident.pk)])
    incident.refresh_from_db()
    assert incident.date_time == time(4, 5)


@pytest.mark.django_db
def test_a_trace_says_who_made_the_row_and_where_it_belongs(editor):
    made = many_rows.blank(
        Document, 2, source_id=builders.source("Made-up paper").pk, created_by_id=editor.pk, title="T"
    )

    many_rows.trace_created(Document, made, by=editor, told=["title"])

    traces = Change.objects.filter(object_uid__in=[row["uid"] for row in made]).order_by("pk")
    assert [(one.model, one.field, one.before, one.after, one.by) for one in traces] == [
        ("document", "created", None, {"title": "T"}, editor)
    ] * 2
