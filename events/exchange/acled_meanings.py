"""What each of ACLED's columns holds when it is made from our documents, and what is lost on the way. For people."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Meaning:
    """`lost` is "" where nothing is."""

    holds: str
    lost: str = ""


MEANINGS = {
    "event_id_cnty": Meaning(
        "PAK, AFG or IRN, then X, then the number of our uid. The X keeps it apart from every id of ACLED's, so that "
        "files can be joined.",
        "the uid as it is written here",
    ),
    "event_date": Meaning(
        "The first day it may have happened; the 15th where only the month is known.",
        "the interval, the local time, the time zone",
    ),
    "year": Meaning("Of event_date."),
    "time_precision": Meaning("1 the day is known, 2 within a week or so, 3 the month.", "ranges of two to six days"),
    "disorder_type": Meaning("Political violence, or Strategic developments."),
    "event_type": Meaning("By our kind of incident.", "our finer kinds, what was hit"),
    "sub_event_type": Meaning(
        "By our kind; for posts that change hands, killings and attempts to cross, also by who met whom.",
        "our finer kinds",
    ),
    "actor1": Meaning(
        "Who did it, if they own it or independent claimants name them; else “Unidentified Armed Group (country)”. By "
        "ACLED's name for the actor where our register has one for the day.",
        "weaker attributions, candidates, denials",
    ),
    "assoc_actor_1": Meaning("Others on that side.", "their parts"),
    "inter1": Meaning(
        "The type of actor 1: a state's forces are 1 at home and 8 abroad, armed groups 2, unidentified ones 3, "
        "civilians 7."
    ),
    "actor2": Meaning(
        "At whom it was aimed: forces or a group, or “Civilians (country)” where what was hit, or all who were hurt, are "
        "civilian. Where accounts differ, only what the affected side says; else empty.",
        "rival accounts of the target",
    ),
    "assoc_actor_2": Meaning("Others on that side.", "their parts"),
    "inter2": Meaning("The type of actor 2; 0 or empty where there is none."),
    "interaction": Meaning("The two types, the lower first; “… only” or a 0 at the end for one."),
    "civilian_targeting": Meaning(
        "Civilian targeting, where civilians are the main target and nobody says otherwise.", "the contest"
    ),
    "iso": Meaning("4, 586 or 364."),
    "region": Meaning("Afghanistan and Pakistan lie in two regions of ACLED's: ask for both."),
    "country": Meaning("Where it happened."),
    "admin1": Meaning("Province."),
    "admin2": Meaning("District."),
    "admin3": Meaning("Sub-district, in Pakistan, where the place is one."),
    "location": Meaning("The name of the place, ACLED's where our register has it."),
    "latitude": Meaning("Four decimals; of the area where only that is known.", "the uncertainty in kilometres"),
    "longitude": Meaning("As latitude.", "on what the coordinates rest"),
    "geo_precision": Meaning("1 the place, 2 near it or the district, 3 the province or coarser.", "seat or middle"),
    "source": Meaning("Names of the sources cited, by name.", "which source says what, addresses, excerpts"),
    "source_scale": Meaning("The two largest scales of the sources."),
    "notes": Meaning(
        "When, what, who claimed and who denied it, the range of those killed, and to which place it is coded.",
        "the claims one by one",
    ),
    "fatalities": Meaning(
        "Those killed directly: the low where accounts differ or give a range, else the best. 0 also where nobody gives a "
        "figure; then tags say killed=not_reported.",
        "the range, who was killed, the injured, the difference between none and not reported",
    ),
    "tags": Meaning("contested, attribution, retaliation_for (our uid), harm_grade, cross_border, level, killed."),
    "timestamp": Meaning("When the latest edition was published, in Unix seconds.", "the earlier editions"),
}
