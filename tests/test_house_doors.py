"""House test 3: every address × every role against one table of expected answers; a route without an entry fails."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone

from events.desk import claims, discussion, incidents, invitations, keys, registers, unfinished
from events.following import letters, saving
from events.freezing import jobs
from events.models.change import Change
from events.models.edition import Edition
from events.models.following import MailAddress, SavedSelection
from events.models.invitation import digest, make_secret
from events.press import editions, relations, releases
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
NEEDS_A_KEY = (401,) * 6  # a session counts for nothing at the API
ADMINS = (302, 403, 403, 403, 403, 200)

EXPECTED = {
    **dict.fromkeys(
        [
            "timeline",
            "search",
            "statistics",
            "statistics-csv",
            "api-statistics",
            "map",
            "map-view",
            "map-cells",
            "map-outlines",
            "about",
            "robots",
            "incident",
            "incident-history",
            "incident-edition",
            "incident-cite",
            "incident-cite-latest",
            "incident-chain",
            "escalation",
            "methodology",
            "codebook",
            "corrections",
            "feed",
            "calendar",
            "incidents-download",
            "incidents-shaped",
            "incidents-left-out",
            "incidents-stix",
            "stix-schema",
            "downloads",
            "left-out",
            "incidents-csvw",
            "dictionary",
            "dictionary-json",
            "releases",
            "release",
            "release-differences",
            "release-cite",
            "release-file",
            "api-releases",
            "api-release",
            "api-release-file",
            "sitemap",
            "sitemap-section",
            "claim",
            "actors",
            "actor",
            "locations",
            "location",
            "sources",
            "source",
            "api-root",
            "api-incidents",
            "api-incidents-file",
            "api-incidents-for-others",
            "api-incidents-csvw",
            "api-incident",
            "api-incident-editions",
            "api-incident-edition",
            "api-changes",
            "api-incident-provenance",
            "api-editions",
            "api-edition",
            "api-claims",
            "api-claim",
            "api-links",
            "api-link",
            "api-documents",
            "api-document",
            "api-relations",
            "api-relation",
            "api-vocabulary",
            "api-word-list",
            "api-actors",
            "api-actor",
            "api-locations",
            "api-location",
            "api-sources",
            "api-source",
            "api-schema",
            "api-docs",
            "api-docs-ucdp",
            "api-ucdp-events",
            "api-ucdp-resource",
            "api-ucdp-resource-short",
            "api-start",
            "api-try",
            "api-acled-docs",
            "api-acled-root",
            "api-acled-legacy",
            "api-acled-current",
            "desk-alive",
            "account-invitation",
        ],
        EVERYBODY,
    ),
    "theme": POST_ONLY_OPEN,
    "map-districts": (400,) * 6,  # open to all, who have to say in which box
    "language": POST_ONLY_OPEN,
    **dict.fromkeys(("api-draft-claims", "api-draft-submit", "api-document-text"), POST_ONLY_OPEN),
    **dict.fromkeys(("api-drafts", "api-draft", "api-draft-claim"), NEEDS_A_KEY),
    "api-acled-token": POST_ONLY_OPEN,
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
            "desk-look-up",
            "desk-look-up-new",
            "desk-look-up-preview",
            "desk-actors-history",
            "desk-locations-history",
            "desk-sources-history",
            "desk-documents-history",
            "desk-relation-history",
            "desk-actors-restore",
            "desk-locations-restore",
            "desk-sources-restore",
            "desk-documents-restore",
            "desk-relation-restore",
        ],
        AT_THE_DESK,
    ),
    **dict.fromkeys(
        [
            "desk-incident",
            "desk-incident-edit",
            "desk-incident-discard",
            "desk-incident-link",
            "desk-incident-earlier",
            "desk-claim-add",
            "desk-claim-edit",
            "desk-claim-remove",
            "desk-link-claim-add",
            "desk-incident-discussion",
            "desk-incident-history",
            "desk-incident-restore",
            "desk-incident-claim-again",
            "desk-claim-history",
            "desk-claim-restore",
        ],
        OWN_DRAFT,
    ),
    **dict.fromkeys(
        [
            "desk-queue",
            "desk-releases",
            "desk-release-freeze",
            "desk-release-erratum",
            "desk-batch-accept",
            "desk-batch-accept-all",
            "desk-batch-publish",
            "desk-review",
            "desk-incident-assign",
            "desk-incident-hand-over",
            "desk-incident-return",
            "desk-incident-publish",
            "desk-incident-withdraw",
            "desk-incident-merge",
            "desk-incident-unmerge",
            "desk-incident-split",
            "desk-incident-reinstate",
            "desk-claim-reopen",
            "desk-claim-retract",
            "desk-relation-publish",
            "desk-relation-withdraw",
            "desk-actors-alias",
            "desk-locations-alias",
            *(f"desk-{register}-alias-{act}" for register in ("actors", "locations") for act in ("change", "remove")),
            *(f"desk-{register}-edit" for register in ("actors", "locations", "sources", "documents")),
            "desk-relation-edit",
            "desk-sources-grade",
            "desk-actors-merge",
            "desk-locations-merge",
            "desk-sources-merge",
        ],
        EDITORS,
    ),
    **dict.fromkeys(("desk-imports", "desk-import-new"), AT_THE_DESK),
    **dict.fromkeys(("desk-import", "desk-import-progress", "desk-import-report", "desk-import-likely"), OWN_DRAFT),
    "desk-import-columns": (302, 403, 302, 404, 302, 302),  # of a plan whose columns are known
    "desk-import-names": EDITORS,
    "desk-import-act": POST_ONLY,
    "desk-link-remove": EDITORS_OF_DRAFT,
    **dict.fromkeys(("desk-incident-submit", "desk-claim-decide", "desk-keep", "desk-unfinished-discard"), POST_ONLY),
    "desk-seen": POST_ONLY,
    **dict.fromkeys(("desk-comment-resolve", "desk-comment-reopen"), POST_ONLY),
    "desk-comment-rewrite": (302, 403, 200, 404, 403, 403),
    "desk-incident-bring-back": (302, 403, 403, 404, 403, 403),  # a draft that was not put away
    "desk-duplicates": POST_ONLY,
    "desk-claim-reliability": (302, 403, 403, 403, 400, 400),  # no grade was chosen
    **dict.fromkeys(
        (
            "desk-incident-presence",
            "desk-queue-assign",
            "desk-shortcuts",
        ),
        POST_ONLY,
    ),
    **dict.fromkeys(("desk-assist", "desk-recognise", "desk-documents-quotes"), POST_ONLY),
    "desk-keys": SIGNED_IN,
    "desk-sessions": SIGNED_IN,
    **dict.fromkeys(("desk-sessions-end", "desk-session-end"), POST_ONLY),
    **dict.fromkeys(
        [
            "desk-team",
            "desk-team-audit",
            "desk-team-invite",
            "desk-team-link-withdraw",
            "desk-team-person",
            "desk-team-role",
            "desk-team-close",
            "desk-team-open",
            "desk-team-reassign",
            "desk-team-password-link",
            "desk-team-sessions-end",
            "desk-team-session-end",
        ],
        ADMINS,
    ),
    "desk-key-revoke": (302, 404, 200, 404, 404, 404),
    **dict.fromkeys(("following", "following-save", "following-address"), SIGNED_IN),
    **dict.fromkeys(("following-entry", "following-delete"), (302, 404, 200, 404, 404, 404)),  # nobody else's, admins'
    **dict.fromkeys(("following-seen", "following-resume", "following-test", "following-secret"), POST_ONLY),
    "following-address-remove": POST_ONLY,
    **dict.fromkeys(("following-confirm", "following-stop"), EVERYBODY),
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
    cause = builders.published(by=analyst, editor=editor)
    public_link = incidents.link(public, cause, by=editor, type="follows")
    editions.publish(public, by=editor, reason="correction", note="A link")
    public_relation = registers.relate(group, "rival_of", builders.actor("Test Three"), by=editor, basis="established")
    relations.publish_relation(public_relation, by=editor, reason="new_incident")
    draft = builders.draft(analyst)
    claims.remove(claims.add(draft, by=analyst, **builders.claim()), by=analyst)
    relation = registers.relate(group, "fights", builders.actor("Test Two"), by=editor, basis="established")
    paper = builders.document()
    registers.add_actor_alias(group, by=editor, text="TF", kind="acronym")
    registers.add_location_alias(places["town"], by=editor, text="Testville", kind="former")
    link, secret = invitations.invite(by=builders.person("admin"), username="invited", role="analyst")
    release = frozen_twice(public, editor)
    public.edition_sequence = Edition.objects.of("incident", public.uid).first().pk
    return {
        "public": public,
        "release": release,
        "draft": draft,
        "claim": draft.claims.get(),
        "public_claim": public.claims.get(),
        "public_link": public_link,
        "public_relation": public_relation,
        "link": incidents.link(draft, public, by=editor, type="response_to"),
        "relation": relation,
        "actor": group,
        "location": places["town"],
        "source": paper.source,
        "public_source": public.claims.get().citations.get().document.source,
        "document": paper,
        "unfinished": unfinished.keep(
            by=analyst, page="/desk/log/", key="0" * 36, revision=0, changed={"title": ["Made-up title"]}
        ),
        "secret": secret,
        "invitation": link,
        "session": builders.session(analyst),
        "comment": discussion.say(draft, by=analyst, text="Made-up comment"),
        "batch": builders.batch(editor),
        "import": builders.batch(analyst, format="ucdp"),
        "saved": (saved := saving.save(by=analyst, name="Made-up selection", query="")),
        "stop": letters.stop_token(saved),
        "confirm": waiting_address(analyst),
        "key": keys.issue(analyst, by=analyst, name="Test key", expires_at=None)[0],
    }


def frozen_twice(public, editor):
    """The second of two releases with their files."""
    for _ in range(2):
        name = releases.next_name(timezone.now())
        release = jobs.write(releases.freeze(name, by=editor, site="https://ledger.example").pk)
        editions.publish(public, by=editor, reason="ruleset", note="Made once more")
    return release


def waiting_address(person):
    """The secret of an address that was given and not confirmed yet."""
    MailAddress.objects.create(
        person=person,
        address="made-up@example.org",
        given_at=timezone.now(),
        sha256=digest(secret := make_secret()),
        expires_at=timezone.now() + timedelta(days=1),
    )
    return secret


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
    if name == "incident-cite":
        return {"uid": objects["public"].uid, "number": 1, "form": "bib"}
    if name == "incident-cite-latest":
        return {"uid": objects["public"].uid, "form": "ris"}
    if "release" in name.split("-"):
        named = {} if name == "desk-release-freeze" else {"name": objects["release"].name}
        more = {"release-cite": {"form": "bib"}, "release-file": {"file": "claims.csv"}}
        return named | more.get(name.removeprefix("api-"), {})
    if name in ("incidents-download", "api-incidents-file"):
        return {"form": "csv"}
    if name in ("incidents-shaped", "incidents-left-out", "left-out"):
        return {"shape": "acled"}
    if name == "api-incidents-for-others":
        return {"form": "ucdp.csv"}
    if name == "sitemap-section":
        return {"section": "incidents"}
    if name.startswith("api-ucdp-"):
        return {"version": "current"} | ({} if name == "api-ucdp-events" else {"resource": "gedevents"})
    if name == "api-edition":
        return {"sequence": objects["public"].edition_sequence}
    if name in ("incident", "incident-history", "incident-chain"):
        return {"uid": objects["public"].uid}
    if name in ("api-incident", "api-incident-editions", "api-incident-provenance"):
        return {"uid": objects["public"].uid}
    if name in ("claim", "api-claim"):
        return {"uid": objects["public_claim"].uid}
    if name in ("actor", "location", "source", "api-actor", "api-location", "api-source"):
        kind = name.removeprefix("api-")
        return {"slug": objects["public_source" if kind == "source" else kind].slug}
    if name in ("api-draft", "api-draft-claims", "api-draft-submit"):
        return {"uid": objects["draft"].uid}
    if name == "api-draft-claim":
        return {"uid": objects["draft"].uid, "claim_uid": objects["claim"].uid}
    if name == "api-document-text":
        return {"uid": objects["document"].uid}
    if name in ("api-acled-legacy", "api-acled-current"):
        return {"endpoint": "acled"}
    if name == "statistics-csv":
        return {"name": "by-kind"}
    if name == "api-word-list":
        return {"name": "kind"}
    if name in ("api-link", "api-relation"):
        return {"uid": objects[f"public_{name.removeprefix('api-')}"].uid}
    if name == "api-document":
        return {"uid": objects["public_claim"].citations.get().document.uid}
    if name == "desk-work":
        return {"name": "drafts"}
    if name in ("desk-look-up", "desk-look-up-new"):
        return {"kind": "places"}
    if name == "desk-look-up-preview":
        return {"uid": objects["location"].uid}
    if name == "following-confirm":
        return {"secret": objects["confirm"]}
    if name == "following-stop":
        return {"token": objects["stop"]}
    if name.startswith("following-") and name.split("-")[1] not in ("save", "address"):
        return {"uid": objects["saved"].uid}
    if name == "account-invitation":
        return {"secret": objects["secret"]}
    if name == "desk-session-end":
        return {"pk": objects["session"].pk}
    if name == "desk-team-link-withdraw":
        return {"uid": objects["invitation"].uid}
    if name == "desk-team-session-end":
        return {"pk": objects["session"].user_id, "session": objects["session"].pk}
    if name.startswith("desk-team-") and name not in ("desk-team-audit", "desk-team-invite"):
        return {"pk": objects["draft"].created_by_id}
    if name.startswith("desk-import-") and name != "desk-import-new" or name == "desk-import":
        act = {"name": "commit"} if name == "desk-import-act" else {}
        return {"pk": objects["import"].pk} | act
    if name.startswith("desk-batch-"):
        return {"pk": objects["batch"].pk}
    if name == "desk-key-revoke":
        return {"pk": objects["key"].pk}
    if not name.startswith("desk-"):
        return {}
    kind = name.split("-")[1]
    if name == "desk-incident-claim-again":
        return {"uid": objects["draft"].uid, "moment": Change.objects.get(model="claim", field="removed").pk}
    if name.endswith("-restore"):
        row = objects[{"incident": "draft"}.get(kind, kind.removesuffix("s") if kind != "claim" else kind)]
        return {"uid": row.uid, "moment": Change.objects.filter(object_uid=row.uid).last().pk}
    if "-alias-" in name:
        row = objects[kind.removesuffix("s")]
        return {"uid": row.uid, "pk": row.aliases.get().pk}
    about = {
        "comment": "comment",
        "incident": "draft",
        "review": "draft",
        "claim": "draft" if name == "desk-claim-add" else "claim",
        "link": "link",
        "relation": "relation",
        "actors": "actor",
        "locations": "location",
        "sources": "source",
        "documents": "document",
        "unfinished": "unfinished",
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
            assert answer.status_code in (401, 403, 404, 405), name
    posted = (
        "desk-incident-submit",
        "desk-claim-decide",
        "desk-session-end",
        "desk-comment-resolve",
        "desk-comment-reopen",
        *(name for name in EXPECTED if name.startswith("following-") and "uid" in _arguments(name, objects)),
    )
    for name in posted:
        answer = _client(role).post(_address(name, objects))
        leads_to_sign_in = role == "anonymous" and answer.headers.get("Location", "").startswith("/accounts/login/")
        assert answer.status_code in (401, 403, 404) or leads_to_sign_in, name

    assert Change.objects.count() == before
    assert SavedSelection.objects.get().name == "Made-up selection"
