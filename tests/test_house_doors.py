"""House test 3: every address × every role against one table of expected answers; a route without an entry fails."""

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern

from events.desk import incidents, keys, registers
from events.models.change import Change
from events.models.edition import Edition
from tests import builders

ROLES = ("anonymous", "researcher", "analyst", "other-analyst", "editor", "admin")

# What each role gets for GET, in the order of ROLES. "analyst" wrote the draft and the claims; 302 leads to sign-in.
EVERYBODY = (200,) * 6
AT_THE_DESK = (302, 403, 200, 200, 200, 200)
OWN_DRAFT = (302, 403, 200, 404, 200, 200)
EDITORS = (302, 403, 403, 403, 200, 200)
EDITORS_OF_DRAFT = (302, 403, 403, 404, 200, 200)
SIGNED_IN = (302, 200, 200, 200, 200, 200)
POST_ONLY = (302, 405, 405, 405, 405, 405)
POST_ONLY_OPEN = (405,) * 6

EXPECTED = {
    **dict.fromkeys(
        [
            "timeline",
            "about",
            "robots",
            "incident",
            "incident-history",
            "incident-edition",
            "claim",
            "actors",
            "actor",
            "locations",
            "location",
            "sources",
            "source",
            "api-root",
            "api-incidents",
            "api-incident",
            "api-incident-editions",
            "api-incident-edition",
            "api-editions",
            "api-edition",
            "api-claims",
            "api-claim",
            "api-actors",
            "api-actor",
            "api-locations",
            "api-location",
            "api-sources",
            "api-source",
            "api-schema",
            "api-docs",
            "api-try",
        ],
        EVERYBODY,
    ),
    "theme": POST_ONLY_OPEN,
    "api-drafts": POST_ONLY_OPEN,
    "account_login": (200, 302, 302, 302, 302, 302),
    "account_logout": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    **dict.fromkeys(
        [
            "desk",
            "desk-log",
            "desk-work",
            "desk-actors",
            "desk-locations",
            "desk-sources",
            "desk-documents",
            "desk-relations",
            "desk-relation",
            "desk-actors-new",
            "desk-locations-new",
            "desk-sources-new",
            "desk-documents-new",
            "desk-relation-new",
            "desk-actors-entry",
            "desk-locations-entry",
            "desk-sources-entry",
            "desk-documents-entry",
            "desk-relation-claim-add",
        ],
        AT_THE_DESK,
    ),
    **dict.fromkeys(
        [
            "desk-incident",
            "desk-incident-edit",
            "desk-incident-discard",
            "desk-incident-link",
            "desk-claim-add",
            "desk-claim-edit",
            "desk-claim-remove",
            "desk-link-claim-add",
        ],
        OWN_DRAFT,
    ),
    **dict.fromkeys(
        [
            "desk-queue",
            "desk-review",
            "desk-incident-assign",
            "desk-incident-return",
            "desk-incident-publish",
            "desk-incident-withdraw",
            "desk-incident-merge",
            "desk-claim-reopen",
            "desk-claim-retract",
            "desk-relation-publish",
            "desk-relation-withdraw",
            "desk-actors-alias",
            "desk-locations-alias",
            "desk-actors-merge",
            "desk-locations-merge",
            "desk-sources-merge",
        ],
        EDITORS,
    ),
    "desk-link-remove": EDITORS_OF_DRAFT,
    **dict.fromkeys(("desk-incident-submit", "desk-claim-decide"), POST_ONLY),
    **dict.fromkeys(("desk-assist", "desk-recognise", "desk-documents-quotes"), POST_ONLY),
    "desk-keys": SIGNED_IN,
    "desk-key-revoke": (302, 404, 200, 404, 404, 404),
}


