"""The shipped data holds together: references resolve, words are in the lists, the founding article's traps hold."""

import json
import re
from collections import Counter
from datetime import date, time
from functools import cache
from pathlib import Path

import pytest

from events import choices as c
from events.rules import attribution, contest, dates, eligibility
from events.rules.derive import derive
from events.rules.facts import (
    ActorFact,
    ClaimFact,
    IncidentFacts,
    LineFact,
    PlaceFact,
    RelationFact,
)

DATA = Path(__file__).resolve().parent.parent / "data"
TIMELINE = DATA / "founding-timeline"
GAZETTEER = DATA / "gazetteer"

MIR_ALI = "mir-ali-2024-03-16"
STRIKES = "strikes-2024-03-18"
BARMAL, SPERA = "strikes-2024-03-18-barmal", "strikes-2024-03-18-spera"
ANSWER = "border-firing-2024-03-18"

OPEN = (c.Qualifier.AT_LEAST, *c.VAGUE_QUALIFIERS)
LOADED = re.compile(
    r"neutrali[sz]|martyr|terroris|khawarij|khwarij|jihad|eliminat|infidel|mujahideen|liberat|shahe?ed|infest",
    re.IGNORECASE,
)


@cache
def read(name, folder=TIMELINE):
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def by(key, rows):
    return {row[key]: row for row in rows}


@cache
def actors():
    return by("slug", read("actors"))


@cache
def places():
    return by("slug", read("places", GAZETTEER))


@cache
def incidents():
    return by("key", read("incidents"))


def subjects():
    return [*read("incidents"), *read("relations"), *read("links")]


def all_claims():
    return [claim for subject in subjects() for claim in subject["claims"]]


def claim_of(incident, name):
    return next(claim for claim in incidents()[incident]["claims"] if claim["key"] == f"{incident}/{name}")


# --- the rules' view of the files --------------------------------------------------------------------------------


def day(text):
    return date.fromisoformat(text) if text else None


def vague_date(value):
    if value is None:
        return dates.VagueDate()
    clock = value.get("time_local")
    return dates.VagueDate(
        day(value["start"]),
        day(value["end"]),
        value["precision"],
        time.fromisoformat(clock) if clock else None,
        value.get("time_zone", ""),
    )


def place_fact(slug):
    if slug is None:
        return None
    chain = []
    above = slug
    while above:
        chain.append(above)
        above = places()[above]["parent"]
    of_level = {places()[key]["level"]: key for key in reversed(chain)}
    country = of_level.get("country")
    row = places()[slug]
    return PlaceFact(
        key=slug,
        chain=tuple(chain),
        country=places()[country]["iso"] if country else "",
        province=of_level.get("province"),
        district=of_level.get("district"),
        latitude=row["latitude"],
        longitude=row["longitude"],
        uncertainty_km=row["uncertainty_km"],
    )


def line_fact(line):
    return LineFact(
        outcome=line["outcome"],
        category=line["category"],
        low=line["low"],
        best=line["best"],
        high=line["high"],
        open_upper=line["qualifier"] in OPEN,
        qualifier=line["qualifier"],
        party=line["party"],
        demographic=line["demographic"],
        directness=line["directness"],
        is_subset=line["subset_of"] is not None,
    )


def claim_fact(claim):
    same = (
        "key", "aspect", "claimant", "claimant_text", "stance", "attribution", "first_hand", "speech_act", "hedge",
        "preliminary", "verdict", "credibility", "supersedes", "part", "actor", "code", "text", "scope",
    )  # fmt: skip
    return ClaimFact(
        **{name: claim[name] for name in same},
        is_retracted=claim["retracted_at"] is not None,
        place=place_fact(claim["location"]),
        span=dates.span_of(vague_date(claim["date"])) if claim["date"] else None,
        is_exhaustive=claim["exhaustive"],
        lines=tuple(line_fact(line) for line in claim["lines"]),
    )


def asserted_relations():
    """Relations that stand: the established ones, and those that an eligible claim asserts."""
    for row in read("relations"):
        claims = eligibility.eligible([claim_fact(claim) for claim in row["claims"]])
        if row["basis"] == "established" or any(claim.stance == "asserts" for claim in claims):
            yield RelationFact(
                row["subject"], row["type"], row["object"], day(row["valid_from"]), day(row["valid_until"])
            )


