"""The pages of following, as a browser and as a mail program ask for them."""

import pytest
from django.core.cache import cache
from django.test import Client

from events.following import letters, news, saving
from events.models.following import Delivery, SavedSelection
from tests import builders
from tests.following import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client, researcher):
    client.force_login(researcher)
    return client


def test_the_link_to_save_is_for_those_who_are_signed_in(client, researcher):
    builders.published()
    addresses = ("/?kind=armed_assault", "/?kind=talks", "/map/?kind=armed_assault", "/map/view/?kind=armed_assault")
    for address in addresses:
        assert "/following/" not in client.get(address).text, address

    client.force_login(researcher)
    for address in addresses:
        assert f"/following/save/?{address.partition('?')[2]}" in client.get(address).text, address


def test_a_selection_is_saved_from_its_address(reader):
    builders.published()

    page = reader.get("/following/save/?kind=armed_assault&contested=no").text
    answer = reader.post("/following/save/?contested=no&kind=armed_assault", {"name": "Made-up <b>"})

    assert "Not contested" in page
    saved = SavedSelection.objects.get()
    assert (saved.name, saved.query) == ("Made-up <b>", "kind=armed_assault&contested=no")
    assert answer.headers["Location"] == f"/following/{saved.uid[:4]}-{saved.uid[4:]}/"
    assert "Made-up &lt;b&gt;" in reader.get("/following/").text


def test_a_wrong_selection_is_refused_as_on_the_timeline(reader):
    for query in ("kind=bombing", "nothing=1", "date_from=2024-02-30", "q=%00", "kind=talks&after=1"):
        for answer in (
            reader.get(f"/following/save/?{query}"),
            reader.post(f"/following/save/?{query}", {"name": "x"}),
        ):
            assert answer.status_code == 400, query
    assert reader.get("/following/?kind=talks").status_code == 400
    assert not SavedSelection.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"name": " "}, {"name": "x" * 81}, {"name": "\u200b"}])
def test_a_name_that_is_none_is_refused_with_a_sentence(reader, sent):
    answer = reader.post("/following/save/", sent)

    assert answer.status_code == 422 and "Nothing is saved yet" in answer.text
    assert not SavedSelection.objects.exists()


def test_a_saved_selection_is_changed_for_another_one(reader, researcher, analyst):
    mine = saving.save(by=researcher, name="Mine", query="kind=talks")
    theirs = saving.save(by=analyst, name="Theirs", query="kind=talks")

    assert "Theirs" not in reader.get("/following/save/?kind=shelling").text
    assert reader.post("/following/save/?kind=shelling", {"instead": theirs.uid}).status_code == 422
    assert reader.post("/following/save/?kind=shelling", {"instead": mine.uid, "name": "x"}).status_code == 302

    found = dict(SavedSelection.objects.values_list("name", "query"))
    assert found == {"Mine": "kind=shelling", "Theirs": "kind=talks"}


def test_it_is_renamed_looked_at_and_deleted_after_a_question(reader, researcher):
    incident = builders.published(title="Before")
    saved = saving.save(by=researcher, name="Made-up", query="")
    world.corrected(incident, "Made-up, corrected & whole")
    here = f"/following/{saved.uid}/"

    assert "1 new edition<" in reader.get("/following/").text
    page = reader.get(here).text
    assert "Made-up, corrected &amp; whole" in page and "The title was wrong" in page
    reader.post(f"{here}seen/", {"up_to": news.latest()})
    assert "Nothing new" in reader.get("/following/").text
    reader.post(here, {"name": "Renamed", "tell": "no"})
    assert SavedSelection.objects.get().name == "Renamed"
    assert "Delete “Renamed”?" in reader.get(f"{here}delete/").text
    reader.post(f"{here}delete/")
    assert not SavedSelection.objects.exists()


