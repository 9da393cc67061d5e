"""The words by which a published document is found: the rows of the word index, made from the document alone, in English."""

from django.apps import apps

from events import tongue, uids
from events.choices import EditionKind
from events.models.edition import PublishedClaim
from events.models.words import ClaimWords, IncidentWords, Term, Wanted, token, written
from events.press import rows
from events.rules import wording

BATCH = 100  # rows in one statement
_LEVELS = ("country", "province", "district")


@tongue.english()
def put(made):
    """Write the words of these public documents, given as (edition, document), instead of those they had.

    A claim that several of them hold stands where the last has it. Six statements at most for some hundred documents.
    """
    made = [(edition.subject_uid, content) for edition, content in made if edition.kind == EditionKind.PUBLISHED]
    known = _entries([content for _, content in made])
    incidents = {uid: incident_columns(content, known) for uid, content in made if "title" in content}
    claims = {
        uids.parse(claim["uid"]): claim_columns(claim, content, known)
        for _, content in made
        for claim in claims_in(content)
    }
    for table, found in ((IncidentWords, incidents), (ClaimWords, claims)):
        _clear(table, found)
        table.objects.bulk_create(
            (table(number=uids.number(uid), uid=uid, **columns) for uid, columns in found.items()), batch_size=BATCH
        )


@tongue.english()
def hold(made, model=apps.get_model):
    """Write the words of these public documents of incidents beside those of their other editions."""
    known, table = _entries([content for _, content in made], model), model("events", "HeldWords")
    table.objects.bulk_create(
        (
            table(number=edition.pk, uid=edition.subject_uid, **incident_columns(content, known))
            for edition, content in made
        ),
        batch_size=BATCH,
    )


def remove(subject):
    """Take away the words of a PublishedIncident or PublishedRelation and of its claims, before its row goes."""
    _clear(IncidentWords, [subject.uid])
    _clear(ClaimWords, PublishedClaim.objects.filter(**{_owner(subject): subject}).values_list("uid", flat=True))


def naming(table, entry):
    """Uids of the rows of one of the tables of words that name an actor or a place."""
    wanted = Wanted((Term((token(entry.uid),), is_exact=True),))
    return table.objects.filter(uid__holds=wanted).values("uid")


def claims_in(content):
    """Every claim of a document, those about links included."""
    groups = [content.get("claims", ()), *(link["claims"] for link in content.get("links", ()))]
    return [claim for group in groups for claim in group]


def incident_columns(content, known):
    """The columns of an incident. `known` maps the slugs of its actors and places to uids."""
    place = content["location"] or {}
    named = [name for actor in content["actors"].values() for name in (actor["name"], actor["short_name"])]
    cited = [text for paper in content["documents"] for text in (paper["title"], paper["source"]["name"])]
    return {
        "title": written(content["title"]),
        "names": _with_entries([place.get("shown", ""), *named, *cited], slugs_in(content), known),
        "summary": written(content["summary"], content["date"]["shown"], *content["tags"]),
        "claims": written(*(text for claim in claims_in(content) for text in _told(claim, content))),
    }


def claim_columns(claim, content, known):
    """The columns of one claim of a document."""
    papers = {paper["uid"]: paper for paper in content["documents"]}
    cited = [papers[citation["document"]] for citation in claim["citations"]]
    slugs = [slug for slug in _slugs_of_claim(claim) if slug]
    named = [content["actors"].get(slug, {}).get(key, "") for slug in slugs for key in ("name", "short_name")]
    sources = [text for paper in cited for text in (paper["title"], paper["source"]["name"])]
    return {
        "title": "",
        "names": _with_entries([claim["claimant_text"], *named, *sources], slugs, known),
        "summary": written(_worded(claim, content)),
        "claims": written(*_quoted(claim)),
    }


def slugs_in(content):
    """Slugs of the actors and places that a document names."""
    place = content.get("location") or {}
    around = [place.get("slug"), *((place.get(level) or {}).get("slug") for level in _LEVELS)]
    told = [(claim["location"] or {}).get("slug") for claim in claims_in(content)]
    return [slug for slug in dict.fromkeys([*content["actors"], *around, *told]) if slug]


def _worded(claim, content):
    """What the claim says, in its own words and in those of the pages."""
    return f"{wording.value(claim, content['actors'])} {wording.remark(claim)}"


def _told(claim, content):
    return [claim["claimant_text"], _worded(claim, content), *_quoted(claim)]


def _quoted(claim):
    return [text for cited in claim["citations"] for text in (cited["excerpt"], cited["translation"])]


def _slugs_of_claim(claim):
    place = (claim["location"] or {}).get("slug")
    return [claim["claimant"], claim["actor"], place, *(line["party"] for line in claim["lines"])]


def _with_entries(texts, slugs, known):
    tokens = {token(uid) for slug in slugs for uid in known.get(slug, ())}
    return " ".join(filter(None, (written(*texts), *sorted(tokens))))


def _entries(contents, model=apps.get_model):
    """Slug → uids of the actor and the place of that slug, or of those into which they were folded. Two queries."""
    slugs, found = {slug for content in contents for slug in slugs_in(content)}, {}
    for register in ("Actor", "Location"):
        for slug, row in rows.by_slug(model("events", register), slugs).items():
            found.setdefault(slug, []).append(row.uid)
    return found


def _clear(table, held):
    table.objects.filter(pk__in=[uids.number(uid) for uid in held]).delete()


def _owner(subject):
    return "incident" if subject._meta.model_name == "publishedincident" else "relation"
