"""The record as it stood: every earlier state is what the editions published until then say, and nothing withheld."""

import json
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import uids
from events.desk import claims, incidents, registers
from events.models.edition import Edition, Release
from events.press import editions, index
from events.record import sequence, shelves
from events.record.selection import Selection
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
        "kind": st.sampled_from(("shelling", "raid", "trend")),
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
    kind = "umbrella" if drawn["kind"] == "trend" else drawn["kind"]
    told = [rows.claim_body(uid, claimant=drawn["claimant"]) for uid in dict.fromkeys(drawn["claims"])]
    named = {slug: entry for one in people.values() for slug, entry in rows.described(one).items()}
    actor, toll = drawn["actor"], drawn["toll"]
    casualties = {} if toll is None else {"killed": {"total": rows.figure(toll, toll, toll), "by_category": {}}}
    if toll is not None:
        casualties["killed"]["excluding_perpetrators"] = None
    pairs = [{"aspect": "casualties", "pairs": []}] if drawn["is_contested"] else []
    return rows.documents(
        title=f"By the {drawn['word']}",
        kind="shelling" if kind == "umbrella" else kind,
        day=drawn["day"],
        claims=told,
        actors=named,
        participants=[{"actor": actor, "part": "perpetrator"}] if actor else [],
        bodies={"faction": ["front"]} if actor == "faction" else {},
        part_of=drawn["part_of"] and uids.shown(drawn["part_of"]),
        parts=[uids.shown(uid) for uid in dict.fromkeys(drawn["parts"])],
        headline={"casualties": casualties, "contested": pairs},
        **({"category": "series"} if kind == "umbrella" else {}),
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
            after, at = shelves.at_edition(edition.pk), shelves.at_moment(edition.published_at)
            for question in QUESTIONS:
                expected = sorted(history.fitting(edition.pk, **question))
                assert _found(after, question) == expected, (edition.pk, question)
            assert _found(at, {}) == sorted(one.subject_uid for one in history.shown(edition.pk))
            assert after.withheld == at.withheld
            assert after.withheld == len(history.standing(edition.pk)) - len(history.shown(edition.pk))
        _same_after_reindex()
        transaction.set_rollback(True)


def _same_after_reindex():
    held = {name: found for name, found in index.contents().items() if name.startswith("Held")}
    index.rebuild()
    assert {name: found for name, found in index.contents().items() if name.startswith("Held")} == held
