"""ACLED's addresses described: the OpenAPI document, the page and the text say what the addresses do."""

from pathlib import Path

import jsonschema
import pytest

from events.exchange import acled_query, acled_words
from events.exchange.acled_meanings import MEANINGS
from tests import builders
from tests.api.compat.clients import BASE, answer

TEXT = Path(__file__).resolve().parents[3] / "docs" / "coming-from-acled.md"


@pytest.fixture
def description(client):
    return client.get("/api/schema/").json()


def _reading(description):
    return {
        path: item["get"] for path, item in description["paths"].items() if path.startswith(BASE) and "/read" in path
    }


def test_both_generations_document_exactly_the_parameters_they_take(description):
    found = _reading(description)

    assert len(found) == 2
    for operation in found.values():
        asked = [item["name"] for item in operation["parameters"] if item["in"] == "query"]
        assert sorted(asked) == sorted(acled_query.parameters(acled_query.EVENTS))
        assert operation["tags"] == ["Compatible with ACLED"]


@pytest.mark.django_db
def test_answers_are_as_described(client, description):
    builders.published()
    by_age = {"/api/" in path.removeprefix(BASE): operation for path, operation in _reading(description).items()}

    for is_current, operation in by_age.items():
        address = f"{BASE}/{'api/' if is_current else ''}acled/read"
        for query, status in (("", "200"), ("?wrong=1", "400")):
            content = operation["responses"][status]["content"]["application/json"]
            schema = content["schema"] | {"components": description["components"]}
            jsonschema.validate(answer(client.get(address + query)), schema)
            for example in content.get("examples", {}).values():
                jsonschema.validate(example["value"], schema)


@pytest.mark.django_db
def test_the_page_and_the_text_name_every_column_setting_and_reason(client):
    page = client.get("/api/docs/acled/").content.decode()
    text = TEXT.read_text(encoding="utf-8")

    assert tuple(MEANINGS) == acled_words.COLUMNS
    for name in (*acled_words.COLUMNS, *acled_words.SKIPPED, "inter_num", "population", *acled_query.TABLES):
        assert f"<code>{name}</code>" in page, name
    for reason in (*acled_words.SKIPPED, *acled_query.TABLES):
        assert f"`{reason}`" in text, reason
    assert "style=" not in page
