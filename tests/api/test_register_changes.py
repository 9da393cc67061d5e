"""The registers in the changes of the record: whoever follows them holds the actors, places and sources of the lists."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from events.desk import claims, registers
from events.models.edition import Edition
from events.press import editions
from events.press.registers import Why
from events.record import sequence
from tests import builders
from tests.api.test_changes import ADDRESS, Mirror, require_equal, without_limit  # noqa: F401 (a fixture of every test)
from tests.press import consistency

pytestmark = pytest.mark.django_db
NOTHING_SAID = Why()


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(sequence, "SETTLED", timedelta(0))


@pytest.fixture
def world(analyst):
    """A public incident with a place, an actor and a source; what is in the register besides is in no record."""
    return World(analyst)


class World:
    def __init__(self, analyst):
        for level, place in builders.places().items():
            setattr(self, level, place)
        self.group = builders.actor("Test Front", kind="armed_group", side="non_state")
        self.army, self.hidden = builders.actor("Test army"), builders.actor("Unseen Front")
        self.source = builders.source("Test Gazette")
        self.incident = self.publish("First", by=analyst)

    def publish(self, title, *, by, claimant=None, source=None, town=None):
        claimant, source = claimant or self.group, source or self.source
        document = builders.document(source_row=source)
        told = builders.claim(
            "perpetrator", claimant=claimant, value_actor=claimant, part="perpetrator", document_row=document
        )
        return builders.published(
            by=by, title=title, claims=[told], location=town or self.town, location_precision="settlement"
        )

    def fresh(self):
        for name in ("country", "province", "district", "town", "group", "army", "hidden", "source", "incident"):
            getattr(self, name).refresh_from_db()


def edit(row, by, why=NOTHING_SAID, **fields):
    row.refresh_from_db()
    verb = {"Actor": registers.edit_actor, "Location": registers.edit_location, "Source": registers.edit_source}
    return verb[type(row).__name__](row, by=by, version=row.version, why=why, **fields)


def told_of(row):
    """(kind, reason, note) of every edition of an entry, the first one first."""
    found = Edition.objects.entries().filter(subject_uid=row.uid).order_by("number")
    return list(found.values_list("kind", "reason", "note"))


def test_a_copy_equals_the_record_after_every_change_of_a_register(client, analyst, editor, world):
    other = builders.actor("Front of Tests", kind="armed_group", side="non_state")
    second_source = builders.source("Test Herald", domain="herald.example")
    another = world.publish("Second", by=analyst, claimant=other, source=second_source)
    elsewhere = builders.location("Other Province", level="province", parent=world.country)
    mirror, late = Mirror(client), Mirror(client)
    acts = {
        "rename": lambda: edit(world.group, editor, name="Front of the Test"),
        "alias": lambda: registers.add_actor_alias(world.group, by=editor, text="ٹیسٹ", kind="transliteration"),
        "describe": lambda: edit(world.group, editor, description="A made-up group.", home_country="AF"),
        "grade": lambda: registers.grade_source(
            world.source, by=editor, version=world.source.version, reliability="B", why="Its record is good."
        ),
        "rename a province": lambda: edit(world.province, editor, name="New Province"),
        "move a district": lambda: edit(world.district, editor, parent=elsewhere),
        "own a source": lambda: edit(world.source, editor, owner=world.group),
        "own by one whom nobody knows": lambda: edit(second_source, editor, owner=world.army),
        "let the owner in": lambda: world.publish("Third", by=analyst, claimant=world.army),
        "fold an actor": lambda: registers.merge_actor(other, world.group, by=editor),
        "fold a source": lambda: registers.merge_source(second_source, world.source, by=editor),
        "fold a place": lambda: registers.merge_location(world.province, elsewhere, by=editor),
        "withdraw": lambda: editions.withdraw(another, by=editor, reason="retraction", note="Taken back."),
        "withdraw the other": lambda: editions.withdraw(
            world.incident, by=editor, reason="retraction", note="So is this."
        ),
        "restore": lambda: editions.restore(world.incident, by=editor, reason="correction", note="It did say so."),
        "name for privacy": lambda: edit(world.group, editor, Why("privacy"), name="A front"),
    }

    for name, act in {"nothing": lambda: None, **acts}.items():
        act()
        world.fresh()
        another.refresh_from_db()
        second_source.refresh_from_db()
        mirror.follow()
        require_equal(mirror, client)
        consistency.check()
        assert name

    late.follow()
    require_equal(late, client)
    assert mirror.seen == late.seen == list(Edition.objects.order_by("pk").values_list("pk", flat=True))
    assert {kind for kind, _ in mirror.left.values()} == {"withdrawn", "merged"}


def test_what_no_public_thing_mentions_has_no_edition(editor, world):
    edit(world.hidden, editor, name="Still unseen")
    registers.add_actor_alias(world.hidden, by=editor, text="Nobody", kind="acronym")
    registers.merge_actor(world.army, world.hidden, by=editor)

    assert told_of(world.hidden) == told_of(world.army) == []


def test_an_entry_is_told_when_it_enters_leaves_and_comes_back(analyst, editor, world):
    editions.withdraw(world.incident, by=editor, reason="retraction", note="The source took it back.")
    editions.restore(world.incident, by=editor, reason="correction", note="It did not.")

    for row in (world.group, world.town, world.country, world.source):
        assert [(kind, reason) for kind, reason, _ in told_of(row)] == [
            ("published", "new_incident"),
            ("withdrawn", "retraction"),
            ("published", "correction"),
        ]


def test_the_address_of_an_entry_that_left_says_so_for_good(client, editor, world):
    here = client.get(f"/api/v1/actors/{world.group.slug}/")
    history = here["Link"].split(">")[0].strip("<")
    editions.withdraw(world.incident, by=editor, reason="retraction", note="The source took it back.")

    gone = client.get(f"/api/v1/actors/{world.group.slug}/")

    assert (gone.status_code, gone.json()["editions"]) == (410, history)
    assert gone.json()["reason"] == "retraction"
    assert [one["kind"] for one in client.get(history).json()["results"]] == ["withdrawn", "published"]
    assert client.get(f"/api/v1/actors/{world.hidden.slug}/").status_code == 404


def test_a_merge_that_moves_every_mention_leaves_the_entries_alone(analyst, editor, world):
    stays = world.publish("Second", by=analyst)
    before = Edition.objects.entries().count()

    editions.merge(world.incident, stays, by=editor, note="The same")

    assert Edition.objects.entries().count() == before


def test_a_further_edition_of_an_incident_makes_none_of_its_entries(analyst, editor, world):
    before = Edition.objects.entries().count()

    claims.decide(claims.add(world.incident, by=analyst, **builders.claim()), by=editor, verdict="accepted")
    editions.publish(world.incident, by=editor, reason="correction")

    new = Edition.objects.entries().order_by("pk")[before:]
    assert {one.subject_uid for one in new}.isdisjoint({world.group.uid, world.town.uid, world.source.uid})


def test_the_reason_and_the_note_are_those_of_the_desk(editor, world):
    edit(world.group, editor, Why("correction", "It was founded later."), description="Founded later.")
    edit(world.group, editor, name="Front of Test")
    edit(world.group, editor, kind="state_force", home_country="AF")
    registers.grade_source(world.source, by=editor, version=world.source.version, reliability="B", why="Good.")

    assert told_of(world.group)[1:] == [
        ("published", "correction", "It was founded later."),
        ("published", "style", "Changed in the register: name."),
        ("published", "correction", "Changed in the register: home country, kind."),
    ]
    assert told_of(world.source)[-1] == ("published", "correction", "Graded B: Good.")


def test_a_change_that_readers_do_not_see_makes_no_edition(editor, world):
    edit(world.town, editor, note="From a map.")
    edit(world.group, editor, name=world.group.name)

    assert len(told_of(world.town)) == len(told_of(world.group)) == 1


def test_a_fold_leads_on_with_the_reason_and_note_of_the_desk(client, editor, world):
    twin = builders.actor("Test Front again", kind="armed_group", side="non_state")

    registers.merge_actor(world.group, twin, by=editor, why=Why("merge", "One front, entered twice."))

    last = Edition.objects.of("actor", world.group.uid).first()
    assert (last.kind, last.reason, last.note) == ("merged", "merge", "One front, entered twice.")
    assert last.merged_into_uid == twin.uid
    assert client.get(f"/api/v1/editions/{last.pk}/").json()["merged_into"] == twin.shown_uid
    assert [kind for kind, *_ in told_of(twin)] == ["published"]


def test_a_name_that_goes_for_privacy_stands_in_no_answer(client, analyst, editor, world):
    edit(world.group, editor, name="Front of Somebody Known")
    edit(world.group, editor, name="Front of Somebody")
    alias = world.group.aliases.create(text="Somebody's men", folded="somebody's men", kind="acronym")
    edit(world.group, editor, description="Led by Somebody.")

    edit(world.group, editor, Why("privacy", "A person asked for it."), name="A front", description="")
    registers.remove_alias(alias, by=editor, why=Why("privacy"))

    told = client.get(f"{ADDRESS}?limit=500").json()["results"]
    answers = [client.get(one["url"]) for one in told]
    assert "Somebody" not in str(told) + "".join(answer.text for answer in answers)
    gone = [one for one, answer in zip(told, answers, strict=True) if answer.status_code == 410]
    assert [one["is_withheld"] for one in told] == [one in gone for one in told]
    assert {one["subject"] for one in gone} == {"actor", "incident"}
    assert all(answer.json()["sha256"] for answer in answers if answer.status_code == 410)
    assert "Somebody" not in client.get(f"/incidents/{world.incident.shown_uid}/history/").text
    assert "Somebody" not in client.get("/corrections/").text + client.get("/feed.atom").text


def test_what_is_folded_for_privacy_leaves_its_names_behind(client, editor, world):
    nameless = builders.actor("A front", kind="armed_group", side="non_state")

    registers.merge_actor(world.group, nameless, by=editor, why=Why("privacy"))

    told = client.get(f"{ADDRESS}?limit=500").json()["results"]
    assert "Test Front" not in str(told) + "".join(client.get(one["url"]).text for one in told)
    assert not nameless.aliases.exists()


def test_an_analyst_changes_no_public_entry(analyst, world):
    with pytest.raises(PermissionDenied):
        edit(world.group, analyst, Why("privacy"), name="Mine")

    assert len(told_of(world.group)) == 1


def test_lists_of_editions_can_be_narrowed_to_the_registers(client, world):
    found = client.get("/api/v1/editions/?subject=location").json()["results"]

    assert [one["uid"] for one in found] == [
        row.shown_uid
        for row in sorted((world.country, world.province, world.district, world.town), key=lambda row: row.uid)
    ][::-1]


def test_pages_that_tell_of_incidents_tell_of_no_entry(client, editor, world):
    edit(world.group, editor, Why("correction", "Only the register changed."), description="Different.")

    pages = [client.get(address).text for address in ("/corrections/", "/feed.atom", "/sitemap.xml", "/statistics/")]

    assert not any("Only the register changed." in page for page in pages)
