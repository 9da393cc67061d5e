"""Public claims in one line each, for pages that list claims of many incidents."""

import json

from events.models.actor import Actor
from events.rules import wording


def read(rows):
    """[{"uid", "row", "aspect", "claimant", "words"}] of PublishedClaim rows; one query for the names they mention."""
    bodies = [json.loads(row.body) for row in rows]
    slugs = {slug for body in bodies for slug in (body["claimant"], body["actor"], *_parties(body)) if slug}
    actors = {
        actor["slug"]: actor for actor in Actor.objects.filter(slug__in=slugs).values("slug", "name", "short_name")
    }
    return [
        {
            "uid": body["uid"],
            "row": row,
            "aspect": body["aspect"],
            "claimant": wording.claimant(body, actors),
            "words": wording.said(body, actors),
        }
        for row, body in zip(rows, bodies, strict=True)
    ]


def _parties(body):
    return [line["party"] for line in body["lines"]]
