"""The OpenAPI description of numbered releases."""

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema

from events.api import questions
from events.api.schema import _list, _operation, _path, _problems
from events.api.shapes import ADDRESS, FLAG, MOMENT, TEXT, UID, WHOLE, Shape, keyed, many, maybe, thing

SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
FIGURE = thing(
    {
        "low": maybe(WHOLE),
        "best": maybe(WHOLE),
        "high": maybe(WHOLE),
        "open_upper": FLAG,
        "incidents": {**WHOLE, "description": "Incidents whose toll is in the sums."},
        "without_figure": {**WHOLE, "description": "Violent incidents of which nobody gives a figure."},
    }
)
RELEASE = Shape(
    "Release",
    thing(
        {
            "name": TEXT,
            "frozen_at": MOMENT,
            "ruleset": WHOLE,
            "product": TEXT,
            "manifest_sha256_as_frozen": SHA256,
            "url": ADDRESS,
        },
        description="The whole public record as it stood at frozen_at. It never changes.",
    ),
)
MANIFEST = Shape(
    "ReleaseManifest",
    {
        "type": "object",
        "description": "redacted is there only where something in it is withheld since; files and totals are without it.",
        "properties": {
            "release": TEXT,
            "title": TEXT,
            "frozen_at": MOMENT,
            "ruleset": WHOLE,
            "product": TEXT,
            "url": ADDRESS,
            "previous": maybe(TEXT),
            "licence": TEXT,
            "totals": thing(
                {
                    **dict.fromkeys(("incidents", "counted", "relations", "claims", "documents", "sources"), WHOLE),
                    "killed": FIGURE,
                    "injured": FIGURE,
                }
            ),
            "redacted": thing(
                {
                    "why": TEXT,
                    "editions": many(thing({"subject": TEXT, "uid": UID, "edition": WHOLE, "sha256": SHA256})),
                    "sha256_as_frozen": keyed(SHA256),
                }
            ),
            "files": many(
                thing(
                    {
                        "name": TEXT,
                        "what": TEXT,
                        "media_type": TEXT,
                        "bytes": WHOLE,
                        "rows": maybe(WHOLE),
                        "sha256": SHA256,
                        "url": ADDRESS,
                    }
                )
            ),
            "manifest": thing({"sha256": SHA256, "url": ADDRESS}),
            "errata": many(thing({"noted_at": MOMENT, "text": TEXT})),
        },
        "required": ["release", "title", "frozen_at", "ruleset", "totals", "files", "manifest", "errata"],
    },
)
_NAME = _path("name", {"type": "string", "pattern": r"^\d{4}\.\d{1,4}$"}, "The name of the release, such as 2026.1.")
_FILE = _path("file", {"type": "string", "maxLength": 60}, "The name of a file in its manifest, or SHA256SUMS.")
EXAMPLE = OpenApiExample(
    "Two releases",
    {
        "count": 2,
        "count_is": "exact",
        "next": None,
        "previous": None,
        "selection": {},
        "ruleset": 1,
        "last_sequence": 412,
        "results": [
            {
                "name": name,
                "frozen_at": f"{day}T09:00:00Z",
                "ruleset": 1,
                "product": "frontier-ledger 0.1.0",
                "manifest_sha256_as_frozen": letter * 64,
                "url": f"https://ledger.example/api/v1/releases/{name}/",
            }
            for name, day, letter in (("2026.2", "2026-11-02", "b"), ("2026.1", "2026-05-04", "a"))
        ],
    },
    response_only=True,
    status_codes=["200"],
)

releases = _list("listReleases", RELEASE, "Releases", questions.Paging, examples=[EXAMPLE])
release = _operation("readRelease", MANIFEST, "Releases", path=[_NAME], also=(404,))
file = extend_schema(
    operation_id="readFileOfRelease",
    tags=["Releases"],
    parameters=[_NAME, _FILE],
    responses={
        (200, "application/octet-stream"): OpenApiResponse(
            {"type": "string", "format": "binary"}, description="The file; its ETag is its SHA-256."
        ),
        304: OpenApiResponse(None, description="You have this file."),
        **_problems((400, 401, 404, 410, 429)),
    },
)
