"""The public pages: what they answer, what stands on them, and how many questions they ask the database."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events import uids
from tests.record import rows


def text(response):
    return response.content.decode()


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.fixture
def strike(db):
    """A contested incident with two claimants, one of them quoted in Urdu, and a figure that two claims stand behind."""
    pakistan = rows.actor("Foreign Office", side="pakistan", kind="office")
    kabul = rows.actor("Taliban spokesman", side="afghanistan_de_facto", kind="office")
    dawn = rows.source("Dawn")
    barmal = rows.place("Barmal", level="settlement")
    urdu = rows.citation(
        excerpt="آٹھ شہری ہلاک <script>alert(1)</script>", excerpt_language="ur", translation="Eight civilians killed"
    )
    claims = [
        rows.claim_body("AAAAAAAA", aspect="casualties", claimant=kabul.slug, lines=[rows.killed(8)], citations=[urdu]),
        rows.claim_body("BBBBBBBB", aspect="target_nature", claimant=pakistan.slug, code="militant_hideout"),
        rows.claim_body("CCCCCCCC", aspect="target_nature", claimant=kabul.slug, code="civilian_home"),
    ]
    figure = rows.figure(8, 8, 8, claims=["AAAA-AAAA"])
    document = rows.documents(
        title="Strike in Barmal",
        kind="air_strike",
        claims=claims,
        actors=rows.described(pakistan) | rows.described(kabul),
        documents=[rows.document(url="javascript:alert(1)")],
        headline={
            "contested": [{"aspect": "target_nature", "pairs": [["BBBB-BBBB", "CCCC-CCCC"]]}],
            "casualties": {
                "killed": {
                    "total": figure,
                    "by_category": {"civilian": figure},
                    "by_party": {},
                    "subsets": {"women": rows.figure(5, 5, 5, claims=["AAAA-AAAA"])},
                    "excluding_perpetrators": figure,
                }
            },
        },
    )
    row = rows.incident(
        "Strike in Barmal",
        kind="air_strike",
        at=barmal,
        contested_aspects="|target_nature|",
        killed_low=8,
        killed_best=8,
        killed_high=8,
        document=document,
        parts=[(pakistan, "perpetrator")],
    )
    for body in claims:
        by = {"foreign-office": pakistan, "taliban-spokesman": kabul}[body["claimant"]]
        rows.claim(row, by=by, cites=dawn, **body | {"uid": uids.parse(body["uid"])})
    return row


def test_the_timeline_lists_incidents_with_their_figures(client, strike):
    rows.incident("Silent shelling", day="2024-03-01")

    page = text(client.get("/"))

    assert "Monday 18 March 2024" in page
    assert "<strong>8</strong> killed" in page
    assert "Contested: what was hit" in page
    assert "Killed: not reported" in page
    assert "<strong>2 incidents</strong>" in page
    assert "1 violent incident without a figure" in page


def test_a_wrong_filter_gets_a_message_and_no_rows(client, strike):
    response = client.get("/?kind=bombing&q=barmal")

    assert response.status_code == 400
    assert "“bombing” is not a kind. Use one of: suicide_bombing" in text(response)
    assert "Strike in Barmal" not in text(response)
    assert 'value="barmal"' in text(response)


@pytest.mark.parametrize("query", ["after=x", "before=%C3%A4", "colour=red", "q=%00", "role=target"])
def test_every_other_wrong_address_of_the_timeline_is_refused_too(client, strike, query):
    response = client.get(f"/?{query}")

    assert response.status_code == 400
    assert "Strike in Barmal" not in text(response)


def test_an_empty_selection_says_what_to_do(client, strike):
    page = text(client.get("/?kind=talks"))

    assert "No incident fits this selection" in page
    assert "Kind: Talks" in page


def test_the_state_of_the_form_is_the_address(client, strike):
    page = text(client.get("/?kind=air_strike&q=strike"))

    assert 'value="air_strike" checked' in page
    assert 'href="/?kind=air_strike"' in page
    assert 'value="strike"' in page


def test_blank_and_tracking_parameters_are_dropped_from_the_address(client, strike):
    assert client.get("/?q=&kind=talks&fbclid=abc").headers["Location"] == "/?kind=talks"
    assert client.get("/actors/?utm_source=x").headers["Location"] == "/actors/"


def test_paging_keeps_the_selection(client, db):
    for number in range(30):
        rows.incident(f"Incident {number}", kind="shelling")

    first = client.get("/?kind=shelling")
    cursor = first.context["page"].after
    second = client.get(f"/?kind=shelling&after={cursor}")

    assert f"?kind=shelling&amp;after={cursor}" in text(first)
    assert len(first.context["page"].rows) == 25
    assert len(second.context["page"].rows) == 5
    assert second.context["page"].before


def test_the_incident_page_leads_from_every_figure_to_claim_excerpt_and_source(client, strike):
    page = text(client.get(strike.get_absolute_url()))

    assert "The claimants contradict each other on what was hit." in page
    assert page.count(">differs<") == 2
    assert 'href="#claim-AAAA-AAAA"' in page
    assert 'id="claim-AAAA-AAAA"' in page
    assert 'href="/claims/AAAA-AAAA/"' in page
    assert 'dir="auto" lang="ur"' in page
    assert "Eight civilians killed" in page
    assert 'href="/sources/dawn/"' in page
    assert "of whom 5 women" in page


def test_what_was_quoted_cannot_run(client, strike):
    page = text(client.get(strike.get_absolute_url()))

    assert "<script>alert" not in page
    assert "javascript:" not in page


def test_a_claim_has_an_address_with_its_excerpt_and_its_rivals(client, strike):
    page = text(client.get("/claims/BBBB-BBBB/"))

    assert "Foreign Office: Militant hideout" in page
    assert "Shells fell near the crossing." in page
    assert "Contradicted by" in page
    assert 'href="/claims/CCCC-CCCC/"' in page


@pytest.mark.parametrize("spelling", ["{stored}", "{shown_lower}", "{stored_lower}"])
def test_other_spellings_of_a_uid_lead_to_the_one_that_is_cited(client, strike, spelling):
    path = spelling.format(stored=strike.uid, shown_lower=strike.shown_uid.lower(), stored_lower=strike.uid.lower())

    for suffix in ("", "history/", "editions/1/"):
        response = client.get(f"/incidents/{path}/{suffix}")
        assert (response.status_code, response.headers.get("Location")) in [
            (301, f"/incidents/{strike.shown_uid}/{suffix}"),
            (200, None),
        ]


def test_withdrawn_says_why_and_keeps_its_history(client, db):
    uid = uids.new()
    body = rows.claim_body("AAAAAAAA")
    rows.edition(uid, rows.documents(title="Gone incident", claims=[body]))
    rows.edition(uid, number=2, kind="withdrawn", reason="retraction", note="The source took it back.")

    response = client.get(f"/incidents/{uids.shown(uid)}/")
    history = client.get(f"/incidents/{uids.shown(uid)}/history/")
    old = client.get(f"/incidents/{uids.shown(uid)}/editions/1/")
    tombstone = client.get(f"/incidents/{uids.shown(uid)}/editions/2/")

    assert response.status_code == 410
    assert "Retraction" in text(response)
    assert "The source took it back." in text(response)
    assert (history.status_code, old.status_code, tombstone.status_code) == (200, 200, 200)
    assert "It has been replaced" in text(old)


def test_merged_leads_to_the_survivor_however_often_it_was_merged_on(client, db):
    survivor = rows.incident("Survivor")
    first, second = uids.new(), uids.new()
    rows.edition(first, kind="merged", reason="merge", into=second)
    rows.edition(second, kind="merged", reason="merge", into=survivor.uid)

    response = client.get(f"/incidents/{uids.shown(first)}/")

    assert response.status_code == 301
    assert response.headers["Location"] == survivor.get_absolute_url()


def test_incidents_merged_in_a_circle_do_not_hang(client, db):
    first, second = uids.new(), uids.new()
    rows.edition(first, kind="merged", reason="merge", into=second)
    rows.edition(second, kind="merged", reason="merge", into=first)

    assert client.get(f"/incidents/{uids.shown(first)}/").status_code == 301


def test_the_history_shows_what_changed(client, db):
    row = rows.incident("Shelling near Torkham")
    rows.edition(
        row.uid,
        rows.documents(title="Shelling at Torkham"),
        number=2,
        reason="correction",
        note="The crossing itself was hit.",
    )

    page = text(client.get(f"/incidents/{row.shown_uid}/history/"))
    old = text(client.get(f"/incidents/{row.shown_uid}/editions/1/"))

    assert '<del dir="auto">Shelling near Torkham</del>' in page
    assert '<ins dir="auto">Shelling at Torkham</ins>' in page
    assert "The crossing itself was hit." in page
    assert "This is edition 1" in old


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/",
        "/incidents/0000-0000/",
        "/incidents/0000-0000/history/",
        "/incidents/UUUU-UUUU/",
        "/claims/0000-0000/",
        "/actors/nobody/",
        "/locations/atlantis/",
        "/sources/none/",
    ],
)
def test_what_is_not_there_gets_a_friendly_404(client, db, path):
    response = client.get(path)

    assert response.status_code == 404
    assert "Search the record" in text(response)


def test_the_edition_that_does_not_exist_is_404(client, strike):
    assert client.get(f"/incidents/{strike.shown_uid}/editions/7/").status_code == 404
    assert client.get(f"/incidents/{strike.shown_uid}/editions/99999999999999999999/").status_code == 404


def test_registers_show_only_what_the_record_mentions(client, strike):
    rows.actor("Draft-only group")
    rows.place("Draft-only hamlet", level="settlement")
    rows.source("Draft-only gazette")

    pages = "".join(text(client.get(path)) for path in ("/", "/actors/", "/locations/", "/sources/"))

    assert "Foreign Office" in pages
    assert "Dawn" in pages
    assert "Draft-only" not in pages
    for path in ("/actors/draft-only-group/", "/locations/draft-only-hamlet/", "/sources/draft-only-gazette/"):
        assert client.get(path).status_code == 404


def test_the_actor_page_shows_parts_claims_and_relations(client, strike):
    state = rows.actor("Pakistan", side="pakistan", kind="state", aliases=["پاکستان"])
    office = strike.participants.get().actor
    rows.relation(office, "part_of", state, is_contested=True)

    page = text(client.get("/actors/foreign-office/"))
    other = text(client.get("/actors/pakistan/"))

    assert "?actor=foreign-office&amp;role=perpetrator" in page
    assert "Militant hideout" in page
    assert 'part of <a href="/actors/pakistan/">' in page
    assert "contested" in other
    assert "part of this actor" in other


def test_the_place_and_source_pages_lead_on(client, strike):
    place = text(client.get("/locations/barmal/"))
    source = text(client.get("/sources/dawn/"))

    assert "Strike in Barmal" in place
    assert "Statement on Torkham" in source
    assert 'href="/claims/AAAA-AAAA/"' in source


def test_an_actor_folded_into_another_leads_there(client, strike):
    survivor = strike.participants.get().actor
    rows.actor("Ministry of Foreign Affairs", merged_into=survivor)

    response = client.get("/actors/ministry-of-foreign-affairs/")

    assert (response.status_code, response.headers["Location"]) == (301, "/actors/foreign-office/")


@pytest.mark.parametrize("path", ["/actors/?x=1", "/about/?x=1", "/sources/dawn/?page=2", "/locations/barmal/?after=x"])
def test_pages_refuse_parameters_they_do_not_know(client, strike, path):
    response = client.get(path)

    assert response.status_code == 400
    assert "This address cannot be read" in text(response)


@pytest.mark.parametrize("path", ["/", "/actors/foreign-office/", "/locations/barmal/", "/sources/dawn/"])
def test_lists_ask_as_many_questions_for_25_rows_as_for_5(client, strike, path):
    actor, place = strike.participants.get().actor, strike.location
    dawn = rows.Source.objects.get(slug="dawn")

    def fill(number):
        for _ in range(number):
            row = rows.incident("One more", at=place, parts=[(actor, "target")])
            rows.claim(row, by=actor, cites=dawn)

    fill(4)
    few = queries(client, path)
    fill(20)

    assert queries(client, path) == few
    assert few <= 12


def test_an_incident_asks_the_same_whatever_the_number_of_claims(client, db):
    few = rows.incident(document=rows.documents(claims=[rows.claim_body(uids.new()) for _ in range(5)]))
    many = rows.incident(document=rows.documents(claims=[rows.claim_body(uids.new()) for _ in range(25)]))

    assert queries(client, few.get_absolute_url()) == queries(client, many.get_absolute_url()) <= 8


def test_the_theme_is_kept_and_leads_back_to_this_site_only(client, db):
    response = client.post("/theme/", {"theme": "dark", "next": "/actors/"})
    away = client.post("/theme/", {"theme": "light", "next": "//evil.example/"})

    assert (response.status_code, response.headers["Location"]) == (302, "/actors/")
    assert response.cookies["theme"].value == "dark"
    assert away.headers["Location"] == "/"
    assert 'data-theme="light"' in text(client.get("/"))
    assert client.post("/theme/", {"theme": "pink"}).status_code == 400


def test_people_of_the_desk_find_their_way_there(client, strike, analyst):
    anonymous = text(client.get(strike.get_absolute_url()))
    client.force_login(analyst)

    page = text(client.get(strike.get_absolute_url()))

    assert "Open at the desk" not in anonymous
    assert f'href="/desk/incidents/{strike.shown_uid}/"' in page
    assert "Log an incident" in page


def test_pages_hold_nothing_that_the_security_policy_forbids(client, strike):
    addresses = ["/", strike.get_absolute_url(), "/actors/", "/about/", "/claims/AAAA-AAAA/", "/nowhere/"]

    for page in (text(client.get(path)) for path in addresses):
        assert "<script>" not in page
        assert "style=" not in page
        assert "onclick=" not in page
        assert 'src="http' not in page


def test_problems_under_api_are_problem_details(client, db):
    response = client.get("/api/nowhere/")

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == "Nothing public stands at this address."


def test_a_failed_forgery_check_says_what_to_do(db):
    response = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})

    assert response.status_code == 403
    assert "load the page again" in text(response)