def facts_of(key):
    incident = incidents()[key]
    parts = [link["from"] for link in read("links") if (link["type"], link["to"]) == ("part_of", key)]
    return IncidentFacts(
        category=incident["category"],
        kind=incident["kind"],
        span=dates.span_of(vague_date(incident["date"])),
        place=place_fact(incident["location"]),
        claims=tuple(claim_fact(claim) for claim in incident["claims"]),
        actors={slug: ActorFact(slug, row["kind"], row["side"], row["home_country"]) for slug, row in actors().items()},
        relations=tuple(asserted_relations()),
        part_places=tuple(place_fact(incidents()[part]["location"]) for part in parts),
    )


def triple(figure):
    return (figure.low, figure.best, figure.high)


# --- form --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key", "folder"),
    [
        ("places", "slug", GAZETTEER),
        ("actors", "slug", TIMELINE),
        ("sources", "slug", TIMELINE),
        ("documents", "key", TIMELINE),
        ("incidents", "key", TIMELINE),
        ("relations", "key", TIMELINE),
    ],
)
def test_keys_are_unique(name, key, folder):
    twice = [value for value, times in Counter(row[key] for row in read(name, folder)).items() if times > 1]
    assert not twice


def test_claim_keys_are_unique_and_say_what_they_are_about():
    twice = [key for key, times in Counter(claim["key"] for claim in all_claims()).items() if times > 1]
    assert not twice
    for row in [*read("incidents"), *read("relations")]:
        assert all(claim["key"].startswith(f"{row['key']}/") for claim in row["claims"])


def test_every_reference_resolves():
    documents, sources = by("key", read("documents")), by("slug", read("sources"))
    for source in sources.values():
        assert source["owner"] is None or source["owner"] in actors(), source["slug"]
    for document in documents.values():
        assert document["source"] in sources, document["key"]
        assert document["derived_from"] is None or document["derived_from"] in documents, document["key"]
        assert bool(document["derived_from"]) == bool(document["derivation"]), document["key"]
    for row in read("relations"):
        assert row["subject"] in actors() and row["object"] in actors(), row["key"]
    for link in read("links"):
        assert link["from"] in incidents() and link["to"] in incidents(), link
    for incident in incidents().values():
        assert incident["location"] is None or incident["location"] in places(), incident["key"]
    for claim in all_claims():
        assert claim["claimant"] is None or claim["claimant"] in actors(), claim["key"]
        assert claim["actor"] is None or claim["actor"] in actors(), claim["key"]
        assert claim["location"] is None or claim["location"] in places(), claim["key"]
        assert {line["party"] for line in claim["lines"]} - {None} <= actors().keys(), claim["key"]
        assert {citation["document"] for citation in claim["citations"]} <= documents.keys(), claim["key"]


def test_everything_that_is_shipped_is_used():
    cited = {citation["document"] for claim in all_claims() for citation in claim["citations"]}
    documents = by("key", read("documents"))
    assert documents.keys() == cited | {documents[key]["derived_from"] for key in cited} - {None}
    assert {document["source"] for document in documents.values()} == by("slug", read("sources")).keys()


def test_a_claim_supersedes_one_on_the_same_subject_and_aspect():
    for subject in subjects():
        own = by("key", subject["claims"])
        for claim in subject["claims"]:
            if claim["supersedes"]:
                assert own[claim["supersedes"]]["aspect"] == claim["aspect"], claim["key"]


def test_every_word_is_in_the_lists():
    def known(words, *codes):
        assert set(codes) <= set(words.codes()), (words.__name__, codes)

    for place in places().values():
        known(c.LocationLevel, place["level"])
        known(c.CoordinateBasis, place["coordinate_basis"])
        known(c.AliasKind, *(alias["kind"] for alias in place["aliases"]))
    for actor in actors().values():
        known(c.ActorKind, actor["kind"])
        known(c.Side, actor["side"])
        known(c.AliasKind, *(alias["kind"] for alias in actor["aliases"]))
    for source in read("sources"):
        known(c.SourceKind, source["kind"])
        known(c.Reliability, source["reliability"])
        assert source["scale"] == "" or source["scale"] in c.SourceScale.codes()
    for document in read("documents"):
        known(c.DocumentKind, document["kind"])
        assert document["derivation"] == "" or document["derivation"] in c.Derivation.codes()
    for relation in read("relations"):
        known(c.RelationType, relation["type"])
        known(c.RelationBasis, relation["basis"])
    for link in read("links"):
        known(c.LinkType, link["type"])
    for incident in incidents().values():
        assert incident["kind"] in c.KINDS_OF[c.Category(incident["category"])], incident["key"]
        known(c.LocationPrecision, *filter(None, [incident["location_precision"]]))
        assert bool(incident["location"]) == bool(incident["location_precision"]), incident["key"]
    for claim in all_claims():
        known(c.Aspect, claim["aspect"])
        known(c.Stance, claim["stance"])
        known(c.Attribution, claim["attribution"])
        known(c.FirstHand, claim["first_hand"])
        known(c.SpeechAct, claim["speech_act"])
        known(c.Hedge, claim["hedge"])
        known(c.Scope, claim["scope"])
        known(c.Verdict, claim["verdict"])
        known(c.Relay, *(citation["relay"] for citation in claim["citations"]))
        for line in claim["lines"]:
            known(c.Outcome, line["outcome"])
            known(c.VictimCategory, line["category"])
            known(c.Demographic, line["demographic"])
            known(c.Directness, line["directness"])
            known(c.Qualifier, line["qualifier"])
        assert claim["credibility"] in c.Credibility.LABELS, claim["key"]


