"""The programs of the quick start run as they are shown, and come to the same."""

import csv
import importlib.util
import os
import shutil
import subprocess
import sys
from datetime import date

import pytest

from events.api import starting
from events.rules.dates import VagueDate
from tests import builders

COMMANDS = {"python": [sys.executable], "r": ["Rscript"], "curl": ["sh", "-eu"]}
TOLLS = {"security_forces": 7, "militant": 6}
MARCH = VagueDate(date(2024, 3, 16), date(2024, 3, 16), "day")


def is_here(name):
    if name == "python":
        return all(importlib.util.find_spec(library) for library in ("pandas", "requests"))
    return all(shutil.which(command) for command in {"r": ["Rscript"], "curl": ["sh", "curl", "jq"]}[name])


@pytest.fixture
def answers(live_server, emptied_afterwards, tmp_path):
    """Call with the name of a language: what its program prints, run beside nothing but the address of the site."""
    told = builders.claim("casualties", lines=[builders.toll(n, category=who) for who, n in TOLLS.items()])
    builders.published(date=MARCH, title="Test attack in March", claims=[told])
    builders.published(date=VagueDate(date(2024, 4, 1), date(2024, 4, 1), "day"), title="Test attack in April")

    def run(name):
        (program,) = (one for one in starting.programs(live_server.url) if one.name == name)
        path = tmp_path / f"start.{name}"
        path.write_text(program.text)
        plain = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
        done = subprocess.run(  # noqa: S603
            [*COMMANDS[name], path], cwd=tmp_path, env=plain, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.mark.parametrize("name", ["python", "r", "curl"])
def test_a_program_reads_the_table_and_the_claims(answers, name, tmp_path):
    if not is_here(name):
        pytest.skip(f"{name} or its libraries are not on this machine")
    said = answers(name)
    figures = [
        line for line in said.splitlines() if "killed" in line and ("security_forces" in line or "militant" in line)
    ]
    assert len(figures) == 2, said
    assert any("security_forces" in line and "7" in line for line in figures)
    if name == "curl":
        with (tmp_path / "incidents.csv").open(newline="") as file:
            assert [row["title"] for row in csv.DictReader(file)] == ["Test attack in March"]
    else:
        assert "16 March 2024" in said
        assert "1 April 2024" not in said


@pytest.mark.django_db
def test_the_page_shows_the_programs_with_the_address_of_the_site(client):
    page = client.get("/api/docs/start/").content.decode()
    assert page.count("http://testserver/api/v1/incidents/") == 0  # each builds it from the address of the site
    assert page.count("http://testserver&quot;") == 3
    assert "{{" not in page
