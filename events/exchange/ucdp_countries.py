"""Countries as the Uppsala Conflict Data Program writes them: Gleditsch–Ward number, name, region, prefix of `relid`.

Read off the published files of GED 26.0.1 and 22.1. A country that is not in this list has no number here, and what
happened there is left out of the exchange rather than given one.
"""

from typing import NamedTuple


class Country(NamedTuple):
    number: int
    name: str
    region: str
    prefix: str


COUNTRIES = {
    "AF": Country(700, "Afghanistan", "Asia", "AFG"),
    "PK": Country(770, "Pakistan", "Asia", "PAK"),
    "IR": Country(630, "Iran", "Middle East", "IRN"),
    "IN": Country(750, "India", "Asia", "IND"),
    "TJ": Country(702, "Tajikistan", "Asia", "TAJ"),
    "TR": Country(640, "Turkey", "Middle East", "TUR"),
    "RU": Country(365, "Russia (Soviet Union)", "Europe", "RUS"),
    "GB": Country(200, "United Kingdom", "Europe", "UK"),
    "US": Country(2, "United States of America", "Americas", "USA"),
}
ISO_OF = {country.number: iso for iso, country in COUNTRIES.items()}
