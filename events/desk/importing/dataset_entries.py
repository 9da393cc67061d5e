"""The data set in the registers: who says what its rows say, and where that stands."""

from django.db import transaction

from events import access, names
from events.choices import ActorKind, Reliability, Side, SourceKind
from events.desk import registers
from events.exchange.reading_own import OWN
from events.models.actor import Actor
from events.models.source import Source
from events.tongue import gettext


@transaction.atomic
def claimant_and_source(batch, *, by):
    """(Actor, Source) of the data set of an import; they are added with its first commit.

    A data set speaks for itself and for no side: it is a third party, whose reliability nobody has graded yet.
    """
    access.require_judge(by)
    name = batch.dataset_name[:200]
    actor = Actor.objects.current().filter(folded=names.fold(name)).order_by("pk").first()
    source = (
        Source.objects.filter(merged_into=None, folded=names.fold(name), kind=SourceKind.DATASET).order_by("pk").first()
    )
    if actor is None:
        kind = ActorKind.MEDIA if batch.dataset == OWN.code else ActorKind.NGO
        note = gettext("A data set; its claims are those of its rows.")
        actor = registers.add_actor(by=by, name=name, kind=kind.value, side=Side.THIRD.value, naming_note=note)
    if source is None:
        source = registers.add_source(
            by=by, name=name, kind=SourceKind.DATASET.value, owner=actor, reliability=Reliability.F.value
        )
    return actor, source
