"""Made-up files in the layouts of other data sets: no event in them happened."""

import csv
import io

from events.exchange import reading_acled, reading_ucdp

UCDP = {
    "id": "900001",
    "relid": "PAK-2026-1-1-1",
    "year": "2026",
    "active_year": "True",
    "code_status": "Clear",
    "type_of_violence": "1",
    "side_a_new_id": "142",
    "side_a": "Government of Pakistan",
    "side_b_new_id": "303",
    "side_b": "TTP",
    "number_of_sources": "2",
    "source_article": '"Made-up Wire,2026-01-08,A made-up report";"Made-up Daily,2026-01-09,Another, with a comma"',
    "source_office": "Made-up Wire;Made-up Daily",
    "where_prec": "2",
    "where_coordinates": "Mir Ali town",
    "where_description": "made up: near the town of Mir Ali",
    "adm_1": "Khyber Pakhtunkhwa province",
    "adm_2": "North Waziristan district",
    "latitude": "32.98",
    "longitude": "70.15",
    "country": "Pakistan",
    "country_id": "770",
    "region": "Asia",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2026-01-07 00:00:00.000",
    "date_end": "2026-01-07 00:00:00.000",
    "deaths_a": "2",
    "deaths_b": "3",
    "deaths_civilians": "0",
    "deaths_unknown": "0",
    "best": "5",
    "high": "7",
    "low": "5",
}
ACLED = {
    "event_id_cnty": "PAK900001",
    "event_date": "2026-01-07",
    "year": "2026",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Pakistan (2022-)",
    "inter1": "1",
    "actor2": "TTP: Tehreek-i-Taliban Pakistan",
    "inter2": "2",
    "iso": "586",
    "region": "South Asia",
    "country": "Pakistan",
    "admin1": "Khyber Pakhtunkhwa",
    "admin2": "North Waziristan",
    "location": "Mir Ali",
    "latitude": "32.9800",
    "longitude": "70.1500",
    "geo_precision": "1",
    "source": "Made-up Wire; Made-up Daily",
    "source_scale": "National",
    "notes": "Made up: on 7 January 2026, forces clashed with fighters in Mir Ali.",
    "fatalities": "5",
    "timestamp": "1767800000",
}


def ucdp(*changes, columns=reading_ucdp.COLUMNS, heading=True, delimiter=","):
    """CSV text of one row for each dict of changes."""
    return _text([UCDP | change for change in changes or ({},)], columns, heading, delimiter)


def acled(*changes, columns=reading_acled.COLUMNS, heading=True, delimiter=","):
    return _text([ACLED | change for change in changes or ({},)], columns, heading, delimiter)


def _text(rows, columns, heading, delimiter):
    made = io.StringIO()
    writer = csv.writer(made, delimiter=delimiter)
    if heading:
        writer.writerow(columns)
    writer.writerows([[row.get(column, "") for column in columns] for row in rows])
    return made.getvalue()


def put(folder, text, name="file.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def geonames_place(**changes):
    """One line of a GeoNames country dump; `feature` is class and code joined by a point."""
    cells = {
        "geonameid": "1", "name": "Testkot", "asciiname": "", "alternatenames": "", "latitude": "33.1", "longitude": "70.2",
        "feature": "P.PPL", "country": "XX", "cc2": "", "admin1": "03", "admin2": "", "admin3": "", "admin4": "",
        "population": "0", "elevation": "", "dem": "300", "timezone": "Asia/Karachi", "date": "2020-01-01",
    }  # fmt: skip
    made = cells | changes
    made["feature"] = made["feature"].replace(".", "\t")
    return "\t".join(made.values()) + "\n"
