"""What is read in a pasted text, and what is left alone. The reports are made up; the names are those that ship."""

from datetime import date

import pytest

from events.desk import assist
from events.desk.forms import numbers
from events.desk.reading import datelines, languages
from tests.desk.reading_world import shipped

PUBLISHED = date(2024, 3, 21)  # a Thursday


def read(text, kind=None, published=PUBLISHED):
    found = assist.marks(assist.readable(text), shipped(), published)
    return [mark for mark in found if kind in (None, mark.kind)]


def days(text, published=PUBLISHED):
    return [(mark.offer["start"], mark.offer["end"], mark.offer["precision"]) for mark in read(text, "date", published)]


def tolls(text):
    parts = ("outcome", "category", "demographic", "number")
    return [tuple(mark.offer[part] for part in parts) for mark in read(text, "casualties")]


def named(text, kind):
    return [[row["name"] for row in mark.offer["candidates"]] for mark in read(text, kind)]


# --- dates -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("It began on 18 March 2024.", "2024-03-18", "2024-03-18", "day"),
        ("It began on March 18, 2024.", "2024-03-18", "2024-03-18", "day"),
        ("It began on 2024-03-18, they say.", "2024-03-18", "2024-03-18", "day"),
        ("It began on 18/03/2024.", "2024-03-18", "2024-03-18", "day"),
        ("the disputed vote of Feb. 8", "2024-02-08", "2024-02-08", "day"),
        ("On Monday they met.", "2024-03-18", "2024-03-18", "day"),
        ("They met on Thursday.", "2024-03-21", "2024-03-21", "day"),
        ("They met last Thursday.", "2024-03-14", "2024-03-14", "day"),
        ("They met yesterday.", "2024-03-20", "2024-03-20", "day"),
        ("It lasted from 16-18 March 2024.", "2024-03-16", "2024-03-18", "day_range"),
        ("in office since November 2022", "2022-11-01", "2022-11-30", "month"),
        ("the quarrel in January", "2024-01-01", "2024-01-31", "month"),
        ("It has been so since 2021.", "2021-01-01", "2021-12-31", "year"),
        ("more raids in the last two years", "2022-03-21", "2024-03-21", "year"),
        ("یہ ۱۸ مارچ ۲۰۲۴ کو ہوا", "2024-03-18", "2024-03-18", "day"),
        ("In the night of 17/18 March 2024 they met.", "2024-03-17", "2024-03-18", "day_range"),
        ("They will not go back; it began on Monday.", "2024-03-18", "2024-03-18", "day"),
        ("They will not go back, he said on Monday.", "2024-03-18", "2024-03-18", "day"),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_worded(text, first, last, precision):
    assert days(text) == [(first, last, precision)]


@pytest.mark.parametrize(
    "text",
    [
        "by a made-up writer 21, 2024, for a magazine",  # its month is lost
        "They may march on 3/4/2024.",
        "A day later 8-10 shells fell.",
        "They meet next Monday, as on Mondays before.",
        "He was born on 31 February 2024.",
        "Talks are planned for April 5.",
        "Talks will be held on Friday, and the court is due to rule on Monday.",
        "The made-up vote is scheduled for December 24.",
        "the mood after the Sept. 11 attacks",
        "They prayed on Good Friday.",
        "It was on the evening of Friday, the 22nd.",
        "more raids in the last few years",
    ],
)
def test_what_is_no_date_or_could_be_two_is_left_alone(text):
    assert days(text) == []


def test_days_that_depend_on_the_publication_are_not_read_without_it():
    assert days("On Monday, in January and on 18 March 2024.", published=None) == [("2024-03-18", "2024-03-18", "day")]


def test_the_explanation_names_what_a_weekday_was_counted_from():
    (mark,) = read("They met on Monday.", "date")

    assert "Thursday 21 March 2024" in mark.why


def test_a_weekday_that_contradicts_its_date_is_said():
    (mark,) = read("It began on Tuesday, 18 March 2024.", "date")

    assert "was a Monday" in mark.why