def test_the_value_fits_the_aspect():
    columns = {
        "value_actor": "actor",
        "value_location": "location",
        "value_date": "date",
        "value_code": "code",
        "lines": "lines",
    }
    for claim in all_claims():
        needed = c.VALUE_COLUMN[c.Aspect(claim["aspect"])]
        filled = {name for name, column in columns.items() if claim[column]}
        assert filled == ({needed} if needed in columns else set()), claim["key"]
        if needed == "value_text":
            assert claim["text"], claim["key"]
        if claim["aspect"] == c.Aspect.KIND:
            assert claim["code"] in c.Kind.codes()
        if claim["aspect"] == c.Aspect.TARGET_NATURE:
            assert claim["code"] in c.TargetNature.codes(), claim["key"]
        parts = c.PARTS_OF.get(c.Aspect(claim["aspect"]))
        assert claim["part"] in parts if parts else claim["part"] == "", claim["key"]
        assert claim["claimant"] or claim["claimant_text"], claim["key"]


def test_claims_about_relations_and_links_stay_there():
    assert {claim["aspect"] for row in read("relations") for claim in row["claims"]} == {"relation"}
    assert {claim["aspect"] for row in read("links") for claim in row["claims"]} == {"link"}
    assert not {"relation", "link"} & {claim["aspect"] for row in incidents().values() for claim in row["claims"]}
    for row in read("relations"):
        assert row["basis"] == "established" or row["claims"], row["key"]
    for link in read("links"):
        assert link["type"] in c.EDITORIAL_LINKS or link["claims"], link


def test_mutual_relations_name_the_actor_that_comes_first():
    order = list(actors())
    for row in read("relations"):
        if row["type"] in c.SYMMETRIC_RELATIONS:
            assert order.index(row["subject"]) < order.index(row["object"]), row["key"]


def test_dates_are_valid():
    given = [document["published"] for document in read("documents")]
    given += [incident["date"] for incident in incidents().values()]
    given += [actor[name] for actor in actors().values() for name in ("founded", "dissolved")]
    for claim in all_claims():
        given += [claim["date"], claim["asserted"]]
    for value in given:
        assert dates.problems(vague_date(value)) == [], value


def test_only_a_series_has_no_date_and_every_incident_has_a_place_and_a_citation():
    for incident in incidents().values():
        assert incident["date"]["start"] or incident["category"] == "series", incident["key"]
        assert incident["location"], incident["key"]
        assert any(claim["citations"] for claim in incident["claims"]), incident["key"]
        assert any(claim["verdict"] == "accepted" for claim in incident["claims"]), incident["key"]


def test_toll_lines_follow_their_wording():
    vague = {"some": 2, "several": 3, "tens": 20, "dozens": 24, "hundreds": 200}
    for claim in all_claims():
        for number, line in enumerate(claim["lines"]):
            low, best, high = (line[name] for name in ("low", "best", "high"))
            stated = [figure for figure in (low, best, high) if figure is not None]
            assert stated == sorted(stated) and all(figure >= 0 for figure in stated), claim["key"]
            expected = {
                "exact": low == best == high is not None,
                "none": (low, best, high) == (0, 0, 0),
                "unknown": not stated,
                "at_least": low is not None and (best, high) == (None, None),
                "at_most": low == 0 and best is None and high is not None,
                "about": low is None and best == high is not None,
                "range": best is None and None not in (low, high),
            }
            if line["qualifier"] in vague:
                assert (low, best, high) == (vague[line["qualifier"]], None, None), claim["key"]
            else:
                assert expected[line["qualifier"]], claim["key"]
            if line["subset_of"] is not None:
                whole = claim["lines"][line["subset_of"]]
                assert line["subset_of"] < number and whole["outcome"] == line["outcome"], claim["key"]
                assert whole["high"] is None or (high or low) <= whole["high"], claim["key"]