@pytest.mark.parametrize("up_to", ["", "x", "-1", "1.5", "9" * 30, "٣"])
def test_a_position_that_is_none_is_refused(reader, researcher, up_to):
    saved = saving.save(by=researcher, name="Made-up", query="")

    assert reader.post(f"/following/{saved.uid}/seen/", {"up_to": up_to}).status_code == 400


def test_ways_of_telling_that_the_server_does_not_have_are_not_offered_and_not_taken(reader, researcher):
    saved = saving.save(by=researcher, name="Made-up", query="")
    page = reader.get(f"/following/{saved.uid}/").text

    assert "This server sends no e-mail" in page and "This server calls no webhooks" in page
    assert 'value="daily"' not in page and 'value="webhook"' not in page
    for way in ("daily", "webhook", "pigeon"):
        sent = {"name": "Made-up", "tell": way, "target": "https://hooks.example.org/"}
        assert reader.post(f"/following/{saved.uid}/", sent).status_code == 422
    assert reader.post("/following/address/", {"address": "made-up@example.org"}).status_code == 422


def test_a_private_target_is_refused_at_its_field(reader, researcher, sends):
    saved = saving.save(by=researcher, name="Made-up", query="")
    sent = {"name": "Made-up", "tell": "webhook", "target": "https://169.254.169.254/latest/"}

    answer = reader.post(f"/following/{saved.uid}/", sent)

    assert answer.status_code == 422
    assert "numbers are not called" in answer.text and 'href="#id_target"' in answer.text


def test_tests_of_a_webhook_are_limited(reader, researcher, sends):
    saved, _ = world.webhook(researcher)

    for _ in range(8):
        reader.post(f"/following/{saved.uid}/test/")

    assert Delivery.objects.filter(is_test=True).count() == 6
    cache.clear()


def test_a_mail_program_ends_letters_with_one_post_and_no_cookie(researcher, sends):
    saved = world.letters(researcher)
    strict = Client(enforce_csrf_checks=True)
    address = f"/following/stop/{letters.stop_token(saved)}/"

    assert strict.get(address).status_code == 200
    assert SavedSelection.objects.get().tell == "daily"
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert SavedSelection.objects.get().tell == "no"
    assert strict.post(address).status_code == 200


@pytest.mark.parametrize("token", ["x", "MDAwMDAwMDA:1abc:xyz", "x" * 400])
def test_a_forged_link_ends_nothing(client, researcher, sends, token):
    world.letters(researcher)

    assert client.post(f"/following/stop/{token}/").status_code == 404
    assert SavedSelection.objects.get().tell == "daily"


def test_every_other_post_needs_the_token_of_its_page(researcher, sends):
    saved, _ = world.webhook(researcher)
    secret = world.given(researcher)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(researcher)

    doors = ("", "delete/", "seen/", "resume/", "test/", "secret/")
    for address in (
        *(f"/following/{saved.uid}/{door}" for door in doors),
        *("/following/save/", "/following/address/", "/following/address/remove/"),
        f"/following/confirm/{secret}/",
    ):
        assert strict.post(address, {"name": "x", "tell": "no"}).status_code == 403, address
    assert SavedSelection.objects.get().tell == "webhook"


def test_pages_of_following_stay_in_no_cache(reader, researcher):
    saved = saving.save(by=researcher, name="Made-up", query="")

    for address in ("/following/", f"/following/{saved.uid}/", "/following/address/", "/following/no-such-page/"):
        assert reader.get(address).headers["Cache-Control"] == "private, no-store"
    assert "Disallow: /following/" in reader.get("/robots.txt").text


def test_a_paused_selection_says_why_and_goes_on(reader, researcher, sends):
    saved, _ = world.webhook(researcher)
    SavedSelection.objects.update(paused_at=world.later(), pause_note="Made-up reason.")

    assert "Made-up reason." in reader.get(f"/following/{saved.uid}/").text
    reader.post(f"/following/{saved.uid}/resume/")
    assert SavedSelection.objects.get().paused_at is None
