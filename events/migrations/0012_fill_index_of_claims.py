"""Fill the columns that profiles and files read; the rows that are there already follow from their editions."""

import json

from django.db import migrations


def fill(apps, schema_editor):
    model = lambda name: apps.get_model("events", name)  # noqa: E731
    bodies = model("EditionDocument").objects
    ends = _ends(model("Actor"))
    for row in model("PublishedIncident").objects.only("uid", "edition_id").iterator(chunk_size=200):
        content = json.loads(bodies.get(pk=row.edition_id).body)
        vague = content["date"]
        model("PublishedIncident").objects.filter(pk=row.pk).update(
            time_local=vague["time_local"] or "", time_zone=vague["time_zone"], utc=vague["utc"] or ""
        )
        contested = {uid for entry in content["headline"]["contested"] for pair in entry["pairs"] for uid in pair}
        _fill_claims(model, content, ends, contested)
        for link in content["links"]:
            _fill_claims(model, link, ends, set())
    for row in model("PublishedRelation").objects.only("uid", "edition_id").iterator(chunk_size=200):
        _fill_claims(model, json.loads(bodies.get(pk=row.edition_id).body), ends, set())


def _ends(actors):
    """Slug → key of the actor that stands for it, however often it was folded on."""
    into = dict(actors.objects.values_list("pk", "merged_into"))
    found = {}
    for slug, pk in actors.objects.values_list("slug", "pk"):
        while into[pk] is not None:
            pk = into[pk]
        found[slug] = pk
    return found


def _fill_claims(model, content, ends, contested):
    for claim in content["claims"]:
        uid = claim["uid"].replace("-", "")
        model("PublishedClaim").objects.filter(pk=uid).update(
            actor=ends.get(claim["actor"]),
            is_contested=claim["uid"] in contested,
            is_retracted=bool(claim["retracted_at"]),
            is_superseded=bool(claim["superseded_by"]),
        )
        for number, citation in enumerate(claim["citations"]):
            model("PublishedCitation").objects.filter(claim=uid, position=number).update(
                relay=citation["relay"], language=citation["excerpt_language"]
            )


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0011_index_of_claims"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
