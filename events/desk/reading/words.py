"""Word lists of the reading rules: what names anybody, what makes a name part of a longer one, what counts no people."""

# fmt: off
# Never offered as a name, whatever the registers hold.
GENERIC = {
    "group", "army", "police", "military", "government", "forces", "militants", "terrorists", "civilians",
    "officials", "soldiers", "fighters", "border", "post", "posts", "ministry", "office", "state", "president",
    "minister", "spokesman", "district", "province", "city", "village", "war", "team", "front", "movement",
    "administration", "regime", "authorities", "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", "north", "south", "east", "west",
}
# Before the name of a person.
TITLES = {
    "general", "gen", "president", "minister", "chief", "mullah", "maulvi", "maulana", "sheikh", "mr", "mrs", "ms",
    "dr", "field", "marshal", "spokesman", "spokesperson", "spokeswoman", "commander", "colonel", "col", "major",
    "maj", "captain", "capt", "lieutenant", "lt", "secretary", "ambassador", "governor", "qari", "haji",
    "professor", "senator", "deputy", "acting", "prime", "leader",
}
# Capitalised words after a name that do not make it part of a longer one.
NEUTRAL_AFTER = {
    "Province", "District", "City", "Agency", "Division", "Tehsil", "Village", "Town", "Valley", "Pass", "Border",
    "Crossing", "Bazaar", "Market", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
}
# Capitalised words before a name that do not make it part of a longer one.
NEUTRAL_BEFORE = {
    "In", "At", "On", "Near", "From", "To", "Of", "And", "But", "The", "A", "An", "As", "When", "While", "After",
    "Before", "Both", "With", "By", "For", "Since", "Until", "Against", "Between", "Inside", "Outside", "Around",
    "Across", "Into", "Meanwhile", "However", "Although", "Though", "If", "Unlike", "Like", "Upper", "Lower",
    "North", "South", "East", "West", "Central", "Northern", "Southern", "Eastern", "Western", "District",
    "Province", "City", "Village", "Town", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    "Sunday", "Also", "Then", "Earlier", "Later", "Now", "That", "This", "These", "Those", "Its", "Their",
}
# In the order of their values, from one.
UNITS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
)
# Never between a number and the people it counts: verbs, prepositions, other things that are counted.
NOT_BETWEEN = (
    "of", "number", "group", "team", "convoy", "patrol", "in", "on", "at", "and", "or", "that", "which", "who",
    "by", "for", "from", "to", "with", "when", "as", "after", "before", "during", "while", "but", "was", "were",
    "is", "are", "has", "had", "have", "been", "killed", "killing", "wounded", "injured", "died", "dead", "days",
    "day", "hours", "years", "year", "months", "weeks", "km", "kilometres", "kilometers", "miles", "percent",
    "strikes", "strike", "attacks", "attack", "shells", "rockets", "rounds", "posts", "houses", "homes", "vehicles",
    "provinces", "districts", "villages", "places", "including", "among", "the", "dozen", "hundred", "hundreds",
    "thousand", "thousands", "million", "lakh", "am", "pm", "gmt", "noon", "carrying", "containing", "belonging",
    "against", "near", "inside", "outside", "blasts", "explosions", "bombings", "raids", "operations", "incidents",
    "families", "bodies", "relatives", *MONTHS,
)
# Before a number that counts nobody: it is a day of the month, or the number of an office, a law, a unit.
NUMBERED = (
    *MONTHS, "rescue", "section", "article", "resolution", "regiment", "brigade", "corps", "division", "battalion",
    "squadron", "unit", "sector", "route", "highway", "flight", "phase", "no", "number",
)
# fmt: on
