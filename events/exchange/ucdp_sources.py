"""What a document cites, as UCDP's five columns of sources; entries of one row stand in the same order in each."""

_BREAKS = str.maketrans({";": ",", '"': "'", "\n": " ", "\r": " "})  # what would end an entry before its time


def sources(document):
    """Column → cell. Reprints and copies of agency reports are left out: they are the same source once more."""
    cited = [one for one in document["documents"] if one["derived_from"] is None]
    claimants = _claimants(document)
    entries = [
        (_plain(one["source"]["name"]), _day(one), _plain(one["title"]), ", ".join(claimants.get(one["uid"], ())))
        for one in cited
    ]
    articles = ";".join(f'"{",".join(entry[:3])}"' for entry in entries)
    office, date, headline, original = (";".join(entry[place] for entry in entries) for place in range(4))
    return {
        "number_of_sources": len(entries),
        "source_article": articles,
        "source_office": office,
        "source_date": date,
        "source_headline": headline,
        "source_original": original,
    }


def _claimants(document):
    """Uid of a document → who says something in it, each once, in the order of the claims."""
    claims = [*document["claims"], *(claim for link in document["links"] for claim in link["claims"])]
    found = {}
    for claim in claims:
        named = document["actors"].get(claim["claimant"])
        name = _plain(named["name"] if named else claim["claimant_text"])
        for citation in claim["citations"]:
            found.setdefault(citation["document"], {})[name] = None
    return {uid: [name for name in names if name] for uid, names in found.items()}


def _day(document):
    """The day of publication; "" when it is not known to the day."""
    published = document["published"]
    return published["start"] if published and published["start"] == published["end"] else ""


def _plain(text):
    return text.translate(_BREAKS)
