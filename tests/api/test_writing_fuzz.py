"""Bodies that nobody means: whatever is sent to an address that writes, the answer is a refusal with a sentence."""

import pytest
from django.core.cache import caches
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.api.draft_inputs import ClaimChange, ClaimsInput, FactsChange
from events.api.serializers import DraftInput
from events.models.change import Change
from tests import builders
from tests.api.drafting import ask, at, claim_of, key_of, send_text, tag

pytestmark = pytest.mark.django_db
SHAPES = (DraftInput, ClaimsInput, FactsChange, ClaimChange)
NAMES = sorted({name for shape in SHAPES for name in shape().fields} | {"status", "id", "__class__", ""})
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=30),
    st.sampled_from(["2024-03-18", "\u0000", "\ud800", "killed", "casualties", "draft", "7K3M-9QX2", "‮", "9" * 400]),
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)
BODIES = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6)
RAW = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"x"',
    b"[" * 100_000,
    b'{"title":' * 500 + b"1" + b"}" * 500,
    b'{"title": NaN}',
    b'{"title": 1e999}',
    b'{"title": ' + b"9" * 5000 + b"}",
    b'{"title": "\\ud800"}',
    b'{"title": "\xff"}',
    b'{"title": "a\\u0000b"}',
    b'{"title": "a", "title": "b"}',
    b'{"title": "' + b"x" * 1_100_000 + b'"}',
    b'{"claims": [' + b"{}," * 50_000 + b"{}]}",
    b'{"tags": [' + b"1," * 100_000 + b"1]}",
]


@pytest.fixture
def secret(analyst):
    return key_of(analyst)


@pytest.fixture
def row(analyst):
    return builders.draft(analyst)


def doors(client, secret, row):
    """(method, address, headers) of every address that takes a body, with the present state where one is asked for."""
    claim = claim_of(row, row.claims.first())
    return [
        ("POST", "/api/v1/drafts/", {}),
        ("PATCH", at(row), tag(client, secret, at(row))),
        ("POST", at(row, "claims/"), {}),
        ("PATCH", claim, tag(client, secret, claim)),
        ("DELETE", claim, {"If-Match": '"stale"'}),
        ("POST", at(row, "submit/"), {}),
    ]


@pytest.mark.parametrize("content", RAW, ids=range(len(RAW)))
def test_what_is_no_body_is_refused_at_every_door(client, secret, row, content):
    before = Change.objects.count()

    for method, address, headers in doors(client, secret, row):
        answer = ask(client, secret, method, address, content, **headers)
        is_without = content in (b"", b"{}") and (method == "DELETE" or address.endswith("submit/"))
        assert answer.status_code in ((409, 412) if is_without else (400, 413)), (method, address, answer.content[:300])
        assert answer["Content-Type"] == "application/problem+json"
    assert Change.objects.count() == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODIES)
def test_whatever_a_body_holds_the_answer_is_no_fault(client, secret, row, body):
    caches["api_rates"].clear()

    for method, address, headers in doors(client, secret, row):
        answer = ask(client, secret, method, address, body, **headers)
        assert answer.status_code < 500, (method, address)
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json"
            assert answer.json()["detail"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200) | st.text().map(str.encode), match=st.text(st.characters(max_codepoint=255)))
def test_whatever_a_text_or_a_tag_holds_the_answer_is_no_fault(client, secret, row, content, match):
    caches["api_rates"].clear()
    paper = row.claims.get().citations.get().document

    kept = send_text(client, secret, paper, content)
    changed = ask(client, secret, "PATCH", at(row), {"title": "New"}, **{"If-Match": match})

    assert kept.status_code in (400, 403)
    assert changed.status_code in (400, 412, 428)
