"""The changes of the record in their order: a copy made of nothing else equals it, and nothing is ever passed over."""

from datetime import timedelta
from hashlib import sha256

import psycopg2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.desk import claims, registers
from events.models.edition import Edition
from events.press import editions
from events.press.registers import MODELS
from events.record import sequence
from tests import builders
from tests.record import rows

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/changes/"
# Of a relation: what its document and the lists say alike.
TOLD = ("uid", "subject", "type", "object", "valid_from", "valid_until", "basis", "stands", "is_contested")
LISTS = {"actor": "actors", "location": "locations", "source": "sources"}


@pytest.fixture(autouse=True)
def without_limit(settings):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": {"anonymous": None, "key": None}}


@pytest.fixture
def at_once(monkeypatch):
    """Editions are told in the moment in which they are made."""
    monkeypatch.setattr(sequence, "SETTLED", timedelta(0))


class Mirror:
    """A copy of the record that knows no more than the address of the changes."""

    def __init__(self, client):
        self.client, self.next = client, f"{ADDRESS}?limit=3"
        self.standing = {subject: {} for subject in ("incident", "relation", *LISTS)}
        self.left, self.seen = {}, []

    def follow(self):
        while True:
            page = self.client.get(self.next).json()
            for change in page["results"]:
                self.take(change)
            self.next = page["next"]
            if not page["has_more"]:
                return

    def take(self, change):
        self.seen.append(change["sequence"])
        answer = self.client.get(change["url"])
        assert answer.status_code in (200, 410)
        standing = self.standing[change["subject"]]
        if answer.status_code == 410:  # withheld for somebody's privacy: a later change says what stands instead
            standing.pop(change["uid"], None)
            return
        assert sha256(answer.content).hexdigest() == change["sha256"]
        if change["kind"] == "published":
            standing[change["uid"]] = answer.json()
            self.left.pop((change["subject"], change["uid"]), None)
        else:
            standing.pop(change["uid"], None)
            self.left[change["subject"], change["uid"]] = (change["kind"], change["merged_into"])


def require_equal(mirror, client):
    """The copy says of everything public what the lists and the permanent addresses say."""
    listed = client.get("/api/v1/incidents/?page_size=500").json()["results"]
    assert mirror.standing["incident"] == {one["uid"]: one for one in listed}
    for uid, held in mirror.standing["incident"].items():
        assert client.get(f"/api/v1/incidents/{uid}/").json() == held
    for (subject, uid), (kind, into) in mirror.left.items():
        if subject != "incident":
            continue
        answer = client.get(f"/api/v1/incidents/{uid}/")
        if kind == "merged":
            assert answer["Location"] == f"/api/v1/incidents/{into}/"
        else:
            assert answer.status_code == 410
    require_equal_registers(mirror, client)
    actors = client.get("/api/v1/actors/?page_size=500").json()["results"]
    profiles = [client.get(f"/api/v1/actors/{one['slug']}/").json() for one in actors]
    relations = {one["uid"]: one for profile in profiles for one in profile["relations"]}
    assert set(mirror.standing["relation"]) == set(relations)
    for uid, held in mirror.standing["relation"].items():
        told = relations[uid]
        assert {name: held[name] for name in TOLD} == {name: told[name] for name in TOLD}
        assert sorted(claim["uid"] for claim in held["claims"]) == told["claims"]


def require_equal_registers(mirror, client):
    """The same of the entries of the registers; those that left are in no list, and lead to where they went."""
    slugs = {}
    for subject, name in LISTS.items():
        listed = client.get(f"/api/v1/{name}/?page_size=500").json()["results"]
        held = mirror.standing[subject]
        slugs |= {uid: one["slug"] for uid, one in held.items()}
        assert {uid: without_header(one) for uid, one in held.items()} == {one["uid"]: one for one in listed}
        assert not held.keys() & {uid for of, uid in mirror.left if of == subject}
    for (subject, uid), (kind, into) in mirror.left.items():
        if kind == "merged" and subject in LISTS and into in slugs:
            slug = MODELS[subject].objects.get(uid=uid.replace("-", "")).slug
            answer = client.get(f"/api/v1/{LISTS[subject]}/{slug}/")
            assert answer["Location"] == f"/api/v1/{LISTS[subject]}/{slugs[into]}/"


