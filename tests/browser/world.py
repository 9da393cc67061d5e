"""A small made-up record with everything that the pages have to show."""

from datetime import date

from events.desk import incidents, registers
from events.press import editions
from tests import builders


def make():
    """A contested operation of two sites with Urdu words, an answer to it, an older attack; returns them by name."""
    analyst, editor = builders.person("analyst"), builders.person("editor")
    places = builders.places()
    far = builders.location(
        "Fartown", parent=places["province"], latitude=33.6, longitude=70.4, coordinate_basis="settlement"
    )
    army = builders.actor("Testland army", short_name="Army")
    front = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    faction = builders.actor("Test Front Faction", kind="faction", side="non_state", home_country="")
    relation = registers.relate(faction, "faction_of", front, by=editor, basis="established")
    past = {"valid_from": date(2001, 1, 1), "valid_until": date(2021, 12, 31)}
    editions.publish_relation(
        registers.relate(army, "hosts", front, by=editor, basis="established", **past), by=editor, reason="new_incident"
    )
    registers.add_actor_alias(army, by=editor, text="فوج", language="ur", kind="transliteration")
    registers.add_actor_alias(army, by=editor, text="Military Forces of Testland", kind="external", scheme="acled")
    paper = builders.document("Made-up report with a title that is long enough to wrap on a telephone", language="ur")
    urdu = {
        "document": paper,
        "excerpt": "یہ فرضی الفاظ ہیں، آٹھ افراد ہلاک ہوئے",
        "excerpt_language": "ur",
        "translation": "These are made-up words, eight people were killed",
    }
    operation = _submitted(
        analyst,
        places["province"],
        "province",
        title="Made-up strikes in Test Province",
        kind="air_strike",
        summary="A made-up operation against two places, to try the pages with.",
        claims=[
            builders.claim(
                "casualties",
                claimant_text="A test spokesman",
                lines=[builders.toll(8), builders.toll(5, demographic="women", subset_of=0)],
                citations=[urdu],
            ),
            builders.claim(
                "casualties", claimant_text="A rival witness", lines=[builders.toll(40, category="militant")]
            ),
            builders.claim(
                "perpetrator", claimant=army, value_actor=army, part="perpetrator", speech_act="acknowledgement"
            ),
            builders.claim("target_nature", claimant=army, value_code="militant_hideout"),
            builders.claim("target_nature", claimant_text="A test spokesman", value_code="civilian_home"),
        ],
    )
    sites = [
        _submitted(
            analyst,
            place,
            "settlement",
            title=f"Made-up strike at {place}",
            kind="air_strike",
            claims=[builders.claim("casualties", lines=[builders.toll(number)])],
        )
        for place, number in ((places["town"], 6), (far, 2))
    ]
    answer = _submitted(
        analyst,
        places["town"],
        "near_settlement",
        title="Made-up answer " + "with a very long title " * 7,
        kind="shelling",
        claims=[builders.claim("perpetrator", value_actor=faction, claimant=faction, part="perpetrator")],
    )
    for part in sites:
        incidents.link(part, operation, by=editor, type="part_of")
    incidents.link(answer, operation, by=editor, type="follows")
    for incident in (operation, *sites, answer):
        builders.accept_all(incident, editor)
    editions.publish_all([operation, *sites], by=editor, reason="new_incident", note="First edition")
    editions.publish(answer, by=editor, reason="new_incident")
    incidents.edit(
        operation, by=editor, version=_version(operation), fields={"summary": "A made-up operation, told anew."}
    )
    editions.publish(operation, by=editor, reason="correction", note="Clearer words")
    waiting = _waiting(analyst, places["town"], army)
    return {
        "waiting": waiting,
        "operation": operation,
        "answer": answer,
        "army": army,
        "faction": faction,
        "relation": relation,
        "paper": paper,
        "place": places["district"],
        "source": paper.source,
    }


def _waiting(analyst, place, army):
    """An imported incident in the queue: its words in context, a rival, a check, another claim of the claimant."""
    text = "Made-up words to fill the page. " * 30 + "The made-up words themselves, on Friday. " + "And more. " * 90
    paper = builders.document("Made-up report with its text", captured_text=text)
    said = {"document_row": paper, "excerpt": "The made-up words themselves, on Friday."}
    tolls = [builders.claim("casualties", claimant_text=f"Test {n}", lines=[builders.toll(n)], **said) for n in (2, 40)]
    return builders.imported(
        analyst,
        builders.batch(analyst),
        title="Made-up and waiting",
        location=place,
        location_precision="settlement",
        claims=[*tolls, builders.claim("target_nature", claimant=army, value_code="school")],
    )


def _submitted(analyst, place, precision, **fields):
    return builders.submitted(analyst, location=place, location_precision=precision, **fields)


def _version(incident):
    incident.refresh_from_db()
    return incident.version
