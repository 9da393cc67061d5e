"""What templates need to say codes, figures and addresses in words; any page may load it."""

from urllib.parse import urlsplit

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_info, gettext, gettext_noop

from events import choices, uids
from events.record import lanes
from events.rules import wording

register = template.Library()

LISTS = {
    "alias_kind": choices.AliasKind,
    "actor_kind": choices.ActorKind,
    "aspect": choices.Aspect,
    "attribution": choices.AttributionStatus,
    "category": choices.Category,
    "coordinate_basis": choices.CoordinateBasis,
    "delivery_state": choices.DeliveryState,
    "derivation": choices.Derivation,
    "document_kind": choices.DocumentKind,
    "edition_kind": choices.EditionKind,
    "edition_reason": choices.EditionReason,
    "harm_grade": choices.HarmGrade,
    "kind": choices.Kind,
    "level": choices.LocationLevel,
    "link_type": choices.LinkType,
    "location_precision": choices.LocationPrecision,
    "occurrence": choices.Occurrence,
    "part": choices.Part,
    "relation_type": choices.RelationType,
    "relay": choices.Relay,
    "reliability": choices.Reliability,
    "role": choices.Role,
    "scale": choices.SourceScale,
    "side": choices.Side,
    "telling": choices.Telling,
    "source_kind": choices.SourceKind,
}
SIDE_CLASSES = {
    choices.Side.PAKISTAN: "pakistan",
    choices.Side.AFGHANISTAN_DE_FACTO: "afghanistan",
    choices.Side.NON_STATE: "armed",
}
OCCURRENCE_LOOKS = {
    choices.Occurrence.ACKNOWLEDGED: ("solid", "chip--ok"),
    choices.Occurrence.CORROBORATED: ("half", "chip--ok"),
    choices.Occurrence.CLAIMED: ("half", "chip--ok"),
}
# Those that Django does not know.
LANGUAGES = {
    "ps": gettext_noop("Pashto"),
    "prs": gettext_noop("Dari"),
    "bal": gettext_noop("Balochi"),
    "sd": gettext_noop("Sindhi"),
}
TIME_UNITS = {
    "hours": gettext_noop("hours"),
    "days": gettext_noop("days"),
    "day": gettext_noop("day"),
    "week": gettext_noop("week"),
    "month": gettext_noop("month"),
    "year": gettext_noop("year"),
    "decade": gettext_noop("decade"),
}
MESSAGE_CLASSES = {"success": "notice--ok", "warning": "notice--warn", "error": "notice--bad"}


@register.simple_block_tag
def rendered(content):
    """{% rendered as names %}…{% endrendered %}: a list in the middle of a sentence, ready for {% blocktranslate %}."""
    return content


@register.simple_tag
def plural_samples():
    """Numbers that take different plurals: a script has its sentence for each, and takes the one that fits its own."""
    return (1, 2, 5)


@register.simple_tag(takes_context=True)
def current(context, *names):
    """` aria-current="page"` when the page's URL name begins with one of the names."""
    match = getattr(context.get("request"), "resolver_match", None)
    is_here = match and (match.url_name or "").startswith(names)
    return mark_safe(' aria-current="page"') if is_here else ""


@register.simple_tag
def claimant_link(claimant, known):
    """Who says it, linked where the record has a page for them; `known` are the slugs of those."""
    if claimant.slug not in known:
        return claimant.name
    return format_html('<a class="tap" href="{}">{}</a>', reverse("actor", args=[claimant.slug]), claimant.name)


@register.filter
def label(code, words):
    """The label of a code: {{ row.kind|label:"kind" }}."""
    return translated(LISTS[words].label_of(code)) if code else ""


@register.filter
def help_of(code, words):
    """What the code's list says about using it; "" when the label says it all."""
    return translated(LISTS[words](code).help_text) if code in LISTS[words].codes() else ""


@register.filter
def translated(words):
    """Words of a list in the language of the page: {{ claim.get_stance_display|translated }}."""
    return gettext(words) if words else words


