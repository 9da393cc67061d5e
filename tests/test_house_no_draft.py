"""House test 6: a unique word in every field of what is not public appears in no public byte."""

import re
from collections import Counter
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from events.desk import claims, discussion, handover, incidents, invitations, presence, registers
from events.following import saving
from events.freezing import jobs
from events.models.edition import PublishedIncident
from events.models.following import MailAddress
from events.press import editions, releases
from events.record import sequence
from tests import builders, workbooks

START = (
    "/",
    "/statistics/",
    "/escalation/",
    "/map/",
    "/actors/",
    "/locations/",
    "/sources/",
    "/about/",
    "/corrections/",
    "/releases/",
    "/api/v1/releases/",
    "/feed.atom",
    "/calendar.ics",
    "/incidents.csv",
    "/incidents.xlsx",
    "/incidents.geojson",
    "/incidents.ndjson",
    "/incidents.json",
    "/incidents.acled.csv",
    "/incidents.ucdp.csv",
    "/incidents.acled-left-out.csv",
    "/incidents.ucdp-left-out.csv",
    "/incidents.stix.json",
    "/data/stix-extensions.json",
    "/downloads/",
    "/downloads/acled/left-out/",
    "/downloads/ucdp/left-out/",
    "/incidents.csv-metadata.json",
    "/data/dictionary/",
    "/data/dictionary.json",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-incidents.xml",
    "/sitemap-actors.xml",
    "/sitemap-places.xml",
    "/sitemap-sources.xml",
    "/api/v1/",
    "/api/schema/",
    "/api/docs/",
)
ALSO = (
    "/search/?q=public",
    "/search/?q=public&type=claims",
    "/search/?q=test&type=places",
    "/map/?mapped=no",
    "/map/view/?zoom=6",
    "/map/cells.json",
    "/map/cells.json?bbox=69,32,71,34&zoom=12",
    "/map/outlines.json",
    "/api/v1/incidents/",
    f"/api/v1/incidents/?as_of={timezone.now():%Y-%m-%d}",
    f"/api/v1/statistics/?as_of={timezone.now():%Y-%m-%d}",
    "/api/v1/incidents/?fields=title,claims&include=editions,provenance",
    "/api/v1/incidents.csv",
    "/api/v1/incidents.ndjson?order=updated",
    "/api/v1/incidents.acled.csv",
    "/api/v1/incidents.ucdp.csv?order=updated",
    f"/api/v1/incidents.stix.json?as_of={timezone.now():%Y-%m-%d}",
    "/api/v1/claims/",
    "/api/v1/changes/",
    "/api/v1/editions/",
    "/api/v1/actors/",
    "/api/v1/locations/",
    "/api/v1/sources/",
    "/api/v1/links/",
    "/api/v1/documents/",
    "/api/v1/relations/",
    "/api/v1/vocabulary/",
    "/api/v1/statistics/",
    "/api/compat/ucdp/api/gedevents/current?pagesize=1000",
    "/api/compat/ucdp/gedevents/no-such-version",
    "/api/compat/acled/acled/read",
    "/api/compat/acled/api/acled/read?export_type=monadic&population=full",
    "/api/compat/acled/api/acled/read.csv",
    "/api/compat/acled/actor/read",
    "/api/compat/acled/deleted/read",
    "/api/docs/acled/",
    "/no-such-page/",
    "/api/v1/no-such-thing/",
    "/?no_such_parameter=1",
)
MARK = "zqcanaryqz"  # long enough not to turn up in a random token
MOST = 20  # questions to one address: narrowed on and on, each page leads to further ones
_WORDS = iter(range(1000))


def _secret(kind):
    """A word that occurs nowhere else; the number keeps two of a kind apart."""
    return f"{MARK}{kind}{next(_WORDS)}x"


@pytest.fixture
def planted(db):
    """A public incident surrounded by everything that is not public; the people carry secret names too."""
    author = builders.person("analyst", name=_secret("author"))
    judge = builders.person("editor", name=_secret("judge"))
    words = builders.document("A public document", captured_text=f"made-up words {_secret('publiccapture')}")
    cited = [builders.claim(document_row=words)]
    public = builders.published(by=author, editor=judge, title="A public incident", claims=cited)
    _plant_on(public, author, judge)
    presence.here(public, by=judge)
    _plant_following(author)
    draft = _plant_draft(author)
    returned = builders.submitted(author, title=_secret("returnedtitle"))
    incidents.give_back(returned, by=judge, rationale=_secret("returnedwhy"))
    _plant_withdrawn(author, judge)
    for incident in (public, draft):
        handover.hand_over(incident, by=judge, to=builders.person("analyst", name=_secret("keeper")))
    invitations.invite(by=builders.person("admin", name=_secret("admin")), username=_secret("invited"), role="analyst")
    registers.edit_document(words, by=judge, version=1, title="A public document of another name")
    editions.publish(public, by=judge, reason="ruleset", note="Made once more, with the secrets beside it")
    jobs.write(releases.freeze(releases.next_name(timezone.now()), by=judge, site="http://testserver").pk)
    return {draft, returned}


