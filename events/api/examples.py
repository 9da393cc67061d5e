"""Examples for the API's description and its page. What happens in them, who says it and where it stands is made up."""

from drf_spectacular.utils import OpenApiExample

DRAFT = {
    "title": "Attack on a checkpoint near Sample Town",
    "kind": "armed_assault",
    "date": {"start": "2024-03-16", "precision": "part_of_day", "time_local": "05:30", "time_zone": "Asia/Karachi"},
    "location": "pakistan",
    "location_precision": "country",
    "claims": [
        {
            "aspect": "casualties",
            "claimant_text": "A district officer",
            "attribution": "local_officials",
            "lines": [
                {"outcome": "killed", "category": "security_forces", "qualifier": "exact", "best": 2},
                {"outcome": "injured", "category": "all", "qualifier": "at_least", "low": 5},
            ],
            "citations": [
                {
                    "document": {
                        "url": "https://news.example/2024/03/16/checkpoint",
                        "title": "Two killed at checkpoint",
                        "source": {"name": "Sample News", "kind": "newspaper"},
                        "published": {"start": "2024-03-16"},
                    },
                    "excerpt": "Two men of the force were killed and at least five people were hurt, the officer said.",
                    "excerpt_language": "en",
                }
            ],
        }
    ],
}
LOGGED = {"uid": "7K3M-9QX2", "status": "draft", "desk_url": "https://ledger.example/desk/incidents/7K3M-9QX2/"}
INCIDENTS = OpenApiExample(
    "An empty page",
    {
        "count": 0,
        "count_is": "exact",
        "next": None,
        "previous": None,
        "selection": {"date_from": "2024-03-18", "date_to": "2024-03-18", "kind": ["air_strike"]},
        "ruleset": 1,
        "last_sequence": 4711,
        "as_of": None,
        "edition": None,
        "release": None,
        "withheld": 0,
        "results": [],
    },
    response_only=True,
)
CHANGES = OpenApiExample(
    "A withdrawal, the last change so far",
    {
        "since": 4711,
        "next": "https://ledger.example/api/v1/changes/?since=4711&limit=50",
        "has_more": False,
        "selection": {"since": 4710, "limit": 50, "wait": 0},
        "ruleset": 1,
        "results": [
            {
                "sequence": 4711,
                "subject": "incident",
                "uid": "7K3M-9QX2",
                "number": 2,
                "kind": "withdrawn",
                "reason": "retraction",
                "note": "The made-up source took its report back.",
                "is_withheld": False,
                "merged_into": None,
                "ruleset": 1,
                "sha256": "0" * 64,
                "published_at": "2024-03-18T12:00:00Z",
                "url": "https://ledger.example/api/v1/editions/4711/",
            }
        ],
    },
    response_only=True,
)
PROVENANCE = OpenApiExample(
    "A toll from one claim",
    {
        "uid": "7K3M-9QX2",
        "edition": 1,
        "sha256": "0" * 64,
        "ruleset": 1,
        "values": [
            {
                "path": "headline.casualties.killed.total",
                "value": {"low": 2, "best": 2, "high": 2, "open_upper": False, "composite": False},
                "shown": "2",
                "label": "Killed",
                "rule": {"number": "R7", "url": "https://ledger.example/methodology/#R7"},
                "why": "2: A district officer, accepted as 6.",
                "claims": ["8M4N-2RY3"],
            }
        ],
        "unused_claims": [],
    },
    response_only=True,
)
PROBLEM = OpenApiExample(
    "A wrong parameter",
    {
        "type": "/api/docs/#problem-400",
        "title": "Bad Request",
        "status": 400,
        "detail": "The question was refused; see the errors.",
        "instance": "/api/v1/incidents/",
        "errors": {"kind": ["kind: “bombing” is not a kind. Use one of: suicide_bombing, shelling, raid."]},
    },
    response_only=True,
    status_codes=["400"],
)