# --- tolls -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seven soldiers were killed.", [("killed", "security_forces", "any", "7")]),
        ("a raid that killed at least seven soldiers", [("killed", "security_forces", "any", "at least 7")]),
        ("Seven soldiers killed in test raid", [("killed", "security_forces", "any", "7")]),
        ("Dozens of civilians were wounded.", [("injured", "civilian", "any", "dozens")]),
        ("10–15 militants were killed.", [("killed", "militant", "any", "10-15")]),
        ("Twenty-three police officers were hurt.", [("injured", "security_forces", "any", "23")]),
        ("No civilians were killed.", [("killed", "civilian", "any", "none")]),
        ("A child was injured.", [("injured", "civilian", "children", "1")]),
        ("Police killed four militants.", [("killed", "militant", "any", "4")]),
        (
            "The blast killed 13 and injured 42.",
            [("killed", "all", "any", "13"), ("injured", "all", "any", "42")],
        ),
        (
            "Two soldiers were killed and three others wounded.",
            [("killed", "security_forces", "any", "2"), ("injured", "unknown", "any", "3")],
        ),
        (
            "Six troops and two villagers died.",
            [("killed", "security_forces", "any", "6"), ("killed", "civilian", "any", "2")],
        ),
        ("Two soldiers were killed a day after the vote.", [("killed", "security_forces", "any", "2")]),
        ("Half a dozen soldiers were killed.", [("killed", "security_forces", "any", "6")]),
        ("About three dozen people were killed.", [("killed", "all", "any", "about 36")]),
        ("More than two hundred people were killed.", [("killed", "all", "any", "more than 200")]),
        ("7-9 soldiers were killed.", [("killed", "security_forces", "any", "7-9")]),
        ("Five soldiers including an officer were martyred.", [("killed", "security_forces", "any", "5")]),
        ("13, including seven soldiers, were killed.", [("killed", "all", "any", "13")]),
        ("Eight made-up terrorists were sent to hell.", [("killed", "militant", "any", "8")]),
        ("Five brave soldiers embraced shahadat.", [("killed", "security_forces", "any", "5")]),
        ("5 killed, 10 wounded in test blast", [("killed", "all", "any", "5"), ("injured", "all", "any", "10")]),
        ("He denied it, but officials said nine soldiers were killed.", [("killed", "security_forces", "any", "9")]),
    ],
)
def test_a_toll_is_read_with_who_and_how_many(text, expected):
    assert tolls(text) == expected


def test_those_included_are_part_of_the_line_above():
    whole, part = read("They blamed the other side for killing civilians, including children.", "casualties")

    assert (whole.offer["category"], whole.offer["number"], whole.offer["subset_of_category"]) == (
        "civilian",
        "unknown",
        None,
    )
    assert (part.offer["demographic"], part.offer["subset_of_category"]) == ("children", "civilian")


@pytest.mark.parametrize(
    "text",
    [
        "The raids hit two provinces and 8-10 shells fell near soldiers.",
        "Thousands of Afghan refugees were sent back.",
        "No casualties were reported.",
        "The ministry denied that seven civilians were killed.",
        "They denied killing civilians.",
        "They threatened to kill ten soldiers.",
        "Ten civilians could be killed.",
        "The wounded soldiers were flown out; families of killed soldiers were told.",
        "Twenty people were killed or wounded.",
        "An unknown number of people were killed.",
        "Seven soldiers of the guard marched past the dead tree.",
        "A hundred and twenty made-up people died.",
        "The raid killed or wounded 12 soldiers, killing and injuring 30 people.",
        "Seven soldiers were killed or captured; nine were killed/wounded.",
        "On March 18 soldiers were killed, and on 18 March soldiers were hurt.",
        "In 2024 soldiers were killed in the raid.",
        "Rescue 1122 workers were injured.",
        "Two people are killed every day, an average of three soldiers are killed each week.",
        "12 soldiers feared dead: they were feared dead.",
        "Six Taliban fighters were killed.",  # militants to some, a government's forces to others
    ],
)
def test_what_is_no_toll_is_never_read_as_one(text):
    assert tolls(text) == []


def test_every_number_offered_is_one_that_the_form_reads():
    text = (
        "More than 200 fighters died. As many as 12 people were hurt. An estimated 40 men were killed. Between 3 and 5 "
        "guards died. Several villagers were hurt. Around two dozen rebels were killed."
    )

    assert [numbers.parse(mark.offer["number"]).first for mark in read(text, "casualties")] == [
        201,
        12,
        40,
        3,
        None,
        24,
    ]