def test_an_accepted_claim_rests_on_an_excerpt():
    for claim in all_claims():
        if claim["verdict"] == "accepted":
            assert any(citation["excerpt"].strip() for citation in claim["citations"]), claim["key"]
        else:
            assert claim["rationale"], claim["key"]
        if claim["credibility"] == c.Credibility.IMPROBABLE:
            assert claim["rationale"], claim["key"]


def test_excerpts_are_short():
    for claim in all_claims():
        for citation in claim["citations"]:
            assert len(citation["excerpt"].split()) <= 25, citation
            assert len(citation["excerpt"]) <= 500 and len(citation["locator"]) <= 60, citation


def test_no_claimant_contradicts_himself():
    relations = tuple(asserted_relations())
    for subject in subjects():
        facts = [claim_fact(claim) for claim in subject["claims"]]
        for claim in facts:
            if claim.verdict == "accepted" and claim in eligibility.live(facts):
                assert not eligibility.conflicts(claim, facts, relations), claim.key


def test_our_own_words_are_neutral():
    ours = [row[name] for row in incidents().values() for name in ("title", "summary", "note")]
    ours += [document["title"] for document in read("documents")]
    ours += [actor[name] for actor in actors().values() for name in ("name", "description", "naming_note")]
    ours += [place[name] for place in places().values() for name in ("name", "note", "disputed_note")]
    ours += [claim[name] for claim in all_claims() for name in ("text", "rationale", "claimant_text")]
    for words in ours:
        assert not LOADED.search(words), words


def test_texts_fit_their_columns():
    for incident in incidents().values():
        assert 0 < len(incident["title"]) <= 200
        assert len(incident["tags"]) <= 20 and all(len(tag) <= 40 for tag in incident["tags"])
        assert len(incident["key"]) <= 55
    assert all(len(place[name]) <= 500 for place in places().values() for name in ("note", "disputed_note"))
    assert all(len(row["note"]) <= 500 for row in read("relations"))
    assert all(len(claim["claimant_text"]) <= 200 and len(claim["text"]) <= 1000 for claim in all_claims())


# --- places ------------------------------------------------------------------------------------------------------


def test_places_lie_in_coarser_places():
    for place in places().values():
        if place["parent"]:
            above = places()[place["parent"]]
            assert c.LEVEL_RANK[above["level"]] < c.LEVEL_RANK[place["level"]], place["slug"]


def test_coordinates_are_whole_and_say_what_they_show():
    cities = read("geonames_cities500_AF_PK", GAZETTEER)
    for place in places().values():
        pair = (place["latitude"], place["longitude"])
        assert (pair == (None, None)) == (place["coordinate_basis"] == "none"), place["slug"]
        assert None not in pair or pair == (None, None), place["slug"]
        assert (place["uncertainty_km"] is None) == (pair == (None, None)), place["slug"]
        if place["geonames_id"]:
            city = cities[str(place["geonames_id"])]
            assert (city["latitude"], city["longitude"]) == pair, place["slug"]


def test_places_whose_coordinates_nobody_knows_have_none():
    for slug in ("khaddi-market", "laman", "afghan-dubai"):
        assert places()[slug]["latitude"] is None


def test_the_border_is_named_neutrally():
    border = places()["afghanistan-pakistan-border"]
    assert border["name"] == "Afghanistan–Pakistan border (Durand Line)"
    assert border["disputed_note"].startswith("Not recognised as an international border by Afghan governments")


def test_all_provinces_are_there_and_every_city_finds_its_own():
    provinces = [place for place in places().values() if place["level"] == "province"]
    assert Counter(place["parent"] for place in provinces if place["parent"] != "iran") == {
        "afghanistan": 34,
        "pakistan": 7,
    }
    admin1 = read("admin1", GAZETTEER)
    for city in read("geonames_cities500_AF_PK", GAZETTEER).values():
        province = places()[admin1[city["countrycode"]][city["admin1code"]]]
        assert places()[province["parent"]]["iso"] == city["countrycode"]


