"""How each column of a row is made and what it loses, and why an incident gives no row."""

from events.exchange.ucdp_reasons import REASONS as OF_INCIDENTS
from events.record.ucdp import WITHHELD

# Columns → (how a row is made, what is lost).
RULES = {
    ("id",): ("900,000,000 and the place of the first edition in the sequence of the record; it never changes.", ""),
    ("relid",): ("Country, year, type, dyad (0 where no number is known) and that place.", ""),
    ("year",): ("Of date_start.", ""),
    ("active_year",): ("null: it takes the deaths of a whole year.", ""),
    ("code_status",): (
        "Clear, or Check with the contested aspects in our codes; also deaths (no best figure, an open end, or "
        "categories that do not fit the total), dyad (only suspected, or told by the place) and type of violence "
        "(told by who was killed, or unusual for the kind).",
        "who contradicts whom.",
    ),
    ("type_of_violence",): (
        "1 a state against a state or a group, 2 group against group, 3 a state or group against civilians. Where the "
        "target is contested, that of the target as the perpetrator states it.",
        "the kind of incident and what was hit.",
    ),
    ("conflict_dset_id", "dyad_dset_id", "side_a_dset_id", "side_b_dset_id"): (
        "null: UCDP has given these numbers up.",
        "",
    ),
    ("conflict_new_id",): ("null.", "the issue at stake."),
    ("conflict_name", "dyad_name"): ("Side A - side B.", ""),
    ("dyad_new_id", "side_a_new_id", "side_b_new_id"): (
        "UCDP’s numbers where the registers hold exactly one; civilians are 1.",
        "",
    ),
    ("side_a", "side_b"): (
        "The headline’s perpetrator and target. A government is side A, of two governments or groups the first by name; in "
        "type 3 the perpetrator is. Forces count as their government; whoever is unknown is XXX with the number of "
        "the country.",
        "other candidates, on whose word, who denies it.",
    ),
    ("number_of_sources",): ("Documents cited, without reprints and copies of agency reports.", "independence."),
    ("source_article", "source_office", "source_date", "source_headline", "source_original"): (
        "Source, day, title and claimants of those documents, in the same order in each column.",
        "excerpts, grades, which source bears which value, addresses.",
    ),
    ("where_prec",): (
        "1 site or settlement, 2 near a settlement, 3 district, 4 province, 5 several provinces or a stretch of the "
        "border, 6 country.",
        "the radius in kilometres.",
    ),
    ("where_coordinates", "where_description"): ("The place; the place with what it lies in, and its note.", ""),
    ("adm_1", "adm_2"): ("Province and district, as far as the precision of the place goes.", ""),
    ("latitude", "longitude", "geom_wkt", "priogrid_gid"): (
        "Never finer than the precision of the place; the point of a district or province is its seat or middle.",
        "which of the two it is.",
    ),
    ("country", "country_id", "region"): ("Of the place, with Gleditsch–Ward numbers.", ""),
    ("event_clarity",): ("1 for one place within at most six days, else 2.", ""),
    ("date_prec", "date_start", "date_end"): (
        "The first and the last day that it may have been, at the place; 1 a day, 2 two to six days, 3 a week, 4 a "
        "month, 5 longer.",
        "time of day and zone.",
    ),
    ("deaths_a", "deaths_b"): (
        "Security forces count to a government, militants to a group; of two governments or two groups, what accounts "
        "give each.",
        "rival accounts.",
    ),
    ("deaths_civilians", "deaths_unknown"): (
        "Civilians; everybody else, so that the four always add up to best.",
        "women, children, men.",
    ),
    ("best", "low", "high"): (
        "The toll of direct deaths; where there is no best figure, best is the lowest one.",
        "“Or more”, who says what, the injured.",
    ),
    ("gwnoa", "gwnob"): ("Gleditsch–Ward numbers of governments, as text.", ""),
}
REASONS = OF_INCIDENTS | {WITHHELD: "Of a release only: a later edition was made to protect somebody’s privacy."}
