"""The record as it stood: every earlier state is what the editions published until then say, and nothing withheld."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import uids
from events.desk import claims, incidents, registers
from events.models.edition import Edition
from events.press import editions, index
from events.record import sequence, shelves
from events.record.selection import Selection
from events.rules.dates import VagueDate
from tests import builders
from tests.press import consistency
from tests.record import rows
from tests.record.histories import START, History

pytestmark = pytest.mark.django_db

UIDS = [f"AAAA000{number}" for number in range(5)]
CLAIMS = [f"BBBB000{number}" for number in range(4)]
QUESTIONS = (
    {},
    {"kind": "shelling"},
    {"q": "bazaar"},
    {"date_from": "2024-03-02"},
    {"actor": "front"},
    {"claimant": "front"},
    {"claimant": "witness", "kind": "raid"},
    {"source": "dawn"},
    {"counted": "yes"},
    {"counted": "yes", "q": "river", "contested": "no"},
    {"killed": "reported"},
)
some_uids, some_claims = st.lists(st.sampled_from(UIDS), max_size=2), st.lists(st.sampled_from(CLAIMS), max_size=2)
DOCUMENTS = st.fixed_dictionaries(
    {
        "word": st.sampled_from(("bazaar", "river")),
        "kind": st.sampled_from(("shelling", "raid", "series")),
        "day": st.sampled_from((None, "2024-03-01", "2024-03-02", "2024-03-03")),
        "actor": st.sampled_from((None, "front", "faction")),
        "claims": some_claims,
        "claimant": st.sampled_from((None, "front", "witness")),
        "part_of": st.sampled_from((None, None, *UIDS)),
        "parts": some_uids,
        "is_contested": st.booleans(),
        "toll": st.sampled_from((None, 0, 7)),
    }
)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(UIDS),
        st.sampled_from(("publish",) * 5 + ("withdraw", "merge", "privacy", "withdraw for privacy")),
        DOCUMENTS,
        st.sampled_from(UIDS),
    ),
    min_size=3,
    max_size=9,
)


def _registers():
    source = rows.source("Dawn")
    people = {name: rows.actor(name.title(), slug=name) for name in ("front", "faction", "witness")}
    return source, people


def _document(drawn, people):
    is_series = drawn["kind"] == "series"
    told = [rows.claim_body(uid, claimant=drawn["claimant"]) for uid in dict.fromkeys(drawn["claims"])]
    named = {slug: entry for one in people.values() for slug, entry in rows.described(one).items()}
    actor, toll = drawn["actor"], drawn["toll"]
    killed = {"total": rows.figure(toll, toll, toll), "by_category": {}, "excluding_perpetrators": None}
    casualties = {} if toll is None else {"killed": killed}
    pairs = [{"aspect": "casualties", "pairs": []}] if drawn["is_contested"] else []
    return rows.documents(
        title=f"By the {drawn['word']}",
        kind="shelling" if is_series else drawn["kind"],
        day=drawn["day"],
        claims=told,
        actors=named,
        participants=[{"actor": actor, "part": "perpetrator"}] if actor else [],
        bodies={"faction": ["front"]} if actor == "faction" else {},
        part_of=drawn["part_of"] and uids.shown(drawn["part_of"]),
        parts=[uids.shown(uid) for uid in dict.fromkeys(drawn["parts"])],
        headline={"casualties": casualties, "contested": pairs},
        **({"category": "series"} if is_series else {}),
    )


def _perform(history, people, uid, act, drawn, other):
    """One act, as far as it can follow what there is already."""
    is_public = bool(history.of(uid)) and history.of(uid)[-1].kind == "published"
    if act == "publish" or not is_public:
        history.print(uid, _document(drawn, people))
    elif act == "privacy":
        history.print(uid, _document(drawn, people), reason="privacy")
    elif act == "merge" and other != uid:
        history.print(uid, {"merged_into": uids.shown(other)}, kind="merged", reason="merge", into=other)
    else:
        history.print(uid, kind="withdrawn", reason="retraction" if act == "withdraw" else "privacy")


def _found(shelf, question):
    selection = Selection.parse(QueryDict(urlencode(question)), shelf=shelf)
    # Somebody whom nothing that is shown has ever named is refused instead of being looked for.
    assert selection.errors.keys() <= {"actor", "claimant", "source"}
    return sorted(row.uid for row in selection.queryset())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_the_record_after_each_edition_is_what_the_editions_until_then_say(db, acts):
    with transaction.atomic():
        _, people = _registers()
        history = History()
        for act in acts:
            _perform(history, people, *act)

        for edition in history.editions:
            after, at = shelves.at_edition(edition.pk), shelves.at_moment(edition.published_at, "")
            for question in QUESTIONS:
                expected = sorted(history.fitting(edition.pk, **question))
                assert _found(after, question) == expected, (edition.pk, question)
            tolled = {uid for uid, one in history.counted(history.shown(edition.pk)).items() if one.counts_toll}
            assert {row.uid for row in after.counting().incidents().filter(counts_killed=True)} == tolled
            assert _found(at, {}) == sorted(one.subject_uid for one in history.shown(edition.pk))
            assert after.withheld == at.withheld
            assert after.withheld == len(history.standing(edition.pk)) - len(history.shown(edition.pk))
        _same_after_reindex()
        transaction.set_rollback(True)


def _same_after_reindex():
    held = {name: found for name, found in index.contents().items() if name.startswith("Held")}
    index.rebuild()
    assert {name: found for name, found in index.contents().items() if name.startswith("Held")} == held


def _api(client, query=""):
    answer = client.get(f"/api/v1/incidents/?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def _titles(client, query):
    return [row["title"] for row in _api(client, query)["results"]]


def _refusal(client, query, name):
    answer = client.get(f"/api/v1/incidents/?{query}")
    assert answer.status_code == 400, query
    assert list(answer.json()["errors"]) == [name]
    (sentence,) = answer.json()["errors"][name]
    return sentence


def _operation(*, parts=2):
    """A whole and its parts, published together, each with its own toll."""
    editor = builders.person("editor")
    whole, *rest = (
        builders.submitted(
            builders.person("analyst"),
            title=f"Operation {number}",
            claims=[builders.claim("casualties", lines=[builders.toll(8 if number == 0 else 4)])],
        )
        for number in range(parts + 1)
    )
    for part in rest:
        incidents.link(part, whole, by=editor, type="part_of")
    for incident in (whole, *rest):
        builders.accept_all(incident, editor)
    editions.publish_all([whole, *rest], by=editor, reason="new_incident")
    return whole, rest


def test_an_answer_says_which_state_it_is_of(client, monkeypatch):
    incident = builders.published()
    first = Edition.objects.of("incident", incident.uid).get().pk
    at = Edition.objects.get(pk=first).published_at
    builders.release("2026.1", [first], frozen_at=at, ruleset=7)
    editions.withdraw(incident, by=builders.person("editor"), reason="retraction", note="Made up.")
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(seconds=2))  # the second asked about is over
    names = ("as_of", "edition", "release", "withheld", "ruleset", "count")

    told = {
        query: tuple(_api(client, query)[name] for name in names)
        for query in ("", f"edition={first}", "edition=0", "release=2026.1")
    }

    assert told == {
        "": (None, None, None, 0, 1, 0),
        f"edition={first}": (None, first, None, 0, 1, 1),
        "edition=0": (None, 0, None, 0, 1, 0),
        "release=2026.1": (None, None, "2026.1", 0, 7, 1),
    }
    as_of = _api(client, f"as_of={at:%Y-%m-%dT%H:%M:%S}Z")
    assert (as_of["as_of"], as_of["last_sequence"]) == (f"{at:%Y-%m-%dT%H:%M:%S}Z", sequence.latest())
    assert as_of["selection"] == {"as_of": as_of["as_of"]}


def test_a_second_and_a_day_count_to_their_end(client):
    history = History()
    _, people = _registers()
    drawn = {"word": "river", "kind": "raid", "day": None, "actor": None, "claims": [], "claimant": None}
    drawn |= {"part_of": None, "parts": [], "is_contested": False, "toll": None}
    history.print(UIDS[0], _document(drawn, people), at=START.replace(microsecond=530_000))

    def found(moment):
        return _api(client, urlencode({"as_of": moment}))["count"]

    assert [found("2026-01-01T00:00:00Z"), found("2026-01-01"), found("2026-01-01T05:00:00+05:00")] == [1, 1, 1]
    assert [found("2025-12-31"), found("2025-12-31T23:59:59Z"), found("2026-01-01T00:00:00.5Z")] == [0, 0, 0]
    assert found(f"{timezone.now():%Y-%m-%d}") == 1


def test_wrong_states_are_refused_with_what_there_is(client):
    builders.published()
    last = sequence.latest()
    builders.release("2026.1", [], frozen_at=START)

    assert "lies in the future" in _refusal(client, "as_of=2999-01-01", "as_of")
    assert "no moment" in _refusal(client, "as_of=yesterday", "as_of")
    assert f"from 0 to {last}" in _refusal(client, f"edition={last + 1}", "edition")
    assert "no place" in _refusal(client, "edition=-1", "edition")
    assert "Use one of: 2026.1." in _refusal(client, "release=2025.1%25", "release")
    assert "give one of" in _refusal(client, "edition=0&release=2026.1", "release")
    assert "give one of" in _refusal(client, "as_of=2026-01-01&edition=0", "edition")
    assert "once" in _refusal(client, "edition=0&edition=0", "edition")
    assert client.get("/?edition=0").status_code == client.get("/incidents.csv?as_of=2026-01-01").status_code == 400
    assert client.get("/api/v1/statistics/?as_of=2999-01-01").status_code == 400


def test_what_was_withdrawn_or_merged_is_shown_as_it_stood_but_nothing_that_is_withheld(client, editor, other_editor):
    gone, merged, private, stays = (
        builders.published(title=title) for title in ("Gone", "Merged", "Whistleblower", "Stays")
    )
    place = sequence.latest()
    editions.withdraw(gone, by=editor, reason="retraction", note="Made up.")
    for claim in merged.claims.all():
        claims.reopen(claim, by=other_editor, rationale="Double.")
        claims.decide(claim, by=other_editor, verdict="rejected", rationale="Double.")
    editions.merge(merged, stays, by=editor, note="The same.")
    then = f"edition={place}"

    assert set(_titles(client, then)) == {"Gone", "Merged", "Whistleblower", "Stays"}
    editions.withdraw(private, by=editor, reason="privacy", note="Asked for by the person.")
    assert set(_titles(client, then)) == {"Gone", "Merged", "Stays"}
    assert [_api(client, f"{then}{more}")["withheld"] for more in ("", "&q=whistleblower", "&q=nothing")] == [1, 1, 1]
    assert _titles(client, f"{then}&q=whistleblower") == []
    editions.publish(stays, by=editor, reason="privacy", note="A name taken out.")
    assert set(_titles(client, then)) == {"Gone"}
    assert _api(client, then)["withheld"] == 3
    assert "Whistleblower" not in client.get(f"/api/v1/statistics/?{then}").text
    consistency.check()


def test_what_counts_follows_from_what_else_was_public_then(client, editor):
    whole, parts = _operation()
    both = sequence.latest()
    for part in parts:
        editions.withdraw(part, by=editor, reason="retraction", note="Made up.")
    alone = sequence.latest()
    editions.restore(parts[0], by=editor, reason="correction", note="It was right.")

    for place, titles, killed in ((both, {"Operation 1", "Operation 2"}, 8), (alone, {"Operation 0"}, 8)):
        assert set(_titles(client, f"edition={place}&counted=yes")) == titles
        counted = client.get(f"/api/v1/statistics/?edition={place}").json()
        (row,) = counted["sections"]["by-kind"]["rows"]
        assert (row["incidents"], row["killed_best"]) == (len(titles), killed)
        assert counted["edition"] == place
        assert set(_titles(client, row["query"])) == titles
    (row,) = client.get("/api/v1/statistics/").json()["sections"]["by-kind"]["rows"]
    assert (row["incidents"], row["killed_best"]) == (1, 4)


def test_an_actor_that_was_folded_is_found_in_the_past_under_the_name_that_stays(client, editor):
    loser, stays = (builders.actor(name, kind="armed_group", home_country="") for name in ("Old Front", "New Front"))
    told = [builders.claim("perpetrator", claimant=loser, value_actor=loser, part="perpetrator")]
    incident = builders.published(title="Attack", claims=told)
    editions.publish(incident, by=editor, reason="ruleset", note="Once more.")
    place = sequence.latest() - 1
    registers.merge_actor(loser, stays, by=editor)

    for question in (
        "actor=new-front",
        "actor=old-front",
        "claimant=new-front",
        "q=new%20front",
        "acting_side=pakistan",
    ):
        assert _titles(client, f"edition={place}&{question}") == ["Attack"], question
    consistency.check()


def test_pages_counts_and_orders_hold_for_the_past(client, editor):
    made = [builders.published(title=f"No. {number}", date=_day(1 + number // 2)) for number in range(7)]
    place = sequence.latest()
    for incident in made[:3]:
        editions.publish(incident, by=editor, reason="ruleset", note="Once more.")
    since = Edition.objects.of("incident", made[-1].uid).get(number=1).published_at

    for order in ("newest", "oldest", "updated"):
        walked, address = [], f"/api/v1/incidents/?edition={place}&page_size=3&order={order}&count=estimate"
        while address:
            answer = client.get(address).json()
            walked += [row["uid"] for row in answer["results"]]
            assert answer["count"] == 7
            address = answer["next"]
        assert len(walked) == len(set(walked)) == 7
        if order == "updated":
            assert walked == [incident.shown_uid for incident in reversed(made)]
    asked = urlencode({"updated_since": since.isoformat()})
    assert _api(client, f"edition={place}&{asked}")["count"] == 1
    assert _api(client, asked)["count"] == 4


@pytest.mark.parametrize("question", ["", "&q=made-up", "&counted=yes", "&claimant=observer", "&source=test-wire"])
def test_the_past_is_asked_with_the_same_number_of_queries_however_long_it_is(client, question):
    observer = builders.actor("Observer", kind="ngo", side="third", home_country="")
    wire = builders.document(source_row=builders.source("Test Wire", kind="wire"))
    queries = []
    for _ in range(2):
        for _ in range(4):
            builders.published(claims=[builders.claim(claimant=observer, document_row=wire)])
        with CaptureQueriesContext(connection) as asked:
            _api(client, f"edition={sequence.latest()}&count=exact{question}")
        queries.append(len(asked))

    assert queries[0] == queries[1]


def _day(number):
    return VagueDate(date(2024, 3, number), date(2024, 3, number), "day")
