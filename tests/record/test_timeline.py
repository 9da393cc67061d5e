"""Grouping by day, and the totals above the list."""

from events.models.edition import PublishedIncident
from events.record import statistics
from events.record.timeline import by_day, with_sides
from tests.record import rows


def test_days_have_headings_and_vague_dates_their_own_words(db):
    rows.incident("Exact", day="2024-03-01")
    rows.incident("Also exact", day="2024-03-01")
    rows.incident("Vague", day="2024-03-01", until="2024-03-31", date_precision="month", date_shown="March 2024")
    rows.incident("Undated", day=None)
    rows.incident("Later", day="2024-03-18", date_precision="minute")

    days = by_day(PublishedIncident.objects.newest_first())

    assert [(day.heading, len(day.rows)) for day in days] == [
        ("Monday 18 March 2024", 1),
        ("Friday 1 March 2024", 2),
        ("March 2024", 1),
        ("Date unknown", 1),
    ]
    assert [bool(day.day) for day in days] == [True, True, False, False]


def test_totals_keep_unknown_apart_from_none(db):
    nothing = statistics.totals(statistics.by_dates(PublishedIncident.objects.all()))
    rows.incident("Silent")
    silent = statistics.totals(statistics.by_dates(PublishedIncident.objects.all()))
    rows.incident("None killed", killed_low=0, killed_best=0, killed_high=0)
    none_killed = statistics.totals(statistics.by_dates(PublishedIncident.objects.all()))

    assert (nothing.incidents, nothing.killed_low, nothing.killed_open) == (0, None, False)
    assert (silent.incidents, silent.killed_low, silent.killed_high, silent.without_figure) == (1, None, None, 1)
    assert (none_killed.killed_low, none_killed.killed_high, none_killed.without_figure) == (0, 0, 1)


def test_totals_sum_bounds_and_leave_out_tolls_that_do_not_count(db):
    rows.incident("Operation", killed_low=8, killed_best=8, killed_high=8, counts_incident=False)
    rows.incident("Its part", killed_low=6, killed_best=6, killed_high=6, counts_killed=False)
    rows.incident("At least five", killed_low=5, killed_open=True)
    rows.incident("About twenty", killed_best=20, killed_high=20)
    rows.incident("Talks", kind="talks")

    totals = statistics.totals(statistics.by_dates(PublishedIncident.objects.all()))

    assert (totals.incidents, totals.counted) == (5, 4)
    assert (totals.killed_low, totals.killed_high, totals.killed_open) == (13, 33, True)
    assert (totals.killed_best, totals.best_missing, totals.without_figure) == (28, 1, 0)


def test_totals_are_the_sum_over_any_partition(db):
    for number, kind in enumerate(["shelling", "shelling", "ied", "talks"]):
        rows.incident(f"Incident {number}", kind=kind, killed_low=number or None, killed_high=number + 1)
    chosen = [PublishedIncident.objects.filter(kind=kind) for kind in ("shelling", "ied", "talks")]
    everything = statistics.totals(statistics.by_dates(PublishedIncident.objects.all()))
    parts = [statistics.totals(statistics.by_dates(part)) for part in chosen]

    for name in ("incidents", "counted", "killed_low", "killed_high", "best_missing", "without_figure"):
        assert getattr(everything, name) == sum(getattr(part, name) or 0 for part in parts)


def test_rows_say_which_sides_speak_in_the_order_of_the_list(db, django_assert_num_queries):
    both, silent = rows.incident("Both"), rows.incident("Silent")
    for name, side in (("Group", "non_state"), ("Army", "pakistan"), ("Other army", "pakistan")):
        rows.claim(both, by=rows.actor(name, side=side))
    rows.claim(both)  # somebody named only in words

    with django_assert_num_queries(1):
        found = with_sides([both, silent])

    assert [row.sides for row in found] == [["pakistan", "non_state", "third"], []]