# --- names -------------------------------------------------------------------------------------------------------


def test_a_name_that_several_bear_is_a_question_with_all_of_them():
    assert named("The Taliban said so.", "actor") == [
        ["Taliban (de facto authorities of Afghanistan)", "Tehreek-e-Taliban Pakistan (TTP)"]
    ]


@pytest.mark.parametrize("name", ["Taliban", "Taliban fighters", "Taliban militants", "طالبان"])
def test_taliban_is_never_settled_without_asking(name):
    (candidates,) = named(f"{name} …", "actor")

    assert len(candidates) == 2


def test_a_capital_that_is_visited_is_a_place():
    text = "A made-up minister visited Islamabad."

    assert (named(text, "actor"), named(text, "place")) == ([], [["Islamabad"]])


def test_who_leads_is_read_in_a_compound():
    assert named("the U.S.-led war", "actor") == [["United States"]]


def test_the_longest_name_wins_and_possessives_count():
    assert named("The Afghan Taliban’s men fled.", "actor") == [["Taliban (de facto authorities of Afghanistan)"]]
    assert named("Shells fell on Kunar's hills.", "place") == [["Kunar"]]


def test_a_capital_is_a_government_unless_something_happens_in_it():
    text = "Islamabad said it would respond. Crowds met in Islamabad."

    assert (named(text, "actor"), named(text, "place")) == ([["Pakistan"]], [["Islamabad"]])


def test_names_in_arabic_script_are_found_in_other_spellings_of_their_letters():
    assert named("حملہ ميران شاہ میں ہوا", "place") == [["Miran Shah"]]


@pytest.mark.parametrize(
    "text",
    [
        "The group said that it would march on, and so did we.",
        "They hit a tank near the hub of the chamber of commerce. Mach and Hub are words. March came.",
        "Tell us more about the fc and the ap.",
        "Ahmed Mujahid, a trader, and Munir Khan were not there.",
        "Dawn broke over the camp.",
        "They studied at the University of Peshawar and the Lahore High Court.",
        "Pakistan Muslim League members met.",
        "The British Foreign Office was silent.",
        "The Kabul-based analyst spoke of the Pakistan-Afghanistan border, of anti-Taliban songs and Pakistan-based groups.",
        "They do not recognise the border with Pakistan, nor the borders with Afghanistan.",
        "They used Pakistan as a base.",
        "TESTVILLE, Pakistan, March 18 (AP) - The weather was fine.",
        "ISLAMABAD: The weather was fine.",
        "QUETTA (Test Wire) — The weather was fine.",
        "Rawalpindi, 18 Mar 2024: The weather was fine.",
        "He told them. Dawn broke.",
        "It happened in Indian Punjab.",
        "Then, Afghanistan counted on friends.",
        "دې ته د پاکستان په بریدونو کې وویل شول",
        "پاکستان نے کہا",
    ],
)
def test_words_and_other_people_are_not_taken_for_known_names(text):
    assert named(text, "actor") + named(text, "place") == []


def test_a_small_place_counts_where_the_words_say_that_it_is_a_place():
    assert named("Shelling went on in Tank district.", "place") == [["Tank"]]
    assert named("Tank said he would come.", "place") == []


# --- the whole ---------------------------------------------------------------------------------------------------

REPORT = """Made-up digest of 21 March 2024

Islamabad announced on Monday that its security forces had struck militants based in Afghanistan. Days before, an assault
on a post in North Waziristan, Pakistan, had killed seven soldiers; raids on Pakistani soldiers have become frequent in the
last two years, and most are laid at the door of the TTP. Taliban officials, who deny that fighters cross from Afghan soil,
accused Pakistan of killing civilians, including children; the Biden administration spoke of dead civilians too. Thousands of
Afghan refugees were told to leave. Two provinces were hit. After the vote of Feb. 8 the new cabinet had other worries, and
the quarrel with Iran in January was settled by talks. Asim Munir, army chief since November 2022, signed off on it."""
RIGHT = {
    ("date", "2024-03-21"),
    ("date", "2024-03-18"),
    ("date", "2022-03-21"),
    ("date", "2024-02-08"),
    ("date", "2024-01-01"),
    ("date", "2022-11-01"),
    ("actor", "Pakistan"),
    ("actor", "Pakistani security forces"),
    ("actor", "Tehreek-e-Taliban Pakistan (TTP)"),
    ("actor", "Taliban (de facto authorities of Afghanistan)"),
    ("actor", "United States"),
    ("actor", "Afghan refugees in Pakistan"),
    ("actor", "Iran"),
    ("actor", "Asim Munir"),
    ("place", "Afghanistan"),
    ("place", "North Waziristan"),
    ("place", "Pakistan"),
    ("casualties", "security_forces", "any", "7"),
    ("casualties", "civilian", "any", "unknown"),
    ("casualties", "civilian", "children", "unknown"),
}


