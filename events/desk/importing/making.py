"""The rows of the ledger that rows of a file become: many at a time, each with its traces.

Nothing here asks whether it may: `committing` does, in one transaction for each call.
"""

import hashlib
from dataclasses import dataclass, field

from events import names
from events.choices import CATEGORY_OF, Aspect, IncidentStatus, Kind, Relay
from events.desk.claims import OPEN_QUALIFIERS
from events.desk.importing import contents
from events.desk.importing.formats import FORMATS
from events.models.casualty import CasualtyLine
from events.models.claim import Citation, Claim
from events.models.incident import Incident
from events.models.source import Document
from events.press import traces

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
        documents = self.documents(rows)
        incidents = [self._incident(row) for row in rows]
        Incident.objects.bulk_create(incidents)
        traces.created_many([(one, {}) for one in incidents], by=self.by)
        pairs = [
            (claim, tolls, row, document)
            for row, incident, document in zip(rows, incidents, documents, strict=True)
            for claim, tolls in self.claims(row, incident)
        ]
        self.keep_claims(pairs)
        counts = {}
        for claim, *_rest in pairs:
            counts[claim.incident_id] = counts.get(claim.incident_id, 0) + 1
        for row, incident in zip(rows, incidents, strict=True):
            row.incident_id, row.version, row.claims = incident.pk, incident.version, counts.get(incident.pk, 0)

    def documents(self, rows):
        """The document of each row: the row itself, as it was read."""
        made = [self._document(row) for row in rows]
        Document.objects.bulk_create(made)
        traces.created_many([(one, {}) for one in made], by=self.by)
        for row, document in zip(rows, made, strict=True):
            row.document = document
        return made

    def claims(self, row, incident, first=1):
        """[(Claim, list of Toll)] of what a row says, as far as its actors and places are known."""
        said = [pair for pair in contents.claims(row.content) if self._can_be_said(pair[0])]
        return [
            (self._claim(claim, incident, place), tolls) for place, (claim, tolls) in enumerate(said, start=first)
        ]

    def keep_claims(self, pairs):
        """Write (Claim, list of Toll, ImportRow, Document) with lines, citations and traces."""
        Claim.objects.bulk_create([claim for claim, *_rest in pairs])
        lines, citations, traced = [], [], []
        for claim, tolls, row, document in pairs:
            of_claim = [self._line(claim, place, toll) for place, toll in enumerate(tolls)]
            citation = self._citation(claim, row, document)
            lines += of_claim
            citations.append(citation)
            held = {"lines": [_held_line(line) for line in of_claim], "citations": [_held_citation(citation)]}
            traced.append((claim, held))
        CasualtyLine.objects.bulk_create(lines)
        Citation.objects.bulk_create(citations)
        traces.created_many(traced, by=self.by)

    def facts(self, content):
        """Dict of what the editors set of an incident, as the row has it."""
        place = self.meanings.place(contents.place(content["place"]))
        return {
            "title": names.clean(content["title"]),
            "summary": names.clean(content["summary"]),
            "kind": content["kind"],
            "category": CATEGORY_OF[Kind(content["kind"])].value,
            "date": contents.dated(content["date"]),
            "location_id": place.pk,
            "location_precision": place.precision,
        }

    def _incident(self, row):
        made = Incident(
            status=IncidentStatus.DRAFT.value, batch=self.batch, created_by_id=self.batch.imported_by_id
        )
        for name, value in self.facts(row.content).items():
            setattr(made, name, value)
        return made

    def _document(self, row):
        text = names.clean(self._kept(row.raw))
        title = f"{self.batch.dataset_name}, {row.external_id}"
        if self.batch.dataset_version:
            title = f"{self.batch.dataset_name} {self.batch.dataset_version}, {row.external_id}"
        return Document(
            source=self.source,
            title=names.clean(title)[:300],
            kind="dataset_row",
            captured_text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest() if text else "",
            retrieved_at=self.batch.imported_at,
            licence=self.batch.licence,
            redistributable=self.batch.is_redistributable,
            created_by_id=self.batch.imported_by_id,
        )

    def _can_be_said(self, claim):
        """A claim about somebody or some place that no register knows waits for a name; an unknown date is no claim."""
        if claim.actor is not None:
            return self.meanings.actor(claim.actor) is not None
        if claim.place is not None:
            return self.meanings.place(claim.place).pk is not None
        return claim.aspect != Aspect.DATE or claim.date.start is not None

    def _claim(self, said, incident, position):
        who = self.meanings.actor(said.claimant) if said.claimant else self.claimant.pk
        made = Claim(
            incident=incident,
            position=position,
            aspect=said.aspect,
            stance=said.stance,
            claimant_id=who,
            claimant_text=names.clean(said.claimant.name)[:200] if said.claimant and who is None else "",
            attribution=said.attribution,
            first_hand=said.first_hand,
            speech_act=said.speech_act,
            hedge=said.hedge,
            part=said.part,
            value_actor_id=self.meanings.actor(said.actor) if said.actor else None,
            value_location_id=self.meanings.place(said.place).pk if said.place else None,
            value_code=said.code,
            value_text=names.clean(said.text),
            exhaustive=said.exhaustive,
            created_by_id=self.batch.imported_by_id,
        )
        if said.date is not None:
            made.value_date = said.date
        if said.scope:
            made.scope = said.scope
        return made

    def _line(self, claim, position, toll):
        return CasualtyLine(
            claim=claim,
            position=position,
            outcome=toll.outcome,
            category=toll.category,
            party_id=self.meanings.actor(toll.party) if toll.party else None,
            demographic=toll.demographic,
            directness=toll.directness,
            qualifier=toll.qualifier,
            low=toll.low,
            best=toll.best,
            high=toll.high,
            open_upper=toll.open_upper or toll.qualifier in OPEN_QUALIFIERS,
        )

    def _citation(self, claim, row, document):
        relay = Relay.RELAYS if claim.claimant_id != self.claimant.pk else Relay.ORIGINAL
        return Citation(
            claim=claim, document=document, excerpt=names.clean(row.content["excerpt"])[:EXCERPT], relay=relay.value
        )


_LINE = ("outcome", "category", "demographic", "directness", "qualifier", "low", "best", "high", "open_upper")


def _held_line(line):
    return {name: getattr(line, name) for name in _LINE} | {"party": line.party_id, "subset_of": None}


def _held_citation(citation):
    return {
        "document": citation.document_id,
        "excerpt": citation.excerpt,
        "excerpt_language": "",
        "translation": "",
        "locator": "",
        "relay": citation.relay,
    }