@pytest.fixture
def objects(db):
    """One object for every kind of argument: the analyst's draft for the desk, a public incident for the record."""
    analyst, editor = builders.person("analyst"), builders.person("editor")
    places = builders.places()
    group = builders.actor("Test Front")
    public = builders.published(
        by=analyst,
        editor=editor,
        location=places["town"],
        location_precision="settlement",
        claims=[builders.claim("perpetrator", value_actor=group, part="perpetrator", claimant=group)],
    )
    draft = builders.draft(analyst)
    relation = registers.relate(group, "fights", builders.actor("Test Two"), by=editor, basis="established")
    paper = builders.document()
    public.edition_sequence = Edition.objects.of("incident", public.uid).first().pk
    return {
        "public": public,
        "draft": draft,
        "claim": draft.claims.get(),
        "public_claim": public.claims.get(),
        "link": incidents.link(draft, public, by=editor, type="response_to"),
        "relation": relation,
        "actor": group,
        "location": places["town"],
        "source": paper.source,
        "public_source": public.claims.get().citations.get().document.source,
        "document": paper,
        "key": keys.issue(analyst, by=analyst, name="Test key", can_write=False, expires_at=None)[0],
    }


def _client(role):
    client = Client()
    if role == "other-analyst":
        client.force_login(builders.person("analyst", name="other-analyst"))
    elif role != "anonymous":
        client.force_login(builders.person(role))
    return client


def _arguments(name, objects):
    """The arguments of a route: what it is about follows from its name."""
    if name in ("incident-edition", "api-incident-edition"):
        return {"uid": objects["public"].uid, "number": 1}
    if name == "api-edition":
        return {"sequence": objects["public"].edition_sequence}
    if name in ("incident", "incident-history", "api-incident", "api-incident-editions"):
        return {"uid": objects["public"].uid}
    if name in ("claim", "api-claim"):
        return {"uid": objects["public_claim"].uid}
    if name in ("actor", "location", "source", "api-actor", "api-location", "api-source"):
        kind = name.removeprefix("api-")
        return {"slug": objects["public_source" if kind == "source" else kind].slug}
    if name == "desk-work":
        return {"name": "drafts"}
    if name == "desk-key-revoke":
        return {"pk": objects["key"].pk}
    if not name.startswith("desk-"):
        return {}
    kind = name.split("-")[1]
    about = {
        "incident": "draft",
        "review": "draft",
        "claim": "draft" if name == "desk-claim-add" else "claim",
        "link": "link",
        "relation": "relation",
        "actors": "actor",
        "locations": "location",
        "sources": "source",
        "documents": "document",
    }.get(kind)
    return {"uid": objects[about].uid} if about else {}


def _routes(resolver=None):
    """Names of all routes but those of the superuser's admin."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        elif str(pattern.pattern) != "admin/":
            yield from _routes(pattern)


def _address(name, objects):
    arguments = _arguments(name, objects)
    try:
        return reverse(name, kwargs=arguments)
    except NoReverseMatch:  # a list has the same first word as its entries, and takes no argument
        return reverse(name)


def test_every_door_answers_every_role_as_the_table_says(objects):
    found = {}
    for name in _routes():
        caches["api_rates"].clear()
        found[name] = tuple(_client(role).get(_address(name, objects)).status_code for role in ROLES)

    wrong = {name: (answers, EXPECTED.get(name)) for name, answers in found.items() if answers != EXPECTED.get(name)}
    assert wrong == {}
    assert set(EXPECTED) == set(found)


@pytest.mark.parametrize("role", ["anonymous", "researcher", "other-analyst"])
def test_nobody_posts_through_a_door_that_is_not_theirs(objects, role):
    before = Change.objects.count()
    for name in _routes():
        if name.startswith("desk-") and EXPECTED[name][ROLES.index(role)] not in (200, 405):
            answer = _client(role).post(_address(name, objects), {"version": 1})
            assert answer.status_code in (302, 403, 404, 405), name
            assert answer.status_code != 302 or "/accounts/login/" in answer.headers["Location"], name
    for name in ("desk-incident-submit", "desk-claim-decide"):
        assert _client(role).post(_address(name, objects)).status_code in (302, 403, 404)

    assert Change.objects.count() == before