def value(mark):
    if mark.kind == "casualties":
        return mark.kind, mark.offer["category"], mark.offer["demographic"], mark.offer["number"]
    return mark.kind, mark.offer["start"] if mark.kind == "date" else mark.offer["candidates"][0]["name"]


def test_nine_of_ten_values_offered_on_a_report_are_right_and_most_are_found():
    offered = {value(mark) for mark in read(REPORT)}

    assert len(offered & RIGHT) >= 0.9 * len(offered), offered - RIGHT
    assert len(offered & RIGHT) >= 0.9 * len(RIGHT), RIGHT - offered


def test_every_excerpt_is_a_verbatim_part_of_the_text_and_holds_the_words():
    for mark in read(REPORT + " " + "very " * 300 + "long: seven soldiers were killed " + "there " * 300):
        assert mark.sentence in REPORT or len(mark.sentence) <= 500
        assert mark.words in mark.sentence
        assert len(mark.sentence) <= 500


def test_a_text_of_two_million_characters_is_read_in_part():
    text = "Seven soldiers were killed in Kunar on Monday. 😀 <script>\u202e " * 32_000

    found = read(text)

    assert len(assist.readable(text)) == assist.MOST_READ
    assert len(found) == assist.MOST_MARKS


@pytest.mark.parametrize("text", ["", " ", "\u202e\u200b", "😀" * 5000, "a" * 250_000, "seven " * 50_000, "(" * 50_000])
def test_hostile_texts_are_read_without_a_find(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "text", ["7 and " * 30_000 + "soldiers killed", "killed seven soldiers and " * 8_000, "if 7 killed, " * 15_000]
)
def test_texts_without_an_end_come_to_an_end(text):
    assert len(read(text)) <= assist.MOST_MARKS


# --- language and day --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("This is a made-up report on what was said in the town and of the people there.", "en"),
        ("یہ ایک فرضی رپورٹ ہے جس میں بتایا گیا ہے کہ شہر میں کیا ہوا اور لوگوں نے کیا کہا۔", "ur"),
        ("دا یو جوړ شوی راپور دی چې په ښار کې څه پېښ شول او خلکو څه وویل.", "ps"),
        ("این یک گزارش ساختگی است که در آن گفته می‌شود در شهر چه رخ داد و مردم چه گفتند.", "fa"),
        ("هذا تقرير مختلق عن ما حدث في المدينة وما قاله الناس هناك في الليلة الماضية.", "ar"),
        ("Ceci est un rapport inventé sur ce qui a été dit dans la ville par les gens.", ""),
        ("short", ""),
        ("12345 😀 " * 30, ""),
    ],
)
def test_the_language_is_told_by_letters_or_left_open(text, code):
    assert languages.guess(text)[0] == code


@pytest.mark.parametrize(
    ("url", "text", "day"),
    [
        ("https://example.org/2024/03/18/a-report/", "", date(2024, 3, 18)),
        ("https://example.org/news/2024-03-18-report", "", date(2024, 3, 18)),
        ("https://example.org/20240318/report", "", date(2024, 3, 18)),
        ("https://example.org/2024/13/40/x", "", None),
        ("https://example.org/2999/01/01/x", "", None),
        ("", "A headline\nMarch 18, 2024\nThe text.", date(2024, 3, 18)),
        ("", "KABUL, 18 March 2024 – " + "words " * 40, date(2024, 3, 18)),
        ("", "words " * 40 + "on 18 March 2024", None),
        ("", "by a made-up writer 21, 2024", None),
    ],
)
def test_the_day_of_publication_is_told_by_the_address_or_the_first_lines(url, text, day):
    assert datelines.guess(url, text, today=date(2024, 4, 1))[0] == day
