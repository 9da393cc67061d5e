"""Made-up public documents for the rows of UCDP, with readable defaults."""

from events.exchange.ucdp_names import External, Register
from tests.record import rows

REGISTER = Register({"pakistan": "PK", "afghanistan": "AF", "nowhere": ""}, {})
ACTORS = {
    "pakistan": ("state", "pakistan", "PK"),
    "army": ("state_force", "pakistan", "PK"),
    "foreign-office": ("office", "pakistan", "PK"),
    "taliban": ("de_facto_authority", "afghanistan_de_facto", "AF"),
    "front": ("armed_group", "non_state", ""),
    "faction": ("faction", "non_state", ""),
    "rivals": ("armed_group", "non_state", ""),
    "commander": ("person", "non_state", ""),
    "villagers": ("population_group", "third", ""),
    "gunmen": ("unidentified", "non_state", ""),
}
BODIES = {"army": ["pakistan"], "faction": ["front"], "commander": ["front"]}


def document(
    *,
    by=None,
    status="self_claimed",
    at=(),
    hit=(),
    dead=None,
    party=None,
    total=None,
    contested=(),
    claims=(),
    start="2024-03-18",
    end=None,
    precision="day",
    where="district",
    place=None,
    **more,
):
    """The document of an incident: `by` did it, it was aimed `at` actors, `hit` natures, `dead` is category → number."""
    dead = {"civilian": 3} if dead is None else dead
    killed = {
        "total": total or rows.figure(*[sum(dead.values())] * 3),
        "by_category": {
            code: rows.figure(*[dead.get(code)] * 3) for code in ("civilian", "security_forces", "militant", "unknown")
        },
        "by_party": {slug: rows.figure(number, number, number) for slug, number in (party or {}).items()},
        "subsets": {},
        "excluding_perpetrators": rows.figure(),
    }
    headline = {
        "attribution": {
            "status": status if by else "unattributed",
            "actor": by,
            "candidates": [],
            "is_contested": False,
            "claims": [],
        },
        "targets": [{"actor": slug, "part": "target", "claims": []} for slug in at],
        "target_natures": [{"code": code, "claims": []} for code in hit],
        "casualties": {"killed": killed},
        "contested": [{"aspect": aspect, "pairs": []} for aspect in contested],
    }
    made = rows.documents(
        kind=more.pop("kind", "air_strike"),
        headline=headline,
        claims=claims,
        actors={slug: actor(slug, *values) for slug, values in ACTORS.items()},
        **{"bodies": BODIES} | more,
    )
    made["date"] |= {"start": start, "end": end or start, "precision": precision}
    made["location"] = barmal() if place is None else place
    made["location_precision"] = where
    return {"uid": "7K3M-9QX2", **made}


def actor(slug, kind, side, home):
    name = slug.replace("-", " ").title()
    return {"uid": "", "name": name, "short_name": "", "kind": kind, "side": side, "home_country": home}


def barmal(**more):
    return {
        "uid": "AAAA-AAAA",
        "slug": "barmal",
        "name": "Barmal",
        "level": "district",
        "latitude": 32.70428,
        "longitude": 69.20583,
        "uncertainty_km": 20.0,
        "coordinate_basis": "seat",
        "disputed_note": "",
        "country": {"slug": "afghanistan", "name": "Afghanistan"},
        "province": {"slug": "paktika", "name": "Paktika"},
        "district": {"slug": "barmal", "name": "Barmal"},
        "shown": "Barmal, Paktika, Afghanistan",
    } | more


def says(claimant, aspect, **value):
    """An eligible claim by an actor of the document."""
    return rows.claim_body("CCCCCCCC", claimant=claimant, aspect=aspect, **value)


def numbered(actors, countries=None):
    """A Register in which actors have numbers and names: slug → (scheme, text) pairs."""
    return Register(
        countries or REGISTER.countries,
        {slug: tuple(External(*pair) for pair in pairs) for slug, pairs in actors.items()},
    )
