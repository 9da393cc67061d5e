"""The columns of CSV files described for machines as the W3C has it."""

import csv
import re
from io import StringIO

import pytest

from events.record import columns
from tests.record import rows

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<([^>]+)>; rel="describedby"; type="application/csvm\+json"')


@pytest.mark.parametrize(
    "address", ["/incidents.csv", "/incidents.csv?kind=shelling", "/api/v1/incidents.csv?order=oldest"]
)
def test_a_csv_file_leads_to_what_describes_it_and_back(client, address):
    rows.incident()
    response = client.get(address)

    described = client.get(LINK.search(response["Link"])[1])

    assert described["Content-Type"] == "application/csvm+json"
    assert described.json()["url"] == f"http://testserver{address}"
    names = next(csv.reader(StringIO(b"".join(response.streaming_content).decode())))
    assert [column["titles"] for column in described.json()["tableSchema"]["columns"]] == names


def test_the_header_of_a_negotiated_csv_leads_there_too(client):
    response = client.get("/api/v1/incidents/?kind=shelling", headers={"Accept": "text/csv"})
    b"".join(response.streaming_content)

    described = client.get(LINK.search(response["Link"])[1]).json()

    assert described["url"] == response["Content-Location"]


def test_every_cell_is_as_its_description_says(client):
    front = rows.actor("Made-up Front")
    rows.incident(day=None)
    rows.incident(
        parts=[(front, "target")], killed_low=0, latitude=33.5, longitude=-70.0, uncertainty_km=1.5,
        location_precision="site", utc="2024-03-17T22:30Z", escalation=6, contested_aspects="|date|casualties|",
    )  # fmt: skip
    table = client.get("/incidents.csv-metadata.json").json()
    described = {column["name"]: column for column in table["tableSchema"]["columns"]}
    text = b"".join(client.get("/incidents.csv").streaming_content).decode()

    assert table["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    assert table["tableSchema"]["primaryKey"] == "uid"
    assert list(described) == [column.name for column in columns.COLUMNS]
    for row in csv.DictReader(StringIO(text)):
        for name, cell in row.items():
            for one in cell.split(described[name]["separator"]) if "separator" in described[name] else [cell]:
                assert one == "" or fits(one, described[name]["datatype"]), (name, one)


def fits(cell, datatype):
    base, form = datatype["base"], datatype.get("format", "")
    if base == "string":
        return re.fullmatch(form, cell) if form else True
    if base == "boolean":
        return cell in form.split("|")
    if base in ("date", "dateTime"):
        pattern = re.sub("[yMdHms]", r"\\d", form).replace("X", "Z")
        return re.fullmatch(pattern, cell)
    if base == "anyURI":
        return cell.startswith("http")
    return float(cell) >= datatype.get("minimum", float("-inf"))


def test_a_wrong_question_is_refused_there_as_well(client):
    assert client.get("/incidents.csv-metadata.json?kind=bombing").status_code == 400
    assert client.get("/api/v1/incidents.csv-metadata.json?kind=bombing").status_code == 400
    assert client.get("/incidents.csv-metadata.json?order=oldest").status_code == 400
