"""Saving selections: what is kept, whose it is, what counts as new, and that it leaves no trace in the ledger."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.desk import incidents, registers, team
from events.following import news, saving
from events.models.change import Change
from events.models.following import MailAddress, SavedSelection
from events.press import editions
from tests import builders
from tests.following import world

pytestmark = pytest.mark.django_db


def new_in(saved):
    saved.refresh_from_db()
    return news.counts([saved], news.read([saved]))[0]


def test_the_one_spelling_of_a_selection_is_kept(researcher):
    builders.published(location=builders.location("Old town"), location_precision="settlement")

    saved = saving.save(by=researcher, name="  Made-up \n name ", query="kind=talks&location=Old town&q=&kind=shelling")

    assert (saved.name, saved.query) == ("Made-up name", "location=old-town&kind=shelling&kind=talks")


@pytest.mark.parametrize(
    ("query", "said"),
    [("kind=bombing", "bombing"), ("nothing=1", "not a parameter"), ("actor=nobody-at-all", "no actor of the record")],
)
def test_a_wrong_selection_is_refused_in_the_words_of_the_timeline(researcher, query, said):
    with pytest.raises(ValidationError, match=said):
        saving.save(by=researcher, name="Made-up", query=query)

    assert not SavedSelection.objects.exists()


def test_a_name_is_given_once_and_by_each_person_for_themselves(researcher, analyst):
    saving.save(by=researcher, name="Made-up", query="")
    saving.save(by=analyst, name="Made-up", query="")

    with pytest.raises(ValidationError, match="under this name already"):
        saving.save(by=researcher, name="Made-up", query="kind=talks")


def test_there_is_an_end_to_what_one_person_keeps(researcher):
    for number in range(saving.MOST):
        saving.save(by=researcher, name=f"Made-up {number}", query="")

    with pytest.raises(ValidationError, match="50 selections already"):
        saving.save(by=researcher, name="One more", query="")


def test_nobody_but_its_person_has_a_saved_selection_in_hand(researcher, admin_person, sends):
    saved, _ = world.webhook(researcher)

    for verb, given in (
        (saving.rename, {"name": "Mine"}),
        (saving.change, {"query": ""}),
        (saving.tell, {"way": "no"}),
        (saving.seen, {"up_to": 1}),
        (saving.renew_secret, {}),
        (saving.delete, {}),
    ):
        with pytest.raises(PermissionDenied):
            verb(saved, by=admin_person, **given)


def test_what_is_new_counts_from_when_one_looked(researcher):
    first = builders.published(title="Before")
    saved = saving.save(by=researcher, name="Made-up", query="kind=armed_assault")
    assert new_in(saved) == 0

    world.corrected(first, "Before, corrected")
    builders.published(title="After")
    builders.published(title="Of another kind", kind="talks")
    assert new_in(saved) == 2

    saving.seen(saved, by=researcher, up_to=world.sequence_of(first))
    assert new_in(saved) == 1
    saving.seen(saved, by=researcher, up_to=2**62)
    assert new_in(saved) == 0
    assert SavedSelection.objects.get().seen_sequence == news.latest()


def test_what_leaves_a_selection_is_new_to_those_who_had_it(researcher):
    gone, edited = builders.published(title="Goes"), builders.published(title="Changes")
    saved = saving.save(by=researcher, name="Made-up", query="kind=armed_assault")
    builders.published(title="Of another kind", kind="talks")

    world.withdrawn(gone)
    judge = edited.claims.get().decided_by
    incidents.edit(edited, by=judge, version=edited.version, fields={"kind": "shelling"})
    editions.publish(edited, by=judge, reason="correction", note="It was shelling")

    assert new_in(saved) == 2


def test_of_a_selection_too_wide_for_a_list_every_departure_is_new(researcher, monkeypatch):
    monkeypatch.setattr(news, "SMALL", 1)
    gone = builders.published(title="Goes")
    builders.published(title="Stays")
    saved = saving.save(by=researcher, name="Made-up", query="kind=armed_assault")
    assert saved.is_wide and not saved.followed.exists()

    world.withdrawn(gone)

    assert new_in(saved) == 1


def test_an_entry_that_was_folded_is_still_understood(researcher):
    old, new = builders.actor("Old army"), builders.actor("New army")
    claim = builders.claim("perpetrator", value_actor=old, part="perpetrator", claimant=old)
    builders.published(claims=[claim])
    saved = saving.save(by=researcher, name="Made-up", query="actor=old-army")

    registers.merge_actor(old, new, by=builders.keeper())

    [selection] = news.read([saved])
    assert (selection.errors, selection.querystring) == ({}, "actor=new-army")
    assert selection.queryset().count() == 1


def test_an_entry_that_nothing_public_names_any_more_is_said_and_what_left_is_still_told(researcher):
    town = builders.location("Lost town")
    only = builders.published(location=town, location_precision="settlement")
    saved = saving.save(by=researcher, name="Made-up", query="location=lost-town")

    world.withdrawn(only)

    [selection] = news.read([saved])
    assert "nothing that the record knows" in selection.errors["location"][0]
    assert new_in(saved) == 1


def test_the_list_costs_the_same_for_two_and_for_twenty(client, researcher):
    towns = [builders.location(f"Town {number}") for number in range(4)]
    for town in towns:
        builders.published(location=town, location_precision="settlement")
    kinds = ("talks", "shelling", "armed_assault")
    client.force_login(researcher)

    def cost():
        client.get("/following/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/following/").status_code == 200
        return len(asked)

    def save(numbers):
        for number in numbers:
            query = f"location=town-{number % 4}&kind={kinds[number % 3]}"
            saving.save(by=researcher, name=f"Made-up {number}", query=query)

    save(range(2))
    few = cost()
    save(range(2, 20))

    assert cost() == few <= 12


def test_following_leaves_no_trace_in_the_ledger(researcher, sends):
    builders.published()
    before = Change.objects.count()

    saved, _ = world.webhook(researcher)
    saving.rename(saved, by=researcher, name="Made-up, renamed")
    saving.change(saved, by=researcher, query="kind=talks")
    saving.delete(saved, by=researcher)

    assert Change.objects.count() == before


def test_closing_an_account_forgets_what_it_followed(researcher, admin_person, sends):
    world.letters(researcher)

    team.deactivate(researcher, by=admin_person)

    assert not SavedSelection.objects.exists()
    assert not MailAddress.objects.exists()
    assert User.objects.filter(pk=researcher.pk).exists()


@pytest.mark.parametrize(("way", "said"), [("daily", "no e-mail"), ("weekly", "no e-mail"), ("webhook", "no webhooks")])
def test_what_the_server_cannot_do_is_refused(researcher, way, said):
    saved = saving.save(by=researcher, name="Made-up", query="")

    with pytest.raises(ValidationError, match=said):
        saving.tell(saved, by=researcher, way=way, target="https://hooks.example.org/in")
