"""R13: nothing is counted twice, nothing known is lost."""

from events.rules import counting
from events.rules.counting import FamilyRow


def row(uid, parent=None, best=None, category="violent", **bounds):
    return FamilyRow(uid, parent, category, **{"low": best, "best": best, "high": best, **bounds})


def counted(*rows):
    """(incidents, rows whose toll counts), as strings of uids."""
    found = counting.count_families(rows)
    return (
        "".join(sorted(uid for uid, one in found.items() if one.counts_incident)),
        "".join(sorted(uid for uid, one in found.items() if one.counts_toll)),
    )


def test_leaves_carry_the_toll_when_each_has_one():
    assert counted(row("p", best=8), row("a", "p", 6), row("b", "p", 2)) == ("ab", "ab")


def test_the_parent_carries_the_toll_when_a_leaf_has_none():
    assert counted(row("p", best=8), row("a", "p", 6), row("b", "p")) == ("ab", "p")


def test_zero_is_a_figure_and_so_is_a_bare_bound():
    assert counted(row("p", best=8), row("a", "p", 8), row("b", "p", 0)) == ("ab", "ab")
    assert counted(row("p", best=8), row("a", "p", 8), row("b", "p", high=3)) == ("ab", "ab")


def test_what_leaves_know_is_not_lost_when_the_parent_knows_nothing():
    assert counted(row("p"), row("a", "p", 6), row("b", "p")) == ("ab", "ab")


def test_three_levels_count_each_death_once():
    rows = [row("p", best=20), row("q", "p", 9), row("a", "q", 5), row("b", "q"), row("c", "p", 11)]

    assert counted(*rows) == ("abc", "cq")
    assert counted(*rows[:-1], row("c", "p")) == ("abc", "p")
    assert counted(*rows[:3], row("b", "q", 4), rows[-1]) == ("abc", "abc")


def test_a_series_never_counts_and_its_members_count_for_themselves():
    assert counted(row("s", best=900, category="series"), row("a", "s", 6)) == ("a", "a")
    assert counted(row("s", best=900, category="series")) == ("", "")


def test_an_unpublished_parent_does_not_matter():
    assert counted(row("a", "gone", 6), row("b")) == ("ab", "ab")


def test_a_circle_of_parts_still_counts_once():
    assert counted(row("a", "b", 1), row("b", "a", 2)) == ("b", "b")
    assert counted(row("a", "a", 1)) == ("a", "a")
