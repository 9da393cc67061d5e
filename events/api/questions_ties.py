"""What the lists of links, relations and documents, and an actor as of a day, can be asked."""

from django import forms

from events.api.questions import Paging, Question, UidField
from events.choices import LinkType, RelationType
from events.record import named, papers, parameters, ties

LINK_STANDINGS = (
    ("editorial", "set by the editors"),
    ("asserted", "claims assert it and none that counts denies it"),
    ("contested", "a claim that counts denies it"),
)
OPEN_ENDS = "An end that nobody dates is open, so that it reaches any day."


class LinkQuestion(Paging):
    type = parameters.CodesField(required=False, words=LinkType.pairs(), noun="a type of link", help_text="")
    standing = parameters.CodeField(
        required=False, words=LINK_STANDINGS, noun="a standing", help_text="editorial, asserted or contested."
    )
    incident = UidField(required=False, help_text="The uid of an incident at either end.")

    def rows(self):
        return ties.links(**self.asked)


class RelationQuestion(Paging):
    type = parameters.CodesField(required=False, words=RelationType.pairs(), noun="a type of relation", help_text="")
    actor = named.ActorField(required=False, help_text="At either end: slug, uid or any name of an actor.")
    at = parameters.DayField(required=False, help_text=f"Those that hold on this day. {OPEN_ENDS}")
    stands = parameters.CodeField(
        required=False,
        words=(("yes", "held"), ("no", "only talked about")),
        noun="yes or no",
        help_text="yes: established, or asserted by a claim that counts; no: only talked about.",
    )

    def rows(self):
        asked = self.asked
        return ties.relations(**asked | {"stands": {"yes": True, "no": False}.get(asked["stands"])})


class DocumentQuestion(Paging):
    q = forms.CharField(required=False, help_text="Words that must all occur in its title or its address.")
    source = named.SourceField(required=False, help_text="Of this source: slug, uid or name.")
    incident = UidField(required=False, help_text="Cited by a claim about the incident of this uid.")

    def rows(self):
        asked = self.asked
        return papers.cited(source=asked["source"], incident=asked["incident"], words=asked["q"].split())


class DayQuestion(Question):
    at = parameters.DayField(required=False, help_text=f"Only relations that hold on this day. {OPEN_ENDS}")

    @property
    def day(self):
        return self.cleaned_data["at"]