@register.filter
def killed(row):
    """The killed of a row of the public index: "8", "67–223+", "not reported"."""
    return wording.figure(row.killed_low, row.killed_best, row.killed_high, row.killed_open)


@register.filter
def has_toll(row):
    """Whether anybody says anything about people killed, be it "none"."""
    return (row.killed_low, row.killed_best, row.killed_high) != (None, None, None)


@register.filter
def killed_range(totals):
    """The killed of statistics.Totals; a best only where every incident behind it has one."""
    best = None if totals.best_missing else totals.killed_best
    return wording.figure(totals.killed_low, best, totals.killed_high, totals.killed_open)


@register.filter
def toll_of(row, outcome):
    """The range of an outcome in a row of statistics: {{ row|toll_of:"killed" }}."""
    return wording.figure(*(row[f"{outcome}_{bound}"] for bound in ("low", "best", "high", "open")))


@register.filter
def measure(number):
    """A measured number with the digits that it needs: "2", "12.5"."""
    return f"{number:,.1f}".removesuffix(".0")


@register.filter
def time_unit(code):
    """The name of a unit by which statistics divide or measure time."""
    return gettext(TIME_UNITS[code])


@register.filter
def share(part):
    """“42 %” of 0.42; "–" where there is nothing to have a share of."""
    return "–" if part is None else f"{100 * part:.0f} %"


@register.filter
def thousands(number):
    return f"{number:,}"


@register.filter
def aspects(codes):
    """“date, what was hit”: labels of aspects in running text."""
    return ", ".join(translated(choices.Aspect.label_of(code)).lower() for code in codes)


@register.filter
def side_class(side):
    """The last part of CSS classes that mark a side: pakistan, afghanistan, armed, others."""
    return SIDE_CLASSES.get(side, "others")


@register.filter
def lane_label(code):
    """The name of a lane of chains: a side, or why it is none."""
    return lanes.lane_label(code)


@register.filter
def occurrence_shape(code):
    return OCCURRENCE_LOOKS.get(code, ("ring", ""))[0]


@register.filter
def occurrence_class(code):
    return OCCURRENCE_LOOKS.get(code, ("ring", ""))[1]


@register.filter
def message_class(tag):
    return MESSAGE_CLASSES.get(tag, "")


@register.filter
def web_address(text):
    """The address if a browser may follow it (http or https), else ""."""
    return text if text and urlsplit(text).scheme in ("http", "https") else ""


@register.filter
def host(text):
    """The host of an address, for readers who want to know where a link leads."""
    return (urlsplit(text).hostname or "").removeprefix("www.")


@register.filter
def coordinates(place):
    """“32.51, 69.3 ± 5 km” of a place row or of a document's place; no more digits than it is certain."""
    place = place if isinstance(place, dict) else vars(place)
    around = place["uncertainty_km"]
    point = f"{float(place['latitude']):.5g}, {float(place['longitude']):.5g}"
    if around is None:
        return point
    return gettext("%(point)s ± %(around)s km") % {"point": point, "around": f"{float(around):g}"}


@register.filter
def marked(pieces):
    """A text in pieces (search.snippets.Piece), of which those that were looked for are marked."""
    shown = (format_html("<mark>{}</mark>", piece.text) if piece.is_hit else piece.text for piece in pieces)
    return format_html_join("", "{}", ((text,) for text in shown))


@register.filter
def language_name(code):
    """The name of a language code in the language of the page; the code itself when nobody knows it."""
    if code in LANGUAGES:
        return gettext(LANGUAGES[code])
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code


@register.filter
def shown_uid(uid):
    return uids.shown(uid)


@register.filter
def stored(uid):
    """The stored form of a uid as documents show it, for {% url %}."""
    return uids.parse(uid)


@register.filter
def lang_attribute(code):
    """` lang="ur"`, or nothing when the language is not known."""
    return format_html(' lang="{}"', code) if code else ""
