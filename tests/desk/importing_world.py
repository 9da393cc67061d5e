"""What tests of imports share: registers that know the made-up rows of tests/exchange/files.py, and one way in."""

from events.desk import importing, registers
from events.desk.importing import jobs
from tests import builders
from tests.exchange import files


def known():
    """The parties and the places of the made-up UCDP row."""
    by = builders.keeper()
    army = builders.actor("Government of Pakistan", kind="state")
    group = builders.actor("TTP", kind="armed_group", side="non_state")
    country = builders.location("Pakistan", level="country", iso="PK")
    province = builders.location("Khyber Pakhtunkhwa", level="province", parent=country)
    district = builders.location("North Waziristan", level="district", parent=province)
    town = registers.add_location(
        by=by,
        name="Mir Ali",
        level="settlement",
        parent=district,
        latitude=32.98,
        longitude=70.15,
        coordinate_basis="settlement",
    )
    return {"army": army, "group": group, "district": district, "town": town}


def planned(folder, by, *changes, format="ucdp", name="file.csv", **options):
    """The plan of a made-up file with one row for each dict of changes."""
    text = {"ucdp": files.ucdp, "acled": files.acled}[format](*changes)
    return of_file(files.put(folder, text, name), by, format=format, **options)


def of_file(path, by, **options):
    batch = importing.plan(path, by=by, **{"format": "ucdp"} | options)
    assert jobs.run_now(batch)
    return batch


def committed(batch, by):
    batch = importing.commit(batch, by=by)
    assert jobs.run_now(batch)
    return batch


def undone(batch, by):
    batch = importing.undo(batch, by=by)
    assert jobs.run_now(batch)
    return batch
