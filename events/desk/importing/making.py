"""The rows of the ledger that rows of a file become: many at a time, each with its traces.

Nothing here asks whether it may: `committing` does, in one transaction for each call. Rows are dicts of columns, as
`press/many_rows.py` writes them.
"""

import hashlib
from dataclasses import dataclass, field

from events import names
from events.choices import CATEGORY_OF, Aspect, Kind, Relay, Scope
from events.desk.claims import OPEN_QUALIFIERS
from events.desk.importing import contents
from events.desk.importing.formats import FORMATS
from events.models.casualty import CasualtyLine
from events.models.claim import Citation, Claim
from events.models.incident import Incident
from events.models.source import Document
from events.press import many_rows

EXCERPT = 500


@dataclass
class Maker:
    """What all rows of one import share. `claimant` and `source` stand for the data set, `meanings` for the registers."""

    batch: object
    by: object  # who commits; what is made has the one as its author who brought the file
    claimant: object
    source: object
    meanings: object
    _kept: object = field(init=False)

    def __post_init__(self):
        self._kept = FORMATS[self.batch.format].kept

    def make(self, rows):
        """Drafts of ImportRows, which get their incident, its version and the number of its claims."""
        self.keep_documents(rows)
        self.meanings.look_up([contents.place(row.content["place"]) for row in rows])
        made = many_rows.blank(Incident, len(rows), batch_id=self.batch.pk, created_by_id=self.batch.imported_by_id)
        said = []
        for row, incident in zip(rows, made, strict=True):
            incident |= self.facts(row.content)
            claims = self.claims(row)
            said += [(claim | {"incident_id": incident["id"]}, tolls, row) for claim, tolls in claims]
            row.incident_id, row.version, row.claims = incident["id"], incident["version"], len(claims)
        many_rows.insert(Incident, made)
        many_rows.trace_created(Incident, made, by=self.by, told=["batch_id", "title"])
        self.keep_claims(said)

    def keep_documents(self, rows):
        """The document of each row: the row itself, as it was read."""
        same = {
            "source_id": self.source.pk,
            "kind": "dataset_row",
            "retrieved_at": self.batch.imported_at,
            "licence": self.batch.licence,
            "redistributable": self.batch.is_redistributable,
            "created_by_id": self.batch.imported_by_id,
        }
        of = " ".join(filter(None, (self.batch.dataset_name, self.batch.dataset_version)))
        made = many_rows.blank(Document, len(rows), **same)
        for row, document in zip(rows, made, strict=True):
            text = names.clean(self._kept(dict(row.raw)))
            document["title"] = names.clean(f"{of}, {row.external_id}")[:300]
            document["captured_text"], document["sha256"] = text, hashlib.sha256(text.encode()).hexdigest()
            row.document_id = document["id"]
        many_rows.insert(Document, made)
        many_rows.trace_created(Document, made, by=self.by, told=["source_id", "title"])

    def claims(self, row, first=1):
        """[(dict of columns, list of Toll)] of what a row says, as far as its actors and places are known."""
        said = [pair for pair in contents.claims(row.content) if self._can_be_said(pair[0])]
        return [(self._claim(claim, place), tolls) for place, (claim, tolls) in enumerate(said, start=first)]

    def keep_claims(self, said):
        """Write (dict of columns, list of Toll, ImportRow with its document), with lines, citations and traces."""
        same = {"created_by_id": self.batch.imported_by_id}
        made = many_rows.blank(Claim, len(said), **same)
        citations = many_rows.blank(Citation, len(said))
        lines = many_rows.blank(CasualtyLine, sum(len(tolls) for _claim, tolls, _row in said))
        left = iter(lines)
        for claim, citation, (columns, tolls, row) in zip(made, citations, said, strict=True):
            claim |= columns
            citation |= self._citation(claim, row)
            for place, toll in enumerate(tolls):
                self._say_toll(next(left), claim, place, toll)
        many_rows.insert(Claim, made)
        many_rows.insert(CasualtyLine, lines)
        many_rows.insert(Citation, citations)
        many_rows.trace_created(Claim, made, by=self.by, told=["incident_id", "aspect"])

    def facts(self, content):
        """Columns of what the editors set of an incident, as the row has it."""
        place = self.meanings.place(contents.place(content["place"]))
        return {
            "title": names.clean(content["title"]),
            "summary": names.clean(content["summary"]),
            "kind": content["kind"],
            "category": CATEGORY_OF[Kind(content["kind"])].value,
            "location_id": place.pk,
            "location_precision": place.precision,
        } | _days("date", contents.dated(content["date"]))

    def _can_be_said(self, claim):
        """A claim about somebody or some place that no register knows waits for a name; an unknown date is no claim."""
        if claim.actor is not None:
            return self.meanings.actor(claim.actor) is not None
        if claim.place is not None:
            return self.meanings.place(claim.place).pk is not None
        return claim.aspect != Aspect.DATE or claim.date.start is not None

    def _claim(self, said, position):
        who = self.meanings.actor(said.claimant) if said.claimant else self.claimant.pk
        columns = {
            "position": position,
            "aspect": said.aspect,
            "stance": said.stance,
            "claimant_id": who,
            "claimant_text": names.clean(said.claimant.name)[:200] if said.claimant and who is None else "",
            "attribution": said.attribution,
            "first_hand": said.first_hand,
            "speech_act": said.speech_act,
            "hedge": said.hedge,
            "part": said.part,
            "value_actor_id": self.meanings.actor(said.actor) if said.actor else None,
            "value_location_id": self.meanings.place(said.place).pk if said.place else None,
            "value_code": said.code,
            "value_text": names.clean(said.text),
            "scope": said.scope or Scope.WHOLE_INCIDENT.value,
            "exhaustive": said.exhaustive,
        }
        return columns | (_days("value_date", said.date) if said.date is not None else {})

    def _say_toll(self, line, claim, position, toll):
        line |= toll.__dict__
        del line["party"], line["subset_of"]
        line["claim_id"], line["position"] = claim["id"], position
        line["party_id"] = self.meanings.actor(toll.party) if toll.party else None
        line["open_upper"] = toll.open_upper or toll.qualifier in OPEN_QUALIFIERS

    def _citation(self, claim, row):
        relay = Relay.ORIGINAL if claim["claimant_id"] == self.claimant.pk else Relay.RELAYS
        excerpt = names.clean(row.content["excerpt"])[:EXCERPT]
        return {"claim_id": claim["id"], "document_id": row.document_id, "excerpt": excerpt, "relay": relay.value}


def _days(name, vague):
    return {
        f"{name}_start": vague.start,
        f"{name}_end": vague.end,
        f"{name}_precision": str(vague.precision),
        f"{name}_time": vague.time_local,
        f"{name}_zone": vague.time_zone,
    }
