"""The names of a file that no register knows: every one can be reached, suggested for and decided."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models.actor import Actor
from events.models.batch import ImportName
from tests import builders
from tests.desk.importing_world import known, planned

STRANGE = {"side_b": "Made-up Front", "side_b_new_id": "78"}


def many(batch, number, kind="actor"):
    words = {"name": "Made-up name", "scheme": "ucdp", "number": ""}
    if kind == "place":
        words = {
            "name": "Made-up place",
            "names": [["settlement", "Made-up place"]],
            "latitude": 32.9,
            "longitude": 70.1,
        }
    ImportName.objects.bulk_create(
        ImportName(
            batch=batch,
            dataset=batch.dataset,
            kind=kind,
            key=f"{kind}{n:04}",
            words=words | {"name": f"Made-up {n}"},
            rows=n,
        )
        for n in range(number)
    )


@pytest.fixture
def batch(tmp_path, editor, client, db):
    known()
    client.force_login(editor)
    return planned(tmp_path, editor, STRANGE)


def test_a_new_actor_needs_a_kind_and_a_side_and_gets_them(batch, client):
    name = batch.names.get()
    address = f"/desk/imports/{batch.pk}/names/"

    refused = client.post(address, {f"{name.key}-means": "new", f"{name.key}-kind": "media"})
    assert refused.status_code == 422
    assert "Say on which side it stands" in refused.text and "Say what kind" not in refused.text
    assert not Actor.objects.filter(name="Made-up Front").exists()

    client.post(address, {f"{name.key}-means": "new", f"{name.key}-kind": "media", f"{name.key}-side": "third"})
    actor = Actor.objects.get(name="Made-up Front")
    assert (actor.kind, actor.side) == ("media", "third")
    assert batch.names.get().actor == actor


def test_every_name_is_reached_by_pages_most_rows_first(batch, client):
    many(batch, 250)
    seen = []

    for page in range(1, 15):
        answer = client.get(f"/desk/imports/{batch.pk}/names/?page={page}")
        seen += [(-form.name.rows, form.name.kind, form.name.key) for form in answer.context["forms"]]

    assert len(set(seen)) == len(seen[:251]) == 251
    assert seen[:251] == sorted(seen[:251])


def test_names_beyond_the_first_pages_have_suggestions_too(batch, client):
    many(batch, 250)
    meant = builders.actor("Made-up Frontt", kind="armed_group")
    ImportName.objects.filter(words__name="Made-up Front").update(rows=0)

    answer = client.get(f"/desk/imports/{batch.pk}/names/?page=13")

    form = next(form for form in answer.context["forms"] if form.name.words["name"] == "Made-up Front")
    assert meant.uid in dict(form.fields["means"].choices)


def test_a_page_of_names_asks_as_often_for_many_as_for_few(batch, client):
    many(batch, 3)
    many(batch, 3, "place")

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/desk/imports/{batch.pk}/names/").status_code == 200
        return len(queries)

    few = asked()
    ImportName.objects.filter(key__startswith="actor0").delete()
    ImportName.objects.filter(key__startswith="place0").delete()
    many(batch, 10)
    many(batch, 10, "place")
    assert asked() == few


def test_one_refused_name_holds_all_of_the_page_and_nothing_typed_is_lost(batch, client):
    many(batch, 2)
    first, second = batch.names.filter(key__startswith="actor").order_by("key")
    sent = {f"{first.key}-means": "nobody", f"{second.key}-other": "Nobody Known"}

    answer = client.post(f"/desk/imports/{batch.pk}/names/", sent)

    assert answer.status_code == 422
    assert 'value="Nobody Known"' in answer.text
    assert not batch.names.filter(decided_at__isnull=False).exists()


def test_names_that_were_sent_are_decided_though_the_page_has_moved_on(batch, client, editor):
    many(batch, 40)
    last = batch.names.order_by("rows").first()
    gone = batch.names.order_by("-rows").first()
    address = f"/desk/imports/{batch.pk}/names/"

    client.post(address, {f"{last.key}-means": "nobody"})
    client.post(address, {f"{gone.key}-means": "nobody"})

    assert batch.names.filter(decided_by=editor, is_unnamed=True).count() == 2
    answer = client.post(address, {f"{gone.key}-means": "new", f"{gone.key}-kind": "ngo", f"{gone.key}-side": "third"})
    assert answer.status_code == 422
    assert "editor has decided about this name meanwhile" in answer.text


def test_actors_and_places_can_be_looked_at_apart(batch, client):
    many(batch, 3, "place")

    page = client.get(f"/desk/imports/{batch.pk}/names/?kind=place")

    assert {form.name.kind for form in page.context["forms"]} == {"place"}
    assert client.get(f"/desk/imports/{batch.pk}/names/?kind=source").status_code == 404