# --- the worked examples -----------------------------------------------------------------------------------------


def test_mir_ali_counts_thirteen_killed_and_names_those_who_claimed_it():
    headline = derive(facts_of(MIR_ALI))
    killed, injured = headline.tolls["killed"], headline.tolls["injured"]
    assert triple(killed.total) == (13, 13, 13)
    assert triple(killed.by_category["security_forces"]) == (7, 7, 7)
    assert triple(killed.by_category["militant"]) == (6, 6, 6)
    assert triple(killed.excluding_perpetrators) == (7, 7, 7)
    assert triple(injured.total) == (17, 17, 17)
    assert headline.attributed.actor == "jaish-e-fursan-e-muhammad"
    assert headline.attributed.status == "self_claimed"
    assert "casualties" not in headline.contest.codes and "perpetrator" not in headline.contest.codes
    assert headline.escalation == 3


def test_the_series_claim_about_ttp_does_not_reach_mir_ali():
    headline = derive(facts_of(MIR_ALI))
    assert "ttp" not in {candidate.actor for candidate in headline.attributed.candidates}
    assert "ttp" not in {row[0] for row in (*headline.participants, *headline.targets)}
    series = attribution.attribute(facts_of("series-attacks-on-pakistani-forces"))
    assert "ttp" in series.leading
    assert {"from": MIR_ALI, "type": "instance_of"}.items() <= next(
        link for link in read("links") if link["to"] == "series-attacks-on-pakistani-forces"
    ).items()


def test_the_strikes_of_18_march_show_the_parties_side_by_side():
    facts = facts_of(STRIKES)
    headline = derive(facts)
    killed = headline.tolls["killed"]
    assert triple(killed.total) == (8, 8, 8)
    assert triple(killed.by_category["civilian"]) == (8, 8, 8)
    assert headline.contest.codes == ("target_nature",)
    assert headline.harm_grade == "fair"
    assert headline.escalation == 8
    assert headline.cross_border.is_cross_border and headline.cross_border.state_across == "yes"
    assert occurrence_of(headline) == "acknowledged"
    sides = {actors()[claim["claimant"]]["side"] for claim in incidents()[STRIKES]["claims"] if claim["claimant"]}
    assert {"pakistan", "afghanistan_de_facto", "third"} <= sides
    assert "united-states" in {claim["claimant"] for claim in incidents()[STRIKES]["claims"]}


@pytest.mark.parametrize(("leaf", "killed"), [(BARMAL, 6), (SPERA, 2)])
def test_the_places_of_the_operation_have_their_own_toll(leaf, killed):
    headline = derive(facts_of(leaf))
    assert triple(headline.tolls["killed"].total) == (killed, killed, killed)
    assert headline.escalation == 7
    assert headline.attributed.actor == "pakistan-security-forces"


def test_the_leaves_of_the_operation_make_up_the_parent_and_are_linked_to_it():
    parts = {link["from"] for link in read("links") if (link["type"], link["to"]) == ("part_of", STRIKES)}
    assert parts == {BARMAL, SPERA}
    tolls = [derive(facts_of(key)).tolls["killed"].total.best for key in (BARMAL, SPERA)]
    assert sum(tolls) == derive(facts_of(STRIKES)).tolls["killed"].total.best == 8


def test_iran_s_later_number_replaces_the_earlier_one():
    killed = derive(facts_of("pakistan-strike-saravan-2024-01-18")).tolls["killed"]
    assert triple(killed.total) == (9, 9, 9)


def test_rival_tolls_of_october_2025_are_never_added_across_claimants():
    headline = derive(facts_of("clashes-2025-10-11"))
    total = headline.tolls["killed"].total
    assert triple(total) == (67, None, 223) and total.open_upper
    assert "casualties" in headline.contest.codes


def occurrence_of(headline):
    return getattr(headline.occurrence, "status", headline.occurrence)


# --- the reader's traps ------------------------------------------------------------------------------------------


def test_monday_and_weekend_both_stand_as_date_claims():
    monday, weekend = claim_of(STRIKES, "pakistan-date"), claim_of(STRIKES, "author-weekend")
    assert (monday["date"]["start"], monday["date"]["end"]) == ("2024-03-18", "2024-03-18")
    assert (weekend["date"]["start"], weekend["date"]["end"]) == ("2024-03-16", "2024-03-17")
    assert monday["verdict"] == weekend["verdict"] == "accepted"
    assert weekend["credibility"] == c.Credibility.IMPROBABLE and weekend["rationale"]