def test_no_secret_word_is_in_any_public_answer(planted, monkeypatch):
    monkeypatch.setattr(sequence, "SETTLED", timedelta(0))  # else the changes would not tell of them yet
    client = Client()
    public = [row.shown_uid for row in PublishedIncident.objects.all()]
    seen, asked, waiting = (
        set(),
        Counter(),
        [*START, *ALSO, *(f"/api/v1/incidents/{uid}/provenance/" for uid in public)],
    )
    while waiting:
        address = waiting.pop()
        path = address.partition("?")[0]
        if address in seen or asked[path] == MOST:
            continue
        seen.add(address)
        asked[path] += 1
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if content.startswith(b"PK"):
            content = workbooks.everything(content).encode()
        everything = f"{address}\n{answer.headers}\n{content.decode('utf-8', 'replace')}"
        assert MARK not in everything.lower(), f"{address}: {re.findall(MARK + '[a-z0-9]+', everything.lower())[:3]}"
        waiting += [link for link in _links(content.decode("utf-8", "replace")) if link not in seen]

    assert len(seen) > 25, "The crawl found too little to mean anything."


def test_what_is_not_public_is_absent_to_the_public(planted):
    client = Client()

    for incident in planted:
        for address in (
            f"/incidents/{incident.shown_uid}/",
            f"/incidents/{incident.shown_uid}/history/",
            f"/api/v1/incidents/{incident.shown_uid}/",
            f"/api/v1/incidents/{incident.shown_uid}/provenance/",
        ):
            assert client.get(address).status_code == 404
        for claim in incident.claims.all():
            assert client.get(f"/claims/{claim.shown_uid}/").status_code == 404
            assert client.get(f"/api/v1/claims/{claim.shown_uid}/").status_code == 404


def test_searching_for_a_secret_finds_nothing(planted):
    client = Client()
    incident = next(iter(planted))

    assert client.get("/api/v1/incidents/", {"q": incident.title}).json()["results"] == []
    for kind in ("all", "claims", "actors", "places", "sources"):
        answer = client.get("/search/", {"q": incident.title, "type": kind})
        assert re.findall(r'search__count">(\d+)<', answer.text) == ["0"] * 6
    assert client.get("/api/v1/actors/", {"q": MARK}).json()["results"] == []


def _plant_on(incident, author, judge):
    """Secrets beside the public incident: pending, rejected and returned claims, an edit that waits, a private link."""
    for verdict in ("pending", "rejected", "needs_changes"):
        claim = claims.add(incident, by=author, **_secret_claim())
        if verdict != "pending":
            claims.decide(claim, by=judge, verdict=verdict, rationale=_secret("rationale"))
    claims.decide(incident.claims.get(verdict="pending"), by=judge, verdict="rejected", rationale=_secret("rationale"))
    incidents.link(incident, _plant_draft(author), by=judge, type="follows")
    discussion.say(incident, by=author, text=f"@{judge.username} {_secret('comment')}")
    discussion.resolve(discussion.say(incident, by=judge, text=_secret("resolvedcomment")), by=author)


def _plant_following(person):
    """What somebody follows is nobody else's business: the name, the words searched for, the address."""
    saving.save(by=person, name=_secret("followed"), query=f"q={_secret('wanted')}")
    address = f"{_secret('address')}@example.org"
    MailAddress.objects.create(person=person, address=address, given_at=timezone.now())


def _plant_draft(author):
    place = registers.add_location(
        by=author,
        name=_secret("place"),
        level="site",
        parent=None,
        note=_secret("placenote"),
        aliases=[{"text": _secret("placealias"), "language": "", "kind": "transliteration"}],
    )
    return incidents.log(
        by=author,
        fields=builders.facts(
            title=_secret("title"),
            summary=_secret("summary"),
            tags=[_secret("tag")],
            location=place,
            location_precision="site",
        ),
        claims=[_secret_claim(), _secret_claim(claimant=_secret_actor(author), claimant_text="")],
    )


def _plant_withdrawn(author, judge):
    """Of a withdrawn incident the public keeps the reason, not what was said in claims that were never accepted."""
    incident = builders.published(by=author, editor=judge, title="Once public")
    claims.add(incident, by=author, **_secret_claim())
    editions.withdraw(incident, by=judge, reason="privacy", note="Withdrawn for a reason")


def _secret_actor(author):
    return registers.add_actor(
        by=author,
        name=_secret("actor"),
        kind="armed_group",
        side="non_state",
        description=_secret("description"),
        naming_note=_secret("naming"),
        aliases=[{"text": _secret("actoralias"), "language": "", "kind": "acronym"}],
    )


def _secret_claim(**changes):
    author = builders.person("analyst", name=_secret("writer"))
    paper = registers.add_document(
        by=author,
        source=registers.add_source(by=author, name=_secret("source"), kind="online", domain=f"{_secret('host')}.org"),
        title=_secret("document"),
        url=f"https://example.org/{_secret('path')}",
        author=_secret("byline"),
        captured_text=_secret("capture") + " " + (words := _secret("excerpt")),
    )
    citation = {
        "document": paper,
        "excerpt": words,
        "translation": _secret("translation"),
        "locator": _secret("locator"),
    }
    return builders.claim(
        "motive",
        value_text=_secret("motive"),
        citations=[citation],
        **({"claimant_text": _secret("claimant")} | changes),
    )


def _links(text):
    """Addresses of this site in a page or in a JSON answer; not the desk's, sign-in's or the server's files."""
    found = re.findall(r'(?:href|action)="([^"]+)"', text) + re.findall(r'"(https?://testserver/[^"]*|/[^"\s]*)"', text)
    for address in found:
        address = unescape(address).replace("http://testserver", "").partition("#")[0]
        if address.startswith("/") and not address.startswith(("//", "/static/", "/desk/", "/accounts/", "/admin/")):
            yield address
