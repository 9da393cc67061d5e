"""A walk over every address of the API × method × what is accepted: nothing is answered that is not described."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import caches
from django.urls import URLPattern, get_resolver, reverse

from events.api.urls import urlpatterns
from events.desk import incidents, registers
from events.freezing import jobs
from events.models.edition import Edition
from events.press import editions, relations, releases
from events.record import sequence
from tests import builders

pytestmark = pytest.mark.django_db
METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
READING = ("GET", "HEAD", "OPTIONS")
ROUTES = [
    pattern for pattern in urlpatterns if isinstance(pattern, URLPattern)
]  # what other APIs are like stands apart
WITH_KEY = ("api-drafts", "api-draft", "api-draft-claims", "api-draft-claim", "api-draft-submit", "api-document-text")
UNDATED = {
    "api-changes",
    "api-releases",
    "api-release",
    "api-release-file",
}  # they do not follow from the newest edition alone
NO_DATA = ("api-docs", "api-acled-docs", "api-docs-ucdp", "api-start", "api-try")
PAGES = {"api-schema", *NO_DATA}  # beside the data; the description is not about itself


@pytest.fixture
def addresses(monkeypatch, settings, tmp_path):
    """Name of every route of the API → an address of it that leads to something public."""
    monkeypatch.setattr(sequence, "SETTLED", timedelta(0))
    analyst, editor = builders.person("analyst"), builders.person("editor")
    front = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    cause = builders.published(by=analyst, editor=editor, title="The cause")
    answer = builders.published(
        by=analyst,
        editor=editor,
        title="The answer",
        claims=[builders.claim("perpetrator", claimant=front, value_actor=front, part="perpetrator")],
    )
    link = incidents.link(answer, cause, by=editor, type="follows")
    editions.publish(answer, by=editor, reason="correction", note="A link")
    relation = registers.relate(front, "fights", builders.actor("Test Two"), by=editor, basis="established")
    relations.publish_relation(relation, by=editor, reason="new_incident")
    settings.DATA_DIR = tmp_path
    release = jobs.write(releases.freeze("2026.1", by=editor, site="https://ledger.example").pk)
    claim = answer.claims.get()
    paper = claim.citations.get().document
    held = {
        "api-claim": {"uid": claim.uid},
        "api-link": {"uid": link.uid},
        "api-document": {"uid": paper.uid},
        "api-relation": {"uid": relation.uid},
        "api-word-list": {"name": "kind"},
        "api-incidents-file": {"form": "csv"},
        "api-incidents-for-others": {"form": "stix.json"},
        "api-release": {"name": release.name},
        "api-release-file": {"name": release.name, "file": "manifest.json"},
        "api-draft-claim": {"uid": answer.uid, "claim_uid": claim.uid},
        "api-document-text": {"uid": paper.uid},
        "api-actor": {"slug": front.slug},
        "api-location": {"slug": answer.location.slug},
        "api-source": {"slug": paper.source.slug},
        "api-edition": {"sequence": Edition.objects.of("incident", answer.uid).first().pk},
        "api-incident-edition": {"uid": answer.uid, "number": 1},
    }
    found = {}
    for pattern in ROUTES:
        arguments = held.get(pattern.name, {"uid": answer.uid} if "<uid:uid>" in str(pattern.pattern) else {})
        found[pattern.name] = reverse(pattern.name, kwargs=arguments)
    return found


def described(description, name):
    """The operations of the description at a route, by method."""
    route = next(str(pattern.pattern) for pattern in ROUTES if pattern.name == name)
    path = re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"{\1}", route)
    return description["paths"].get(f"/api/{path}", {})


def ask(client, method, address, **headers):
    caches["api_rates"].clear()
    answer = getattr(client, method)(address, headers=headers)
    if answer.streaming:  # taken whole, or the database would keep it open
        answer.streaming_content = [answer.getvalue()]
    return answer


def reading(addresses):
    return {name: one for name, one in addresses.items() if name not in WITH_KEY}


def test_every_route_but_the_pages_is_described(client, addresses):
    description = client.get("/api/schema/").json()

    assert {name for name in addresses if not described(description, name)} == PAGES


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/csv", "image/png;q=0.5"])
@pytest.mark.parametrize("method", METHODS)
def test_every_answer_is_one_that_the_description_knows(client, addresses, method, accept):
    description = client.get("/api/schema/").json()

    for name, address in addresses.items():
        operations = described(description, name)
        allowed = {one.upper() for one in operations} or {"GET"}
        allowed |= {"OPTIONS"} | ({"HEAD"} if "GET" in allowed else set())
        response = ask(client, method, address, Accept=accept)
        where = (name, method, accept, response.status_code)
        if method == "options":
            assert response.status_code == 204, where
        elif method.upper() in allowed:
            operation = operations.get("get" if method == "head" else method)
            assert operation is None or str(response.status_code) in operation["responses"], where
        elif response.status_code != 406:
            assert response.status_code == 405, where
        if response.status_code in (204, 405):
            assert set(response["Allow"].split(", ")) == allowed, where
        if response.status_code >= 400:
            assert response["Content-Type"] == "application/problem+json", where
            assert "no-store" in response["Cache-Control"], where
            if method != "head":
                assert response.json()["type"] == f"/api/docs/#problem-{response.status_code}", where


def test_head_says_of_every_address_what_get_would(client, addresses):
    for name, address in reading(addresses).items():
        whole, head = ask(client, "get", address), ask(client, "head", address)

        assert (head.status_code, head.getvalue()) == (200, b""), name
        assert {**head.headers} == {**whole.headers}, name
        if not whole.streaming:
            assert int(head["Content-Length"]) == len(whole.content), name


def test_every_answer_can_be_asked_again_for_nothing(client, addresses):
    for name, address in reading(addresses).items():
        if name in NO_DATA:
            continue
        whole = ask(client, "get", address)
        etag = whole["ETag"]
        again = ask(client, "get", address, **{"If-None-Match": f'"other", {etag}'})

        assert (again.status_code, again.content) == (304, b""), name
        assert again["ETag"] == etag, name
        assert again["Cache-Control"] == whole["Cache-Control"], name
        assert again["Vary"] == whole["Vary"] if "Vary" in whole else "Vary" not in again, name
        assert ask(client, "get", address, **{"If-None-Match": '"other"'}).status_code == 200, name
        if "Last-Modified" in whole:
            since = {"If-Modified-Since": whole["Last-Modified"]}
            assert ask(client, "get", address, **since).status_code in (200, 304), name
            long_ago = {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"}
            assert ask(client, "get", address, **long_ago).status_code == 200, name


def test_what_is_public_may_be_kept_a_minute_and_what_only_the_code_changes_longer(client, addresses):
    for name, address in reading(addresses).items():
        if name not in PAGES:
            of_code = name in ("api-root", "api-vocabulary", "api-word-list", "api-incidents-csvw")
            kept = ask(client, "get", address)["Cache-Control"]
            expected = "public, max-age=3600, stale-while-revalidate=86400" if of_code else "public, max-age=60"
            expected = "private, max-age=31536000, immutable" if name == "api-release-file" else expected
            assert kept == expected, name


def test_pages_of_any_origin_may_read_every_address_and_write_to_none(client, addresses):
    for name, address in addresses.items():
        asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
        preflight = ask(client, "options", address, **asked)
        answer = ask(client, "get", address)
        is_open = name not in (*WITH_KEY, *NO_DATA)

        assert answer.headers.get("Access-Control-Allow-Origin") == ("*" if is_open else None), name
        assert "Origin" not in answer.headers.get("Vary", ""), name
        assert "POST" not in preflight.headers.get("Access-Control-Allow-Methods", ""), name
        assert "Access-Control-Allow-Credentials" not in preflight, name
        assert ("Access-Control-Allow-Methods" in preflight) == is_open, name
    assert "Access-Control-Allow-Origin" not in client.post(addresses["api-drafts"])


def test_options_cost_no_query_and_no_limit(client, addresses, settings, django_assert_num_queries):
    rates = {"DEFAULT_THROTTLE_RATES": {"anonymous": "1/min", "key": "1/min"}}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | rates

    with django_assert_num_queries(0):
        for address in addresses.values():
            assert client.options(address, headers={"Authorization": "Bearer wrong"}).status_code == 204
            preflight = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
            assert client.options(address, headers=preflight).status_code == 204

    assert client.get("/api/v1/incidents/").status_code == 200


@pytest.mark.parametrize("method", METHODS)
def test_unknown_addresses_are_problems_too(client, method):
    response = getattr(client, method)("/api/v1/no-such-thing/")

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    if method != "head":
        assert response.json()["type"] == "/api/docs/#problem-404"


def test_a_fault_of_ours_is_a_problem_that_tells_nothing(client, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("inner words")

    client.raise_request_exception = False
    monkeypatch.setattr(sequence, "latest", broken)

    response = client.get("/api/v1/incidents/")

    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert "inner words" not in response.text
    assert response.json()["type"] == "/api/docs/#problem-500"


def test_every_kind_of_problem_is_explained_where_its_type_leads(client):
    page = client.get("/api/docs/").text

    for status in (400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 422, 429, 500, 503):
        assert f'id="problem-{status}"' in page


def test_the_resolver_knows_no_further_address_of_the_api(addresses):
    api = next(one for one in get_resolver().url_patterns if str(one.pattern) == "api/")

    own = [pattern for pattern in api.url_patterns if isinstance(pattern, URLPattern)]

    assert {pattern.name for pattern in own} == set(addresses)


def test_another_version_asked_for_is_refused_in_words(client, addresses):
    for name in ("api-incidents", "api-incident", "api-vocabulary"):
        response = ask(client, "get", addresses[name], **{"If-Match": '"older"'})

        assert (response.status_code, response["Content-Type"]) == (412, "application/problem+json"), name
        assert "If-Match" in response.json()["detail"]


def test_every_answer_says_when_it_changed_last(client, addresses):
    soon = datetime.now(UTC) + timedelta(minutes=1)
    dated = {name for name, address in reading(addresses).items() if "Last-Modified" in ask(client, "get", address)}

    assert set(reading(addresses)) - dated - PAGES - UNDATED == set()
    for name in dated:
        moment = ask(client, "get", addresses[name])["Last-Modified"]
        assert datetime.strptime(moment, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC) < soon
