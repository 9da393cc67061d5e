"""The columns of an ACLED row that are put together from many values: sources, their scale, notes and tags."""

from datetime import date

from events.choices import Aspect, LinkType, SourceKind, SourceScale, SpeechAct, Stance

_SCALES = {
    SourceScale.INTERNATIONAL: "International",
    SourceScale.REGIONAL: "Regional",
    SourceScale.NATIONAL: "National",
    SourceScale.LOCAL: "Subnational",
}
_NEW_MEDIA = (SourceKind.SOCIAL_ACCOUNT, SourceKind.ARMED_GROUP_CHANNEL)
_ORDER = (*_SCALES.values(), "New media", "Other")  # the largest first
_OWNING = (SpeechAct.CLAIM_OF_RESPONSIBILITY, SpeechAct.ACKNOWLEDGEMENT)
_DEED = (Aspect.OCCURRENCE, Aspect.PERPETRATOR)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def sources(document):
    """Names of the sources that the incident's claims cite, each once, by name."""
    return sorted({found["name"] for found in _cited(document)}, key=lambda name: (name.casefold(), name))


def source_scale(document):
    """The two largest scales of its sources joined by a hyphen: "International-National"."""
    found = {_scale(source) for source in _cited(document)}
    return "-".join([scale for scale in _ORDER if scale in found][:2])


def notes(document, geo_precision):
    """What the columns cannot say, in sentences: when, what, who owns or denies it, the range of the toll, the place."""
    said = [f"{_when(document['date'])}, {document['title'].strip().rstrip('.')}."]
    if summary := document["summary"].strip():
        said.append(summary)
    for word, claimants in (("Claimed", _owning(document)), ("Denied", _denying(document))):
        if claimants:
            said.append(f"{word}: {', '.join(claimants)}.")
    said.append(_toll(document))
    said.append(_coded(document, geo_precision))
    return " ".join(sentence for sentence in said if sentence)


def tags(document):
    """Structured remarks joined by "; ", in one order; what the columns flatten stands here."""
    concluded = document["headline"]
    contested = ",".join(dict.fromkeys(entry["aspect"] for entry in concluded["contested"]))
    answered = [link["to"] for link in document["links"] if link["type"] == LinkType.RETALIATION_FOR]
    found = [
        ("contested", contested),
        ("attribution", concluded["attribution"]["status"]),
        *(("retaliation_for", uid) for uid in answered),
        ("harm_grade", concluded["harm_grade"] if concluded["harm_grade"] != "none_reported" else ""),
        ("cross_border", "yes" if concluded["cross_border"]["is_cross_border"] else ""),
        ("level", "" if concluded["escalation"] is None else f"E{concluded['escalation']}"),
        ("killed", "" if _total(document) else "not_reported"),
    ]
    return "; ".join(f"{name}={value}" for name, value in found if value)


def _cited(document):
    uids = {citation["document"] for claim in document["claims"] for citation in claim["citations"]}
    return [one["source"] for one in document["documents"] if one["uid"] in uids]


def _scale(source):
    if source["kind"] in _NEW_MEDIA:
        return "New media"
    return _SCALES.get(source["scale"], "Other")


def _when(vague):
    start = _day(vague["start"])
    if vague["precision"] == "month":
        return f"In {start.split(' ', 1)[1]}"
    if vague["end"] != vague["start"]:
        return f"Between {start} and {_day(vague['end'])}"
    about = "" if vague["precision"] == "minute" else "about "
    return f"On {start}" + (f" {about}{vague['time_local']}" if vague["time_local"] else "")


def _day(text):
    day = date.fromisoformat(text)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _owning(document):
    return _claimants(document, lambda claim: claim["speech_act"] in _OWNING and claim["stance"] == Stance.ASSERTS)


def _denying(document):
    return _claimants(document, lambda claim: claim["stance"] == Stance.DENIES and claim["aspect"] in _DEED)


def _claimants(document, is_meant):
    """Names of those who make such a claim that counts, in the order of the document."""
    found = (
        document["actors"][claim["claimant"]]["name"] if claim["claimant"] else claim["claimant_text"]
        for claim in document["claims"]
        if claim["is_eligible"] and is_meant(claim)
    )
    return [name for name in dict.fromkeys(found) if name]


def _total(document):
    """The figure of those killed, or None where nobody gives one."""
    total = (document["headline"]["casualties"].get("killed") or {}).get("total") or {}
    return total if any(total.get(bound) is not None for bound in ("low", "best", "high")) else None


def _toll(document):
    total = _total(document)
    if total is None:
        return "Killed: not reported."
    low, high = total["low"], total["high"]
    if low == high:
        shown = str(low)
    elif low is None or high is None:
        shown = f"about {total['best']}" if low is high else f"{low} or more" if high is None else f"up to {high}"
    else:
        shown = f"{low} to {high}"
    return f"Killed: {shown}{' or more' if total['open_upper'] and high is not None else ''} (range of the accounts)."


def _coded(document, geo_precision):
    if geo_precision == 1:
        return ""
    place = document["location"]
    known_to = document["location_precision"].replace("_", " ")
    return f"[place known to the {known_to}; coded to {place['name']} with GP{geo_precision}]"
