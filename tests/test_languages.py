"""The languages of the pages: chosen by the reader, offered when their catalogues are, never in the API."""

import pytest
from django import forms
from django.conf import settings as configured
from django.template import Context, Template
from django.utils import translation

from events.desk.forms.manners import DeskForm
from events.management.commands.makemessages import every_name, every_word
from events.templatetags import ledger
from tests import builders

pytestmark = pytest.mark.django_db
ALL = [("en", "English"), ("ur", "Urdu"), ("ps", "Pashto")]


def text(response):
    return response.content.decode()


def test_one_language_needs_no_choice(client):
    page = text(client.get("/"))

    assert '<html lang="en" dir="ltr"' in page
    assert 'name="language"' not in page


@pytest.mark.parametrize("code", ["ur", "ps"])
def test_a_chosen_language_turns_the_page_around(client, settings, code):
    settings.LANGUAGES = ALL

    response = client.post("/language/", {"language": code, "next": "/about/"})
    page = client.get(response.url)

    assert response.url == "/about/"
    assert f'<html lang="{code}" dir="rtl"' in text(page)
    assert {"ur": "نقشہ", "ps": "نقشه"}[code] in text(page)  # “Map”: the catalogues are compiled
    assert page["Content-Language"] == code
    assert "Cookie" in page["Vary"]
    assert 'aria-pressed="true">' + translation.get_language_info(code)["name_local"] in text(page)


def test_a_language_that_is_not_offered_is_refused_and_its_cookie_ignored(client, settings):
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = "ur"

    page = text(client.get("/"))
    refused = client.post("/language/", {"language": "ur"})

    assert '<html lang="en" dir="ltr"' in page
    assert refused.status_code == 400
    assert "language: choose one of en." in text(refused)


def test_the_api_speaks_english_whatever_was_chosen(client, settings):
    settings.LANGUAGES = ALL
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = "ur"

    answer = client.get("/api/v1/incidents/?killed=perhaps")

    assert answer.status_code == 400
    assert "Content-Language" not in answer.headers
    assert "perhaps" in answer.content.decode()


def test_words_of_the_lists_are_all_gathered():
    words = every_word()

    assert len(words) == len(set(words)) > 300
    assert {"Air strike", "Acknowledged"} <= set(words)


def test_names_of_columns_are_gathered_once_with_vague_dates_whole():
    names = every_name()

    assert len(names) == len(set(names))
    assert {"claimant text", "value date", "merged into"} <= set(names)
    assert "value date start" not in names


def test_a_document_is_made_in_english_whatever_the_editor_reads_in(client):
    with translation.override("ur"):
        incident = builders.published()

    document = client.get(f"/api/v1/incidents/{incident.uid}/").json()

    assert document["date"]["shown"] == "18 March 2024"
    assert document["claims"][0]["aspect"] == "occurrence"


def test_labels_and_choices_are_said_in_the_language_of_the_page(monkeypatch):
    class Question(DeskForm):
        answer = forms.ChoiceField(choices=[("", "Not said"), ("Pakistan", [("a", "Air strike")])])

    known = {"Air strike": "فضائی حملہ", "Pakistan": "پاکستان", "not reported": "اطلاع نہیں"}
    for module in ("events.templatetags.ledger", "events.desk.forms.manners", "events.rules.wording"):
        monkeypatch.setattr(f"{module}.gettext", lambda words: known.get(words, words))

    assert ledger.label("air_strike", "kind") == "فضائی حملہ"
    assert ledger.label("", "kind") == ""
    assert ledger.translated(None) is None
    assert ledger.toll_of(dict.fromkeys(("killed_low", "killed_best", "killed_high", "killed_open")), "killed") == (
        "اطلاع نہیں"
    )
    assert Question().fields["answer"].choices == [("", "Not said"), ("پاکستان", [("a", "فضائی حملہ")])]


def test_a_language_of_a_document_is_named_in_the_language_of_the_page():
    with translation.override("de"):
        assert ledger.language_name("ur") == "Urdu"
        assert ledger.language_name("fa") == "Persisch"
    assert [ledger.language_name(code) for code in ("fa", "prs", "xx")] == ["Persian", "Dari", "xx"]


def test_a_list_inside_a_sentence_is_escaped_once():
    source = (
        "{% load i18n ledger %}{% rendered as names %}<b>{{ name }}</b>{% endrendered %}"
        "{% blocktranslate trimmed %}Runs {{ names }}.{% endblocktranslate %}"
    )

    assert Template(source).render(Context({"name": "A & B"})) == "Runs <b>A &amp; B</b>."


def test_what_nobody_reports_is_left_out_of_the_toll_in_every_language(client, settings):
    settings.LANGUAGES = ALL
    claims = [builders.claim("casualties", lines=[builders.toll(None, low=7, qualifier="at_least")])]
    incident = builders.published(claims=claims)

    english = text(client.get(f"/incidents/{incident.shown_uid}/"))
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = "ur"
    urdu = text(client.get(f"/incidents/{incident.shown_uid}/"))

    assert english.count('class="toll"') == urdu.count('class="toll"') == 1
    assert "رپورٹ نہیں ہوا" not in urdu
