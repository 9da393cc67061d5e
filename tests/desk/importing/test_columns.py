"""Saying what the columns of anybody's table are: suggestions, the preview, what is kept and offered again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_q.models import OrmQ

from events.desk.importing import jobs
from events.models.batch import ImportBatch
from events.models.incident import Incident
from tests import builders
from tests.desk.importing_world import committed

HEADING = "Ref,Incident,Attack type,Date of incident,Province,Lat,Long,Killed,Notes"
ROWS = (
    "M-1,Made-up blast,bomb,18/03/2024,Testland,32.98,70.15,3,Made up",
    "M-2,Made-up attack,Gunmen,04/03/2024,Testland,,,0,Made up",
    "M-3,Made-up riddle,strange,31/02/2024,Testland,32.98,,,Made up",
)


@pytest.fixture
def bring(client, analyst):
    client.force_login(analyst)

    def give(*rows, heading=HEADING, name="made-up.csv", **fields):
        text = "\n".join([heading, *(rows or ROWS)])
        file = SimpleUploadedFile(name, text.encode())
        answer = client.post("/desk/imports/new/", {"file": file, "format": "recognise", **fields})
        assert answer.status_code == 302, answer.text
        batch = ImportBatch.objects.latest("pk")
        return batch, f"/desk/imports/{batch.pk}/columns/"

    return give


def sent(client, address):
    """What a browser would send of the page as it stands."""
    form = client.get(address).context["form"]
    return dict(form.as_sent().items())


@pytest.mark.django_db
def test_an_unknown_table_waits_for_its_columns_with_suggestions_and_a_preview(client, bring):
    batch, address = bring()

    assert batch.status == "columns" and not OrmQ.objects.exists()
    assert client.get(f"/desk/imports/{batch.pk}/").headers["Location"] == address
    answer = client.get(address)
    said = sent(client, address)
    assert [said[f"column-{n}"] for n in range(9)] == [
        *("external_id", "title", "kind", "date", "province", "latitude", "longitude", "killed", "summary")
    ]
    assert {said[f"word-{n}"]: said[f"kind-{n}"] for n in range(3)} == {
        "bomb": "ied",
        "Gunmen": "armed_assault",
        "strange": "",
    }
    assert "M-1 · M-2 · M-3" in answer.text
    assert "18 March 2024" in answer.text
    assert "This is no day of the calendar" in answer.text and "give both or none" in answer.text
    assert [row.is_refused for row in answer.context["rows"]] == [False, False, True]


@pytest.mark.django_db
def test_the_preview_follows_what_is_chosen_and_nothing_is_kept(client, bring):
    batch, address = bring()
    chosen = sent(client, address) | {"order": "month", "column-1": "", "other_kind": "ambush"}

    answer = client.post(address, chosen)

    assert answer.status_code == 200
    first, second, third = answer.context["rows"]
    assert (first.is_refused, second.title, second.date.start.isoformat()) == (True, "Made up", "2024-04-03")
    assert third.is_refused
    batch.refresh_from_db()
    assert (batch.status, batch.reading) == ("columns", {})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"column-3": ""}, "No column is the day"),
        ({"column-2": ""}, "No column is the kind"),
        ({"column-1": "", "column-8": ""}, "No column is the title"),
        ({"column-8": "title"}, "is said of the column “incident” already"),
        ({"name": ""}, "Fill in “Name of the table”"),
        ({"column-4": "mood"}, "is not in the list"),
    ],
)
def test_a_refused_choice_says_why_and_keeps_everything_that_was_chosen(client, bring, change, sentence):
    _batch, address = bring()
    chosen = (
        sent(client, address) | {"name": "Made-up list", "licence": "CC0", "save": "yes", "kind-2": "raid"} | change
    )

    answer = client.post(address, chosen)

    assert answer.status_code == 422
    assert sentence in answer.text
    kept = dict(answer.context["form"].as_sent().items())
    assert kept == {name: value for name, value in (chosen | change).items() if name in kept}
    assert kept.keys() == chosen.keys() - {"save"}


@pytest.mark.django_db
def test_a_table_is_read_as_it_was_said_and_committed(client, bring, editor, django_capture_on_commit_callbacks):
    builders.location("Testland", level="province")
    batch, address = bring()
    chosen = sent(client, address) | {"name": "Made-up list", "is_redistributable": "on", "other_kind": "raid"}

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, chosen | {"save": "yes"})

    assert answer.headers["Location"] == f"/desk/imports/{batch.pk}/"
    assert OrmQ.objects.count() == 1
    jobs.run(batch.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.dataset, batch.is_redistributable) == ("planned", "table:Made-up list", True)
    assert (batch.report["new"], batch.report["refused"]) == (2, 1)
    committed(batch, editor)
    assert set(Incident.objects.values_list("kind", flat=True)) == {"ied", "armed_assault"}


@pytest.mark.django_db
def test_the_same_columns_in_another_order_are_offered_the_layout_again(client, bring):
    _batch, address = bring()
    chosen = sent(client, address) | {"name": "Made-up list", "kind-2": "raid", "column-7": "injured", "save": "yes"}
    client.post(address, chosen)
    turned = ",".join(reversed(HEADING.split(",")))

    _next, again = bring(",".join(reversed(ROWS[2].split(","))), heading=turned)

    answer = client.get(again)
    said = sent(client, again)
    assert "Filled in as the table “Made-up list” was read" in answer.text
    assert (said["name"], said["column-1"], said["word-0"], said["kind-0"]) == (
        "Made-up list",
        "injured",
        "strange",
        "raid",
    )
    client.post(again, said | {"save": "yes"})
    assert ImportBatch.objects.latest("pk").reading["kinds"] == {
        "bomb": "ied",
        "Gunmen": "armed_assault",
        "strange": "raid",
    }


@pytest.mark.django_db
def test_the_layout_of_another_table_can_be_chosen_by_its_name(client, bring):
    _batch, address = bring()
    client.post(address, sent(client, address) | {"name": "Made-up list", "column-7": "injured", "save": "yes"})

    _other, address = bring("Made-up clash,1/2/2024,4", heading="Incident,Day,Killed")

    page = client.get(address)
    assert "Filled in" not in page.text and "Made-up list" in page.text
    like = ImportBatch.objects.filter(reading__name="Made-up list").get().pk
    filled = client.get(f"{address}?like={like}")
    assert filled.context["form"]["column-2"].value() == "injured"
    assert "The days in the first rows could be read in either order" in client.get(address).text


@pytest.mark.django_db
def test_months_first_are_told_by_the_days_themselves(client, bring):
    _batch, address = bring("Made-up clash,02/28/2024", "Made-up raid,02/01/2024", heading="Incident,Day")

    assert client.get(address).context["form"]["order"].value() == "month"


@pytest.mark.django_db
def test_only_who_brought_the_file_and_editors_say_what_it_is_and_once(client, bring, editor):
    batch, address = bring()
    chosen = sent(client, address) | {"name": "Made-up list", "save": "yes"}
    client.force_login(builders.person("analyst", name="another"))
    assert client.get(address).status_code == 404
    assert client.post(address, chosen).status_code == 404

    client.force_login(editor)
    assert client.post(address, chosen).status_code == 302
    reading = ImportBatch.objects.get().reading
    client.post(address, chosen | {"name": "Another name"})
    assert ImportBatch.objects.get().reading == reading


@pytest.mark.django_db
def test_a_file_that_waits_is_listed_and_can_be_forgotten(client, bring):
    batch, _address = bring()
    assert "Waits to be told what its columns are" in client.get("/desk/imports/").text

    client.post(f"/desk/imports/{batch.pk}/cancel/")

    batch.refresh_from_db()
    assert batch.status == "cancelled"
    bring()


@pytest.mark.django_db
def test_a_file_whose_content_is_gone_says_so(client, bring, settings, tmp_path):
    _batch, address = bring()
    settings.DATA_DIR = tmp_path

    assert "not here any more" in client.get(address).text
