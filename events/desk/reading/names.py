"""Which of the known names in a text are meant: by capitals, by the words around them, and never by a guess."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext_lazy

from events.choices import ActorKind, LocationLevel
from events.desk.reading import vocabulary, words

_HEADING = (
    r"(?:the\s+|an?\s+)?(?:(?:north|south|east|west|central|far)(?:ern)?(?:-?(?:east|west)(?:ern)?)?\s+|nearby\s+)?"
)
_SPOT = (
    r"(?:(?:district|province|village|town|city|area|region|tehsil|valley|bazaar|market|outskirts|parts?)s?\s+of\s+)"
)
_INSIDE = re.compile(
    rf"(?:\b(?:visit(?:ed|s|ing)?|in|inside|into|within|across|throughout|near|outside|around|at|soil of)\s+"
    rf"{_HEADING}{_SPOT}?|\b{_SPOT}{_HEADING})$",
    re.IGNORECASE,
)
_TOWARDS = re.compile(
    rf"\b(?:from|to|towards?|via|of|between|reached|entered|over|left|leaves?|leaving|fled|flee(?:ing)?|"
    rf"borders?\s+with)\s+{_HEADING}$",
    re.IGNORECASE,
)
_AREA_AFTER = re.compile(
    r"[’']?s?\s+(?:districts?|provinces?|city|villages?|town|tehsil|agency|area|region|valley|border|crossing|bazaar|market|"
    r"airport|division|subdivision)\b",
    re.IGNORECASE,
)
_BASE_AFTER = re.compile(r"\s+as\s+(?:a|an|its|their|his)\s+(?:\w+\s+)?(?:base|haven|sanctuary|launch\w*|route)\b")
_BORDER_BEFORE = re.compile(r"\bborders?\s+(?:with|between)\s+(?:[A-Z]\w+\s+and\s+)?$")
# "KABUL, Afghanistan, March 18 (AP) – ": where the reporter sat and who printed it; nothing that happened, nobody who acted.
_DATELINE = re.compile(
    r"^[ \t]*(?:[A-Z][A-Z.'’/ -]{2,40}(?:,[ ](?=[A-Z\d])[^\n:()–—]{2,40}){0,3}"
    r"|[A-Z][\w'’ -]{2,30},[ ](?=[^\n:()–—]*\d)[^\n:()–—]{2,40})\s*(?:\([^)\n]{2,30}\)\s*)?(?::|--?|[–—])\s",
    re.MULTILINE,
)
_ARABIC_BEFORE = re.compile(r"(?:^|\s)(?:در|په|از|ضلع|صوبہ|صوبے|ولایت|ولسوالی|شهر|شہر)\s+$")
_ARABIC_AFTER = re.compile(r"\s+(?:میں|کے|سے|کی|پر|کې|ښار|ولایت|ولسوالۍ)(?!\w)")
_AFTER_A_PLACE = re.compile(r"[^\s.:;!?]\s+(?!Then|Now|Meanwhile|However)[A-Z][\w’'-]+,\s+$")  # "to Quetta, Pakistan"
_ORGANISATION_BEFORE = re.compile(
    r"\b(?:University|Bank|Board|Court|Government|Ministry|Embassy|Institute|Republic|Emirate|State|Bar|Press)\s+of\s+"
    r"(?:the\s+)?$"
)
_WORD_BEFORE = re.compile(r"(?:^|[\s(\[“\"'‘—–])([^\W\d_][\w’'.-]*)[ \t]+$")
_WORD_AFTER = re.compile(r"[ \t]+([^\W\d_][\w’'-]*)")
_DEMONYMS = {"Pakistani": "PK", "Afghan": "AF", "American": "US", "Iranian": "IR", "Indian": "IN", "British": "GB"}
_SAYING = re.compile(
    r"\b(?:report(?:s|ed)?|said|says|told|wrote|according to|quoted|newspaper|daily|editorial)\b", re.IGNORECASE
)
_SPEAKS = re.compile(
    r"\s+(?:has\s+|have\s+|had\s+|also\s+)?(?:confirm|sa(?:id|ys?)|announc|condemn|deni|deny|claim|accus|warn|reject|blam|"
    r"respond|retaliat|insist|vow|urge|demand|must|launch|carried)",
)


@dataclass(frozen=True)
class Named:
    """One name in the text and all the rows that may be meant: more than one is a question, never a pick."""

    start: int
    end: int
    kind: str
    entries: tuple
    why: str


def find(text, known, taken=()):
    """List of Named in the order of the text, apart from each other and from the spans taken already."""
    found, end = [], 0
    spans = [*taken, *(dateline.span() for dateline in _DATELINE.finditer(text)), (len(text) + 1, len(text) + 1)]
    taken = iter(sorted(spans))
    blocked = next(taken)
    for hit in vocabulary.hits(text, known):
        while blocked[1] <= hit.start:
            blocked = next(taken)
        if hit.start < end or hit.end > blocked[0] or hit.folded in words.GENERIC:
            continue
        if named := _named(text, hit):
            found.append(named)
            end = hit.end
    return found


def _named(text, hit):
    written = text[hit.start : hit.end]
    before, after = text[max(0, hit.start - 60) : hit.start], text[hit.end : hit.end + 40]
    if _BASE_AFTER.match(after) or _is_in_compound(before, after):
        return None
    entries = [entry for entry in hit.entries if _is_spelt_so(written, entry.spelt)]
    actors = [entry for entry in entries if entry.kind == "actor" and _is_actor(entry, written, before, after)]
    places = [entry for entry in entries if entry.kind == "place" and _is_place(entry, written, before, after)]
    if actors and places:
        in_place = _INSIDE.search(before) or _is_listed(text, hit)
        if not in_place and _TOWARDS.search(before):
            return None  # "from Pakistan": the country or its government, nobody can tell
        actors, places = ([], places) if in_place else (actors, [])
    if actors:
        return _answer(hit, "actor", actors, written)
    return _answer(hit, "place", places, written) if places else None


def _is_in_compound(before, after):
    """Part of a word such as "Kabul-based" or "anti-Taliban"; what is "U.S.-led" still names who leads."""
    is_before = re.search(r"\w[-‐–]$", before)
    is_after = re.match(r"[-‐–]\w", after) and not re.match(r"[-‐–](?:led|run|backed)\b", after)
    return bool(is_before or is_after)


def _answer(hit, kind, entries, written):
    return Named(hit.start, hit.end, kind, tuple(entries), _why(kind, entries))


def _why(kind, entries):
    is_actor = kind == "actor"
    if len(entries) > 1:
        why = _SEVERAL_ACTORS if is_actor else _SEVERAL_PLACES
        return why % {"count": len(entries)}
    if entries[0].spelt == entries[0].name:
        return (
            gettext("the name of the actor in the register")
            if is_actor
            else gettext("the name of the place in the register")
        )
    return gettext("a name of “%(name)s” in the register") % {"name": entries[0].name}


_SEVERAL_ACTORS = ngettext_lazy(
    "%(count)d actor of the register goes by this name; choose which one is meant",
    "%(count)d actors of the register go by this name; choose which one is meant",
    "count",
)
_SEVERAL_PLACES = ngettext_lazy(
    "%(count)d place of the register goes by this name; choose which one is meant",
    "%(count)d places of the register go by this name; choose which one is meant",
    "count",
)


def _is_spelt_so(written, spelt):
    """A capital wherever the register writes one; letters that have no case ask for nothing."""
    mine, theirs = _words(written), _words(re.sub(r"^[Tt]he ", "", spelt))
    if len(mine) != len(theirs):
        return any(word[0].isupper() or not word[0].isalpha() or word.lower() == word.upper() for word in mine[:1])
    for one, other in zip(mine, theirs, strict=True):
        if other[0].isupper() and not one[0].isupper():
            return False
        if len(other) > 1 and other.isupper() and not one.isupper():
            return False  # an acronym: "us" is not the US
    return True


def _words(text):
    return re.findall(r"[^\W_]+", text)


def _is_actor(entry, written, before, after):
    earlier, later = _neighbours(before, after)
    if entry.is_metonym and _INSIDE.search(before):
        return False
    if entry.sort == ActorKind.STATE and _BORDER_BEFORE.search(before):
        return False
    if earlier in _DEMONYMS and entry.country and entry.country != _DEMONYMS[earlier]:
        return False
    if later[:1].isupper() and later not in words.NEUTRAL_AFTER and not _is_closed(written):
        return False  # "Pakistan Muslim League", "Munir Khan": part of another name
    is_alone = len(_words(written)) == 1
    if is_alone and entry.sort == ActorKind.MEDIA and not written.isupper():
        before = re.split(r"[.!?]\s", before)[-1]
        return bool(_SAYING.search(before[-30:]) or _SAYING.search(after[:25]))
    if is_alone and entry.sort == ActorKind.PERSON and _continues_a_name(earlier):
        return False
    return not (written.isupper() and _stands_in_capitals(earlier, later))


def _is_place(entry, written, before, after):
    earlier, later = _neighbours(before, after)
    if _ORGANISATION_BEFORE.search(before) or _DEMONYMS.get(earlier, "PK") not in ("PK", "AF"):
        return False  # "in Indian Punjab" is not the Punjab of the gazetteer
    if later[:1].isupper() and later not in words.NEUTRAL_AFTER:
        return False
    if not written[:1].isupper():  # a script without capitals: a short name may be any word
        is_placed = _ARABIC_BEFORE.search(before) or _ARABIC_AFTER.match(after)
        is_enough = len(written) > 4 and entry.sort != LocationLevel.COUNTRY  # a country may be its government
        return entry.is_well_known and (is_enough or bool(is_placed))
    if entry.sort == LocationLevel.COUNTRY:
        is_placed = _INSIDE.search(before) or _TOWARDS.search(before) or _AFTER_A_PLACE.search(before)
        return bool(is_placed) and not _SPEAKS.match(after) and not _BORDER_BEFORE.search(before)
    if written.isupper() and len(written) < 4 and _stands_in_capitals(earlier, later):
        return False
    is_placed = _INSIDE.search(before) or _AREA_AFTER.match(after) or (" " in written and _TOWARDS.search(before))
    is_short = entry.sort == LocationLevel.SETTLEMENT and len(written) < 5  # Hub and Moro are large, and words
    if entry.is_well_known and not is_short:
        return bool(is_placed) or not _continues_a_name(earlier)
    return bool(is_placed) and (entry.is_well_known or len(written) > 3)


def _is_listed(text, hit):
    """The country in "North Waziristan, Pakistan, …": after a comma that follows a capitalised name in a place."""
    before = text[max(0, hit.start - 80) : hit.start]
    listed = re.search(
        r"((?:[A-Z][\w’'-]+\s+){0,2}[A-Z][\w’'-]+(?:\s+(?:district|province|area|town|city))?),\s+$", before
    )
    return bool(listed and _INSIDE.search(before[: listed.start()]))


def _neighbours(before, after):
    """The words directly before and after, "" where a sentence, a bracket or a comma stands between."""
    earlier, later = _WORD_BEFORE.search(before), _WORD_AFTER.match(after)
    return earlier[1] if earlier else "", later[1] if later else ""


def _continues_a_name(word):
    """Whether a capitalised word before the name makes it part of a longer one: "Ahmed Mujahid", not "Mullah Mujahid"."""
    if not word[:1].isupper() or word in words.NEUTRAL_BEFORE or word in _DEMONYMS or word.endswith((".", "’s", "'s")):
        return False
    return word.lower().rstrip(".") not in words.TITLES


def _stands_in_capitals(earlier, later):
    """Whether the words around are all capitals, as in a headline: there no acronym can be told from a word."""
    return len(earlier) > 2 and earlier.isupper() and len(later) > 2 and later.isupper()


def _is_closed(written):
    return written.endswith((")", "”", "."))
