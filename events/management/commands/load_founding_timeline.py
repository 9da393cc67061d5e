"""Load the founding timeline that ships with the product, through the same verbs that people use."""

import json
from datetime import date, time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from events.choices import LinkType
from events.desk import claims, incidents, people, registers
from events.models.actor import Actor, ActorRelation
from events.models.edition import Edition, Subject
from events.models.incident import Incident, IncidentLink
from events.models.location import Location
from events.models.source import Document, Source
from events.press import editions
from events.rules.dates import VagueDate

REASON = "new_incident"


class Command(BaseCommand):
    help = "Log, review and publish the founding timeline. Repeating it adds only what is missing."

    def handle(self, *args, **options):
        folder = Path(settings.BASE_DIR) / "data" / "founding-timeline"
        with transaction.atomic():
            loader = Loader(folder, people.recorder(), people.registrar())
            loader.load()
        self.stdout.write(f"Founding timeline: {loader.added} incidents added, {loader.known} known already.")


class Loader:
    """One pass over the files; rows are found again by slug, address or entry key, so nothing is made twice."""

    def __init__(self, folder, recorder, registrar):
        self.folder, self.recorder, self.registrar = folder, recorder, registrar
        self.claims = {}  # key → Claim, of the incidents, relations and links added in this run
        self.added = self.known = 0

    def load(self):
        self.load_actors()
        self.load_sources()
        self.load_documents()
        self.places = {place.slug: place for place in Location.objects.all()}
        self.load_relations()
        self.load_incidents()
        self.load_links()
        self.publish()

    def read(self, name):
        return json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))

    def load_actors(self):
        self.actors = {actor.slug: actor for actor in Actor.objects.all()}
        for row in self.read("actors"):
            if row["slug"] not in self.actors:
                fields = {name: value for name, value in row.items() if name not in ("founded", "dissolved")}
                self.actors[row["slug"]] = registers.add_actor(
                    by=self.registrar, founded=_vague(row["founded"]), dissolved=_vague(row["dissolved"]), **fields
                )

    def load_sources(self):
        self.sources = {source.slug: source for source in Source.objects.all()}
        for row in self.read("sources"):
            if row["slug"] not in self.sources:
                fields = row | {"owner": self.actors.get(row["owner"])}
                self.sources[row["slug"]] = registers.add_source(by=self.registrar, **fields)

    def load_documents(self):
        self.documents = {}
        for row in self.read("documents"):
            source = self.sources[row["source"]]
            known = Document.objects.filter(source=source, url=row["url"], title=row["title"]).first()
            self.documents[row["key"]] = known or self.add_document(row, source)

    def add_document(self, row, source):
        fields = {name: value for name, value in row.items() if name != "key"}
        fields |= {
            "source": source,
            "published": _vague(row["published"]),
            "derived_from": self.documents[row["derived_from"]] if row["derived_from"] else None,
        }
        return registers.add_document(by=self.recorder, **fields)

    def load_relations(self):
        for row in self.read("relations"):
            subject, object = self.actors[row["subject"]], self.actors[row["object"]]
            ends = {name: _day(row[name]) for name in ("valid_from", "valid_until")}
            pair = {subject.pk, object.pk}
            known = ActorRelation.objects.filter(
                subject__in=pair, object__in=pair, type=row["type"], valid_from=ends["valid_from"]
            )
            if known.exists():
                continue
            relation = registers.relate(
                subject, row["type"], object, by=self.registrar, basis=row["basis"], note=row["note"], **ends
            )
            self.add_and_decide(relation, row["claims"])
            if row["basis"] == "established" or relation.claims.accepted().exists():
                editions.publish_relation(relation, by=self.registrar, reason=REASON)

    def load_incidents(self):
        self.incidents, self.new = {}, []
        for row in self.read("incidents"):
            known = Incident.objects.filter(entry_key=f"{self.recorder.pk}:{row['key']}"[:64]).first()
            if known:
                self.incidents[row["key"]] = known
                self.known += 1
                continue
            incident = incidents.log(by=self.recorder, entry_key=row["key"], fields=self.facts(row))
            self.add_claims(incident, row["claims"])
            incidents.submit(incident, by=self.recorder)
            self.decide_claims(row["claims"])
            self.incidents[row["key"]] = incident
            self.new.append((incident, row))
            self.added += 1

    def facts(self, row):
        return {
            "title": row["title"],
            "summary": row["summary"],
            "kind": row["kind"],
            "date": _vague(row["date"]),
            "location": self.places[row["location"]] if row["location"] else None,
            "location_precision": row["location_precision"] if row["location"] else "",
            "tags": row["tags"],
        }

    def load_links(self):
        for row in self.read("links"):
            start, end = self.incidents[row["from"]], self.incidents[row["to"]]
            if IncidentLink.objects.filter(from_incident=start, to_incident=end, type=row["type"]).exists():
                continue
            link = incidents.link(start, end, by=self.registrar, type=row["type"])
            self.add_and_decide(link, row["claims"])

    def publish(self):
        """Series first, then by date; an operation together with its parts."""
        waiting = sorted(
            self.new, key=lambda pair: (pair[0].category != "series", pair[0].date_start or date.max, pair[0].pk)
        )
        done = set()
        for incident, row in waiting:
            if incident.pk in done:
                continue
            family = self.family(incident)
            done |= {member.pk for member in family}
            if not Edition.objects.of(Subject.INCIDENT, incident.uid).exists():
                editions.publish_all(family, by=self.registrar, reason=REASON, note=row["note"])

    def family(self, incident):
        up = IncidentLink.objects.filter(from_incident=incident, type=LinkType.PART_OF).first()
        top = up.to_incident if up else incident
        parts = IncidentLink.objects.filter(to_incident=top, type=LinkType.PART_OF).order_by("pk")
        return [top, *(link.from_incident for link in parts.select_related("from_incident"))]

    def add_and_decide(self, subject, rows):
        self.add_claims(subject, rows)
        self.decide_claims(rows)

    def add_claims(self, subject, rows):
        for row in rows:
            self.claims[row["key"]] = claims.add(
                subject,
                by=self.recorder,
                fields=self.claim_fields(row),
                lines=[line | {"party": self.actors.get(line["party"])} for line in row["lines"]],
                citations=[
                    citation | {"document": self.documents[citation["document"]]} for citation in row["citations"]
                ],
            )

    def claim_fields(self, row):
        same = (
            "aspect",
            "stance",
            "claimant_text",
            "attribution",
            "first_hand",
            "speech_act",
            "hedge",
            "preliminary",
            "part",
            "scope",
            "exhaustive",
        )
        return {name: row[name] for name in same} | {
            "claimant": self.actors[row["claimant"]] if row["claimant"] else None,
            "asserted": _vague(row["asserted"]),
            "value_actor": self.actors[row["actor"]] if row["actor"] else None,
            "value_location": self.places[row["location"]] if row["location"] else None,
            "value_date": _vague(row["date"]),
            "value_code": row["code"],
            "value_text": row["text"],
            "supersedes": self.claims[row["supersedes"]] if row["supersedes"] else None,
        }

    def decide_claims(self, rows):
        for row in rows:
            claim = claims.decide(
                self.claims[row["key"]],
                by=self.registrar,
                verdict=row["verdict"],
                credibility=row["credibility"],
                rationale=row["rationale"],
            )
            if row["retracted_at"]:
                claims.retract(claim, by=self.registrar, on=_day(row["retracted_at"]), rationale=row["rationale"])


def _vague(row):
    if not row or not row["start"]:
        return VagueDate()
    clock = row.get("time_local")
    return VagueDate(
        _day(row["start"]),
        _day(row["end"]),
        row["precision"],
        time.fromisoformat(clock) if clock else None,
        row.get("time_zone") or "",
    )


def _day(text):
    return date.fromisoformat(text) if text else None
