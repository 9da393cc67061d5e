"""Made-up public documents, as small as a row of ACLED needs; their shape is docs/document.md."""

from events.exchange import acled

FACTS = acled.Facts(countries={"pakistan": "PK", "afghanistan": "AF", "iran": "IR"})
NO_FIGURE = {"low": None, "best": None, "high": None, "open_upper": False}


def figure(low, best=None, high=None, open_upper=False):
    return {"low": low, "best": best, "high": high, "open_upper": open_upper}


def actor(name, kind="state_force", side="pakistan", home="PK"):
    return {"name": name, "kind": kind, "side": side, "home_country": home}


def place(**changes):
    return {
        "slug": "barmal",
        "name": "Barmal",
        "level": "district",
        "latitude": 32.70428,
        "longitude": 69.25737,
        "uncertainty_km": 35.0,
        "coordinate_basis": "centroid",
        "country": {"slug": "afghanistan", "name": "Afghanistan"},
        "province": {"slug": "paktika", "name": "Paktika"},
        "district": {"slug": "barmal", "name": "Barmal"},
    } | changes


def in_pakistan(**changes):
    return place(
        slug="mir-ali",
        name="Mir Ali",
        country={"slug": "pakistan", "name": "Pakistan"},
        province={"slug": "kp", "name": "Khyber Pakhtunkhwa"},
        district={"slug": "nw", "name": "North Waziristan"},
        **changes,
    )


def claim(claimant=None, aspect="occurrence", **changes):
    return {
        "claimant": claimant,
        "claimant_text": "" if claimant else "A witness",
        "aspect": aspect,
        "stance": "asserts",
        "speech_act": "report",
        "is_eligible": True,
        "code": "",
        "actor": None,
        "citations": [{"document": "D-1"}],
    } | changes


def source(uid, name, scale="national", kind="newspaper"):
    return {"uid": uid, "source": {"name": name, "scale": scale, "kind": kind}}


def killed(total=None, **categories):
    return {"killed": {"total": total or NO_FIGURE, "by_category": categories}}


def headline(**changes):
    return {
        "attribution": {"status": "unattributed", "actor": None},
        "targets": [],
        "target_natures": [],
        "casualties": killed(),
        "contested": [],
        "harm_grade": "none_reported",
        "cross_border": {"is_cross_border": False, "fire_across": "unknown"},
        "escalation": None,
    } | changes


def natures(*codes):
    return [{"code": code, "claims": []} for code in codes]


def contested(*aspects):
    return [{"aspect": aspect, "pairs": []} for aspect in aspects]


def done_by(slug, status="self_claimed"):
    return {"status": status, "actor": slug}


def document(*, conclude=None, day="2024-03-18", precision="day", until=None, time="", **changes):
    return {
        "uid": "0000-003W",  # 124
        "edition": {"published_at": "2024-03-20T12:00:00Z", "kind": "published"},
        "title": "Made-up incident",
        "summary": "",
        "category": "violent",
        "kind": "air_strike",
        "date": {"start": day, "end": until or day, "precision": precision, "time_local": time or None},
        "location": place(),
        "location_precision": "district",
        "headline": headline(**(conclude or {})),
        "participants": [],
        "bodies": {},
        "actors": {},
        "parts": [],
        "links": [],
        "claims": [claim()],
        "documents": [source("D-1", "Dawn")],
    } | changes
