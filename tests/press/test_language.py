"""What the press stores is English whatever the editor reads in; what it says to the editor is not."""

import json
from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import translation

from events.choices import IncidentStatus
from events.desk import chains, incidents, lints, registers
from events.models.edition import Edition
from events.press import editions, index, publishing, rehearsal
from events.rules import dates, differences, reasons, wording
from events.rules.codex import RULES
from tests import builders

pytestmark = pytest.mark.django_db
FOREIGN = "xyzzy"  # letters, because the word index keeps nothing else
DAY = dates.VagueDate(date(2024, 3, 17), date(2024, 3, 18), "day_range")


@pytest.fixture
def foreign(monkeypatch):
    """Somebody reads in a language that says “xyzzy” before every message, also before those of Django itself."""

    def said(message):
        return message if translation.get_language() == "en" or not message else f"{FOREIGN} {message}"

    monkeypatch.setattr(translation._trans, "gettext", said)
    monkeypatch.setattr(translation._trans, "ngettext", lambda one, several, n: said(one if n == 1 else several))
    with translation.override("ur"):
        yield


def _stored():
    """Every row of every table of the ledger as text."""
    return [
        f"{model._meta.model_name}: {json.dumps(row, default=str, ensure_ascii=False)}"
        for model in apps.get_app_config("events").get_models()
        for row in model.objects.values(*(field.attname for field in model._meta.concrete_fields))
    ]


def _front():
    return builders.actor("Test Front", kind="armed_group", side="non_state", home_country="", founded=DAY)


def _told(front):
    """Claims of every kind of value that a document or the word index puts into words."""
    vague = builders.toll(None, category="militant", qualifier="unknown")
    lines = [builders.toll(8, qualifier="at_least", high=None), vague]
    return [
        builders.claim("casualties", lines=lines, document_row=builders.document(published=DAY)),
        builders.claim("perpetrator", claimant=front, value_actor=front, part="perpetrator"),
        builders.claim("occurrence", stance="denies", claimant_text="Another witness", asserted=DAY),
        builders.claim("target_nature", value_code="school"),
        builders.claim("date", value_date=DAY),
    ]


def _document(incident):
    return editions.last_document(incident)[1]


def test_whatever_the_press_does_is_stored_in_english(foreign, editor):
    front = _front()
    loser = builders.published(title="Goes", claims=_told(front))
    survivor = builders.published(title="Stays")
    incidents.link(survivor, loser, by=editor, type="follows")
    front.refresh_from_db()

    registers.edit_actor(front, by=editor, version=front.version, name="Front of Test")
    editions.merge(loser, survivor, by=editor, note="The same", fields=["summary"])
    editions.unmerge(loser, by=editor, note="Two after all")
    editions.withdraw(loser, by=editor, reason="correction", note="Made in error")
    editions.restore(loser, by=editor, reason="correction", note="It stands")

    stored = _stored()
    notes = Edition.objects.findings().values_list("note", flat=True)
    assert [row for row in stored if FOREIGN in row.lower()] == []
    assert "“Test Front” is now called “Front of Test” in the register." in notes
    assert any(row.startswith("incidentwords") and "militants killed number not said" in row for row in stored)
    assert any("17–18 March 2024" in row for row in stored if row.startswith("editiondocument"))


def test_the_index_is_made_anew_alike_in_every_language(editor, foreign):
    with translation.override("en"):
        builders.published(claims=_told(_front()))
        before = index.contents()

    index.rebuild()

    assert index.contents() == before


def test_an_act_that_was_looked_at_in_one_language_can_be_done_in_another(foreign, editor):
    incident = builders.submitted(builders.person("analyst"), claims=_told(_front()))
    builders.accept_all(incident, editor)
    seen = editions.fingerprint(incident)

    with translation.override("en"):
        assert editions.publish(incident, by=editor, reason="new_incident", seen=seen).number == 1


def test_a_refusal_is_said_in_the_language_of_the_editor(foreign, editor):
    incident = builders.submitted(builders.person("analyst"))

    with pytest.raises(ValidationError) as refused:
        editions.publish(incident, by=editor, reason="new_incident")
    with pytest.raises(
        ValidationError, match="^.'xyzzy This incident is xyzzy submitted for review, not xyzzy published.'.$"
    ):
        publishing.require_status(incident, IncidentStatus.PUBLISHED)

    assert refused.value.messages[0] == f"{FOREIGN} 1 claim waits for a decision."
    assert str(rehearsal.LookAgain()).startswith(FOREIGN)


def test_a_document_is_told_in_the_language_of_the_reader(foreign, editor):
    front = _front()
    incident, other = builders.published(claims=_told(front)), builders.published(title="Other")
    document = _document(incident)
    incidents.link(incident, other, by=editor, type="follows")
    toll, named, denied, struck, day = document["claims"]
    say = lambda claim: wording.said(claim, document["actors"])  # noqa: E731

    assert toll["lines"][0]["shown"] == "at least 8"
    assert f"{FOREIGN} at least 8" in say(toll) and f"{FOREIGN} number not said" in say(toll)
    assert say(denied) == f"{FOREIGN} {FOREIGN} denies: {FOREIGN} that it happened"
    assert (say(named), say(struck)) == ("Test Front", f"{FOREIGN} School")
    assert say(day) == f"{FOREIGN} 17–18 {FOREIGN} March 2024"
    assert chains.of(incident, editor)[0].sentence == f"{FOREIGN} This is later than “Other”"
    every = [*reasons.of(document), *differences.between(None, document)]
    assert all(one.label.startswith(FOREIGN) for one in every)
    assert all(lint.sentence.startswith(FOREIGN) for lint in lints.of(incident))
    assert RULES[0].name == f"{FOREIGN} Which claims count"


def test_words_that_a_document_has_otherwise_than_we_say_them_stay_as_they_are(foreign):
    line = {"qualifier": "at_least", "low": 8, "best": None, "high": None, "shown": "8 or more"}
    day = {"start": "2024-03-18", "end": "2024-03-18", "precision": "day", "shown": "the 18th"}

    assert wording.number(line) == "8 or more"
    assert dates.described(day) == "the 18th"