def test_the_strikes_began_on_sunday_in_utc_and_on_monday_in_kabul():
    when = vague_date(incidents()[STRIKES]["date"])
    assert when.start == date(2024, 3, 18)
    assert dates.utc(when).isoformat() == "2024-03-17T22:30:00+00:00"


def test_women_and_children_are_among_the_eight():
    lines = claim_of(STRIKES, "mujahid-toll")["lines"]
    assert [(line["demographic"], line["best"], line["subset_of"]) for line in lines] == [
        ("any", 8, None),
        ("women", 5, 0),
        ("children", 3, 0),
    ]


def test_the_misread_six_is_kept_and_counts_for_nothing():
    misread = claim_of(STRIKES, "mujahid-toll-misread")
    assert misread["verdict"] == "rejected" and "six" in misread["rationale"]


def test_afghanistan_confirmed_means_the_taliban():
    claim = claim_of(STRIKES, "taliban-occurrence")
    assert claim["claimant"] == "taliban" and "Afghanistan confirmed" in claim["citations"][0]["excerpt"]
    assert "islamic-republic-of-afghanistan" not in {row["claimant"] for row in all_claims()}


@pytest.mark.parametrize("name", ["Taliban", "Taliban fighters", "Taliban militants", "طالبان"])
def test_taliban_alone_names_two_actors(name):
    named = {slug for slug, row in actors().items() if name in {alias["text"] for alias in row["aliases"]}}
    assert named == {"taliban", "ttp"}


def test_the_answer_is_retaliation_by_the_talibans_own_word():
    link = next(link for link in read("links") if link["type"] == "retaliation_for")
    assert (link["from"], link["to"]) == (ANSWER, STRIKES)
    assert {claim["claimant"] for claim in link["claims"]} == {"taliban"}
    assert {"from": STRIKES, "to": MIR_ALI, "type": "follows", "claims": []} in read("links")
    assert triple(derive(facts_of(ANSWER)).tolls["killed"].total) != (8, 8, 8)


def test_forecasts_and_absences_are_not_incidents():
    titles = " ".join(row["title"] for row in incidents().values()).casefold()
    assert not any(word in titles for word in ("calm", "fade", "worst-case", "best-case", "economic", "no truce"))
    assert "forecast" not in {claim["speech_act"] for claim in all_claims()}
    absent = ("relatively calm", "worst-case", "best-case", "won’t fade away", "must wage its battle alone")
    excerpts = [citation["excerpt"] for claim in all_claims() for citation in claim["citations"]]
    assert not [excerpt for excerpt in excerpts for words in absent if words in excerpt]


def test_inferences_of_the_author_are_kept_and_head_nothing():
    munir = claim_of(STRIKES, "author-munir")
    assert munir["speech_act"] == "inference" and munir["actor"] == "asim-munir"
    assert "asim-munir" not in {row[0] for row in derive(facts_of(STRIKES)).participants}


def test_thousands_of_refugees_is_no_number():
    for claim in incidents()["expulsions-2023"]["claims"]:
        assert claim["lines"] == []


def test_the_hosting_claim_stands_beside_its_denial():
    relation = next(row for row in read("relations") if row["type"] == "hosts" and row["subject"] == "taliban")
    assert {(claim["claimant"], claim["stance"]) for claim in relation["claims"]} == {
        ("pakistan", "asserts"),
        ("ispr", "asserts"),
        ("taliban", "denies"),
    }


def test_no_accepted_relation_makes_mir_ali_ttp_s():
    chain = {(row.subject, row.type, row.object) for row in asserted_relations()}
    assert ("jaish-e-fursan-e-muhammad", "faction_of", "hafiz-gul-bahadur-group") in chain
    assert not [row for row in chain if row[1] == "faction_of" and row[2] == "ttp"]


def test_the_timeline_shows_january_to_march_2024():
    months = {row["date"]["start"][:7] for row in incidents().values() if row["date"]["start"]}
    assert {"2024-01", "2024-02", "2024-03"} <= months


def test_who_fired_first_on_18_march_is_contested():
    assert "perpetrator" in contest.contested(facts_of(ANSWER)).codes


def test_every_incident_can_be_concluded():
    for key in incidents():
        headline = derive(facts_of(key))
        assert set(headline.contest.codes) <= set(c.Aspect.codes()), key
