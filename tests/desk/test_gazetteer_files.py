"""Lists of places: what is new is added with its traces, what is known gets only what it lacks, twice changes nothing."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from events.desk import areas, gazetteer_files
from events.models.change import Change
from events.models.location import Location, LocationAlias
from tests import builders
from tests.desk.test_areas import SOURCE, square
from tests.exchange.files import geonames_place, put

pytestmark = pytest.mark.django_db
HEADING = "kind,name,lat,lon,iso,province,pcode,district,dcode,population,alt,source,source_id\n"


@pytest.fixture
def world(db):
    country = builders.location("Testland", level="country", iso="XX")
    upper = builders.location("Upper Test", level="province", parent=country, pcode="XX01")
    lower = builders.location("Lower Test", level="province", parent=country, pcode="XX02")
    return {"country": country, "upper": upper, "lower": lower}


@pytest.fixture
def load(tmp_path, editor):
    def loaded(text, problems=None, **options):
        options = {"by": editor, "keys": {"XX.03": "upper-test"}} | options
        return gazetteer_files.load(put(tmp_path, text), refused=(problems or []).append, **options)

    return loaded


def test_places_are_added_where_the_list_says_with_names_and_traces(world, load, editor):
    done = load(
        HEADING
        + "district,Near,33,70,XX,Upper Test,XX01,Near,XX0101,,نیر,Survey,\n"
        + "place,Kot,33.1,70.1,XX,Upper Test,XX01,Near,XX0101,1200,کوٹ|Kot|Кот|Kwt کوت,GeoNames,55\n"
    )
    assert dict(done.added) == {"district": 1, "settlement": 1}
    kot = Location.objects.get(geonames_id=55)
    assert (kot.district.name, kot.district.pcode, kot.province, kot.country) == (
        "Near", "XX0101", world["upper"], world["country"],
    )  # fmt: skip
    assert (kot.district.district, kot.population, kot.coordinate_basis) == (kot.district, 1200, "settlement")
    assert [alias.text for alias in kot.aliases.all()] == ["کوٹ"]
    (change,) = Change.objects.filter(object_uid=kot.uid)
    assert (change.field, change.after["geonames_id"], change.by) == ("created", 55, editor)


def test_loading_again_changes_nothing(world, load):
    text = (
        HEADING + "district,Near,33,70,XX,,XX01,Near,XX0101,,نیر,Survey,\nplace,Kot,33.1,70.1,XX,,XX01,Near,,,کوٹ,,\n"
    )
    load(text)
    before = Change.objects.count(), Location.objects.count(), LocationAlias.objects.count()
    done = load(text)
    assert (done.known, done.added, done.filled, done.aliases) == (2, {}, {}, 0)
    assert (Change.objects.count(), Location.objects.count(), LocationAlias.objects.count()) == before


def test_a_list_is_loaded_in_pieces_between_which_others_write_and_goes_on_where_it_was_stopped(
    world, load, monkeypatch
):
    monkeypatch.setattr(gazetteer_files, "BATCH", 2)
    text = "".join(geonames_place(geonameid=str(number), name=f"Kot {number * 'a'}") for number in range(1, 13))
    stopped = iter([None])

    def said(_rows):
        if next(stopped, "again") is None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(text, said=said)
    kept = Location.objects.filter(geonames_id__isnull=False).count()
    assert 0 < kept < 12
    done = load(text)
    assert (done.known, sum(done.added.values())) == (kept, 12 - kept)
    assert Change.objects.filter(model="location", field="created", after__has_key="geonames_id").count() == 12


def test_a_known_place_gets_what_it_lacks_and_keeps_what_editors_set(world, load):
    where = {"parent": world["upper"], "latitude": 33.1, "longitude": 70.1, "coordinate_basis": "settlement"}
    kot = builders.location("Kot", population=900, **where)
    done = load(HEADING + "place,KOT,33.12,70.12,XX,,XX01,,,1200,کوٹ|Kotte,GeoNames,55\n")
    assert (dict(done.filled), done.aliases, done.added) == ({"geonames_id": 1}, 1, {})
    kot.refresh_from_db()
    assert (kot.name, kot.population, str(kot.latitude), kot.geonames_id, kot.version) == (
        "Kot",
        900,
        "33.10000",
        55,
        2,
    )
    assert [alias.text for alias in kot.aliases.all()] == ["کوٹ"]
    changes = {change.field: (change.before, change.after) for change in Change.objects.filter(object_uid=kot.uid)[:2]}
    assert changes["geonames_id"] == (None, 55)
    assert changes["aliases"][1]["text"] == "کوٹ"


def test_a_known_place_without_a_point_gets_the_one_of_the_list(world, load):
    kot = builders.location("Kot", parent=world["upper"])
    load(HEADING + "place,Kot,33.12,70.12,XX,,XX01,,,,,,\n")
    kot.refresh_from_db()
    assert (str(kot.latitude), kot.coordinate_basis) == ("33.12000", "settlement")


@pytest.mark.parametrize(
    "row",
    [
        "place,Kot,33.3,70.1,XX,,XX01,,,,,,\n",  # 20 km off
        "place,Kot,33.1,70.1,XX,,XX02,,,,,,\n",  # in another province
        "crossing,Kot,33.1,70.1,XX,,XX01,,,,,,\n",  # of another sort
        "place,Kot,33.1,70.1,XX,,XX01,,,,,GeoNames,56\n",  # with another number
    ],
)
def test_a_place_of_the_same_name_elsewhere_is_another(world, load, row):
    where = {"latitude": 33.1, "longitude": 70.1, "coordinate_basis": "settlement", "geonames_id": 55}
    builders.location("Kot", parent=world["upper"], **where)
    assert sum(load(HEADING + row).added.values()) == 1
    assert len(set(Location.objects.filter(name="Kot").values_list("slug", flat=True))) == 2


def test_two_known_places_that_may_be_meant_are_left_alone(world, load):
    for _ in range(2):
        builders.location("Kot", parent=world["upper"])
    load(HEADING + "place,Kot,33.1,70.1,XX,,XX01,,,,,,\n")
    assert Location.objects.filter(name="Kot").count() == 3


def test_a_merged_place_is_known_and_stays_as_it_is(world, load):
    kept, gone = (builders.location(name, parent=world["upper"]) for name in ("Kept", "Gone"))
    Location.objects.filter(pk=gone.pk).update(merged_into=kept, geonames_id=55)
    done = load(HEADING + "place,Gone,33.1,70.1,XX,,XX01,,,1200,,GeoNames,55\n")
    assert (done.known, done.added, done.filled) == (1, {}, {})


def test_where_the_list_does_not_say_the_outlines_do(world, load, editor):
    areas.load([square("Testland", "country", 70, 30, 4, code="XX")], by=editor, **SOURCE)
    areas.load([square("Upper Test", "province", 70, 30, 2, country_iso="XX")], by=editor, **SOURCE)
    areas.load([square("Near", "district", 70, 30)], by=editor, **SOURCE)
    load(HEADING + "place,Kot,30.5,70.5,XX,,,,,,,,\nplace,Dor,30.5,70.5,XX,,XX02,,,,,,\n")
    kot, dor = Location.objects.get(name="Kot"), Location.objects.get(name="Dor")
    assert (kot.province, kot.district.name) == (world["upper"], "Near")
    assert (dor.province, dor.district) == (world["lower"], None)  # a district of another province does not count


def test_rows_that_lie_nowhere_are_refused_with_a_sentence(world, load):
    problems = [None]
    done = load(
        HEADING + "place,Kot,33,70,YY,,,,,,,,\nplace,Dor,33,70,XX,,,,,,,,\nplace,Mir,95,70,XX,,,,,,,,\n", problems
    )
    assert (done.refused, done.added) == (3, {})
    assert [(problem.line, problem.column) for problem in sorted(problems[1:], key=lambda one: one.line)] == [
        (2, "country"), (3, "province"), (4, "lat"),
    ]  # fmt: skip


def test_a_crossing_is_found_on_either_side(world, load):
    gate = builders.location("Test Gate", level="site", parent=world["lower"])
    done = load("name,xx_province,zz_province,lat,lon\nTest Gate,Upper Test,,33.1,70.1\n")
    assert done.added == {"site": 1}  # only one side is named, and it is another one
    Location.objects.filter(level="site").exclude(pk=gate.pk).delete()
    done = load(HEADING + "crossing,Test Gate,33.1,70.1,XX,,XX01,,,,,,\n")
    assert (done.known, done.added) == (1, {})


def test_a_dump_makes_its_own_divisions_and_names_come_after(world, load):
    text = geonames_place(geonameid="5", admin1="09", admin2="77", population="10")
    text += geonames_place(geonameid="6", name="Dry River", feature="H.STM")
    text += geonames_place(geonameid="7", name="New Test Province", feature="A.ADM1", admin1="09")
    text += geonames_place(geonameid="8", name="Side District", feature="A.ADM2", admin1="09", admin2="77")
    text += geonames_place(geonameid="9", name="Far", admin1="03")
    done = load(text)
    assert dict(done.added) == {"province": 1, "district": 1, "settlement": 2}
    assert dict(done.skipped) == {"H.STM": 1}
    kot = Location.objects.get(geonames_id=5)
    assert (kot.province.name, kot.district.name) == ("New Test", "Side")
    assert Location.objects.get(geonames_id=9).province == world["upper"]
    done = load("1\t5\tur\tکوت\t\t\t\t\n2\t5\twkdt\tQ42\t\t\t\t\n3\t99\tur\tکوت\t\t\t\t\n")
    assert (done.aliases, dict(done.filled)) == (1, {"wikidata": 1})
    kot.refresh_from_db()
    assert (kot.wikidata, [(alias.text, alias.language) for alias in kot.aliases.all()]) == ("Q42", [("کوت", "ur")])


def test_queries_do_not_grow_with_the_rows(world, load, django_assert_max_num_queries):
    rows = "".join(f"place,Kot {n},33,{60 + n / 50},XX,,XX01,,,,کوٹ {n},,\n" for n in range(150))
    with django_assert_max_num_queries(30):
        assert load(HEADING + rows).added == {"settlement": 150}


def test_only_editors_load(world, load, analyst):
    with pytest.raises(PermissionDenied):
        load(HEADING + "place,Kot,33,70,XX,,XX01,,,,,,\n", by=analyst)


def test_the_command_says_what_it_did_and_what_it_refused(world, tmp_path):
    path = put(tmp_path, HEADING + "place,Kot,33,70,XX,,XX01,,,,,,\nplace,Mir,95,70,XX,,XX01,,,,,,\n")
    said, warned = StringIO(), StringIO()
    call_command("load_gazetteer", path, stdout=said, stderr=warned)
    assert "2 rows: 1 places added (1 settlement)" in said.getvalue()
    assert "0 rows were known, 1 refused" in said.getvalue()
    assert "line 3, lat: '95': This is no number of degrees" in warned.getvalue()
    call_command("load_gazetteer", path, stdout=(again := StringIO()), stderr=StringIO())
    assert "Nothing was changed." in again.getvalue()
    with pytest.raises(CommandError, match="line 1"):
        call_command("load_gazetteer", put(tmp_path, "colour\nred\n", "b.csv"), stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("load_gazetteer", tmp_path / "none.csv", stdout=StringIO())


def test_a_division_is_known_by_any_name_of_the_list_unless_codes_tell_two_apart(world, load):
    near = builders.location("Near", level="district", parent=world["upper"])
    row = "district,Nair,33,70,XX,,XX01,Nair,{},,Near|نیر,Survey,\n"
    assert load(HEADING + row.format("XX0101")).added == {}
    near.refresh_from_db()
    assert (near.name, near.pcode) == ("Near", "XX0101")
    assert load(HEADING + row.format("XX0102")).added == {"district": 1}
