"""Why an incident gives no row of UCDP GED, in words."""

from events.exchange import ucdp, ucdp_sides
from events.tongue import gettext_noop

REASONS = {
    ucdp.OPERATION: gettext_noop("An operation that is published in parts: its parts are the rows."),
    ucdp.NO_DEATH: gettext_noop("No direct death is reported, or it is no violent incident."),
    ucdp.NOT_CODED: gettext_noop(
        "A kind to which UCDP’s coding gives no type: destruction of property, interception, other."
    ),
    ucdp.DATE_UNKNOWN: gettext_noop("Nobody says when."),
    ucdp.PLACE_UNKNOWN: gettext_noop("No place, no country, or no coordinates as coarse as what is known."),
    ucdp.COUNTRY_UNKNOWN: gettext_noop("The Gleditsch–Ward number of the country is not known here."),
    ucdp_sides.TYPE_UNCLEAR: gettext_noop(
        "Who stood against whom is not known well enough to tell the type of violence."
    ),
    ucdp_sides.TARGET_CONTESTED: gettext_noop("The target is contested, and no perpetrator is known who states one."),
}