def without_header(document):
    return {name: value for name, value in document.items() if name != "edition"}


def correct(incident, title, by, reason="correction"):
    incident.refresh_from_db()
    claims.decide(claims.add(incident, by=by, **builders.claim()), by=builders.person("editor"), verdict="accepted")
    editions.publish(incident, by=builders.person("editor"), reason=reason, note=f"{title}, made up")


def rename(actor, name, by):
    actor.refresh_from_db()
    registers.edit_actor(actor, by=by, version=actor.version, name=name)


def test_a_copy_made_from_the_changes_alone_equals_the_record_after_every_act(client, analyst, editor, at_once):
    group, army = builders.actor("Test Front", kind="armed_group", side="non_state"), builders.actor("Test army")
    told = [builders.claim("perpetrator", claimant=group, value_actor=group, part="perpetrator")]
    first = builders.published(by=analyst, title="First", claims=told)
    second, third, fourth = (builders.published(by=analyst, title=title) for title in ("Second", "Third", "Fourth"))
    relation = registers.relate(group, "fights", army, by=editor, basis="established")
    mirror, late = Mirror(client), Mirror(client)
    acts = (
        lambda: editions.publish_relation(relation, by=editor, reason="new_incident"),
        lambda: correct(first, "Corrected", analyst),
        lambda: editions.withdraw(second, by=editor, reason="retraction", note="The made-up source took it back."),
        lambda: editions.merge(fourth, third, by=editor, note="The same"),
        lambda: rename(group, "Front of Test", editor),
        lambda: editions.unmerge(fourth, by=editor, note="Not the same"),
        lambda: editions.restore(second, by=editor, reason="correction", note="It did say so."),
        lambda: correct(third, "Private", analyst, reason="privacy"),
        lambda: editions.withdraw_relation(relation, by=editor, reason="retraction", note="Nothing says so."),
        lambda: editions.merge(second, first, by=editor, note="The same"),
    )

    for act in (lambda: None, *acts):
        act()
        for row in (first, second, third, fourth):
            row.refresh_from_db()
        mirror.follow()
        require_equal(mirror, client)

    late.follow()
    require_equal(late, client)
    assert mirror.seen == late.seen == list(Edition.objects.order_by("pk").values_list("pk", flat=True))
    assert len(mirror.seen) > len(acts) + 4


def test_a_change_says_what_became_of_what_and_where_its_document_stands(client, editor, at_once):
    loser, survivor = builders.published(title="Goes"), builders.published(title="Stays")
    editions.merge(loser, survivor, by=editor, note="The same")

    told = client.get(ADDRESS).json()["results"]
    change = next(one for one in told if (one["subject"], one["kind"]) == ("incident", "merged"))

    made = Edition.objects.get(kind="merged", subject="incident")
    assert change == {
        "sequence": made.pk,
        "subject": "incident",
        "uid": loser.shown_uid,
        "number": 2,
        "kind": "merged",
        "reason": "merge",
        "note": made.note,
        "is_withheld": False,
        "merged_into": survivor.shown_uid,
        "ruleset": 1,
        "sha256": made.sha256,
        "published_at": made.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "url": f"http://testserver/api/v1/editions/{made.pk}/",
    }


def test_the_end_gives_the_same_place_back_and_goes_on_when_something_comes(client):
    last = rows.incident().edition_id

    end = client.get(f"{ADDRESS}?since={last}")
    further = rows.incident().edition_id
    on = client.get(end.json()["next"]).json()

    assert (end.json()["since"], end.json()["results"], end.json()["has_more"]) == (last, [], False)
    assert end.json()["next"] == f"http://testserver{ADDRESS}?since={last}&limit=50"
    assert "Link" not in end
    assert [one["sequence"] for one in on["results"]] == [further]
    assert on["since"] == further


def test_an_empty_record_has_no_changes(client):
    answer = client.get(ADDRESS).json()

    assert (answer["since"], answer["results"], answer["has_more"]) == (0, [], False)


