"""The 49 columns of UCDP GED in their order, with the types in which UCDP's API gives them."""

from enum import StrEnum


class Type(StrEnum):
    """What a cell holds when it holds anything."""

    WHOLE = "integer"
    NUMBER = "number"
    TEXT = "string"
    FLAG = "boolean"
    MOMENT = "date-time"  # midnight of a civil day, without a zone: 2010-05-13T00:00:00


TYPES = {
    "id": Type.WHOLE,
    "relid": Type.TEXT,
    "year": Type.WHOLE,
    "active_year": Type.FLAG,
    "code_status": Type.TEXT,
    "type_of_violence": Type.WHOLE,
    "conflict_dset_id": Type.TEXT,
    "conflict_new_id": Type.WHOLE,
    "conflict_name": Type.TEXT,
    "dyad_dset_id": Type.TEXT,
    "dyad_new_id": Type.WHOLE,
    "dyad_name": Type.TEXT,
    "side_a_dset_id": Type.TEXT,
    "side_a_new_id": Type.WHOLE,
    "side_a": Type.TEXT,
    "side_b_dset_id": Type.TEXT,
    "side_b_new_id": Type.WHOLE,
    "side_b": Type.TEXT,
    "number_of_sources": Type.WHOLE,
    "source_article": Type.TEXT,
    "source_office": Type.TEXT,
    "source_date": Type.TEXT,
    "source_headline": Type.TEXT,
    "source_original": Type.TEXT,
    "where_prec": Type.WHOLE,
    "where_coordinates": Type.TEXT,
    "where_description": Type.TEXT,
    "adm_1": Type.TEXT,
    "adm_2": Type.TEXT,
    "latitude": Type.NUMBER,
    "longitude": Type.NUMBER,
    "geom_wkt": Type.TEXT,
    "priogrid_gid": Type.WHOLE,
    "country": Type.TEXT,
    "country_id": Type.WHOLE,
    "region": Type.TEXT,
    "event_clarity": Type.WHOLE,
    "date_prec": Type.WHOLE,
    "date_start": Type.MOMENT,
    "date_end": Type.MOMENT,
    "deaths_a": Type.WHOLE,
    "deaths_b": Type.WHOLE,
    "deaths_civilians": Type.WHOLE,
    "deaths_unknown": Type.WHOLE,
    "best": Type.WHOLE,
    "high": Type.WHOLE,
    "low": Type.WHOLE,
    "gwnoa": Type.TEXT,
    "gwnob": Type.TEXT,
}
COLUMNS = tuple(TYPES)
# A row always has these; the others are null where nobody knows, or where the registers hold no number of UCDP.
ALWAYS = (
    *("id", "relid", "year", "code_status", "type_of_violence", "conflict_name", "dyad_name", "side_a", "side_b"),
    *("number_of_sources", "where_prec", "where_coordinates", "latitude", "longitude", "geom_wkt", "priogrid_gid"),
    *("country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end"),
    *("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"),
)
