"""Narrowing the desk's lists to what somebody looks for."""

from django.db.models import Q

from events.models.actor import ActorRelation


def incidents(waiting, *, words="", kind=""):
    """Those of the incidents whose titles hold every word, and of the kind where given."""
    for word in words.split():
        waiting = waiting.filter(title__icontains=word)
    return waiting.filter(kind=kind) if kind else waiting


def relations(words=""):
    """Relations between actors, by name; with words, those in which either actor's name holds them (folded)."""
    rows = ActorRelation.objects.select_related("subject", "object").order_by("subject__name", "type", "pk")
    for word in words.split():
        rows = rows.filter(Q(subject__folded__contains=word) | Q(object__folded__contains=word))
    return rows