def test_while_there_is_more_the_link_header_leads_on(client):
    for _ in range(3):
        rows.incident()

    response = client.get(f"{ADDRESS}?limit=2")

    assert response.json()["has_more"] is True
    assert response["Link"] == f'<{response.json()["next"]}>; rel="next"'
    assert response.json()["selection"] == {"since": 0, "limit": 2, "wait": 0}


@pytest.mark.parametrize(
    ("query", "parameter", "remedy"),
    [
        ("since=-1", "since", "use 0 to begin with"),
        ("since=1.5", "since", "use 0 to begin with"),
        ("since=last", "since", "use 0 to begin with"),
        ("since=%C2%B2", "since", "use 0 to begin with"),
        ("since=" + "9" * 40, "since", "use 0 to begin with"),
        ("since=" + "9" * 18, "since", "use a number from 0 to {last}"),
        ("since=1&since=2", "since", "give it once"),
        ("limit=0", "limit", "from 1 to 500"),
        ("limit=501", "limit", "from 1 to 500"),
        ("wait=31", "wait", "from 0 to 30"),
        ("wait=-1", "wait", "from 0 to 30"),
        ("wait=" + "9" * 40, "wait", "from 0 to 30"),
        ("wait=yes", "wait", "from 0 to 30"),
        ("wait=1&wait=2", "wait", "give it once"),
        ("cursor=abc", "cursor", "Use one of: since, limit, wait"),
    ],
)
def test_a_wrong_place_is_refused_with_what_would_be_right(client, query, parameter, remedy):
    last = rows.incident().edition_id

    response = client.get(f"{ADDRESS}?{query}")

    assert response.status_code == 400
    assert list(response.json()["errors"]) == [parameter]
    assert remedy.format(last=last) in response.json()["errors"][parameter][0]


def test_an_unchanged_page_is_answered_with_304(client):
    for _ in range(3):
        rows.incident()
    full, end = f"{ADDRESS}?limit=2", client.get(ADDRESS)
    etag = client.get(full)["ETag"]

    assert client.get(ADDRESS, headers={"If-None-Match": end["ETag"]}).status_code == 304
    rows.incident()

    assert client.get(full, headers={"If-None-Match": etag}).status_code == 304
    assert client.get(ADDRESS, headers={"If-None-Match": end["ETag"]}).status_code == 200


def made_at(moment, monkeypatch):
    """The place of an edition of that moment."""
    with monkeypatch.context() as patched:
        patched.setattr(rows, "NOW", moment)
        return rows.incident().edition_id


def test_what_is_younger_than_the_margin_waits_and_so_does_all_behind_it(client, monkeypatch):
    now = timezone.now()
    old = rows.incident().edition_id
    young = made_at(now - sequence.SETTLED + timedelta(seconds=30), monkeypatch)
    behind = rows.incident().edition_id

    assert [edition.pk for edition in sequence.after(0, 50, now)[0]] == [old]
    found, has_more = sequence.after(0, 50, now + timedelta(minutes=1))
    assert ([edition.pk for edition in found], has_more) == ([old, young, behind], False)
    answer = client.get(f"{ADDRESS}?since={behind}").json()
    assert (answer["since"], answer["results"]) == (behind, [])


def test_nothing_younger_than_a_transaction_that_still_writes_is_told(at_once, monkeypatch):
    """It may hold a lower place of the sequence that nobody can see yet, and it may last longer than any margin."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time.")
    old = rows.incident().edition_id
    settings = connection.get_connection_params()
    settings.pop("cursor_factory", None)
    other = psycopg2.connect(**settings)
    with other.cursor() as cursor:
        cursor.execute("SELECT txid_current()")
    young = made_at(timezone.now(), monkeypatch)
    later = timezone.now() + timedelta(hours=1)

    waiting = [edition.pk for edition in sequence.after(0, 50, later)[0]]
    other.rollback()
    other.close()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_stat_clear_snapshot()"
        )  # the test is one transaction, which sees its first look again

    assert waiting == [old]
    assert [edition.pk for edition in sequence.after(0, 50, later)[0]] == [old, young]


def test_changes_cost_the_same_queries_for_5_and_25_rows(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{ADDRESS}?since=1&limit=100")
        return len(captured)

    for _ in range(5):
        rows.incident()
    few = queries()
    for _ in range(20):
        rows.incident()

    assert queries() == few <= 5
