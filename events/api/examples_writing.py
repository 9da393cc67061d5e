"""Examples for what keys that write can do. What happens in them, who says it and where it stands is made up."""

from drf_spectacular.utils import OpenApiExample

FACTS = {
    "title": "Attack on a checkpoint in Sample District",
    "date": {"start": "2024-03-15", "end": "2024-03-16", "precision": "day_range"},
    "location": None,
}
CLAIMS = {
    "claims": [
        {
            "aspect": "position",
            "claimant_text": "A shopkeeper",
            "attribution": "residents",
            "text": "He heard the shots from the east.",
            "citations": [
                {
                    "document": {
                        "url": "https://news.example/2024/03/17/residents",
                        "title": "Residents of Sample Town speak",
                        "source": {"name": "Sample News", "kind": "newspaper"},
                        "published": {"start": "2024-03-17"},
                    },
                    "excerpt": "“The shots came from the east,” a shopkeeper said.",
                    "excerpt_language": "en",
                }
            ],
        }
    ]
}
CLAIM = {"hedge": "suspected", "asserted": {"start": "2024-03-17"}}
ADDED = {
    "uid": "7K3M-9QX2",
    "status": "draft",
    "claims": ["8M4N-2RY3"],
    "desk_url": "https://ledger.example/desk/incidents/7K3M-9QX2/",
}
SUBMITTED = {
    "uid": "7K3M-9QX2",
    "status": "submitted",
    "desk_url": "https://ledger.example/desk/incidents/7K3M-9QX2/",
}
TEXT = "Sample Town, 16 March. “The shots came from the east,” a shopkeeper said."
CAPTURED = {
    "uid": "5D2F-7GH1",
    "sha256": "b25f2cd40ae71e26203de93d1786ceea05dcbe0f38fe13cf0a5b9b89d8dd2de4",
    "characters": 73,
    "is_as_sent": True,
    "excerpts_not_found": [],
}
CHANGED_MEANWHILE = OpenApiExample(
    "Two changed the title",
    {
        "type": "/api/docs/#problem-412",
        "title": "Precondition Failed",
        "status": 412,
        "detail": "Somebody else has changed this meanwhile. Nothing was changed. Read it again, and send your request "
        "with the new ETag if you still want it.",
        "instance": "/api/v1/drafts/7K3M-9QX2/",
        "differences": [
            {
                "field": "title",
                "base": "Attack on a checkpoint near Sample Town",
                "yours": "Attack on a checkpoint in Sample District",
                "theirs": "Shots at a checkpoint near Sample Town",
            }
        ],
    },
    response_only=True,
    status_codes=["412"],
)
