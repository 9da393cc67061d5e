"""The history of what the desk holds: every write, who did it and when, each field before and after."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from events import access, uids
from events.desk import trace_words
from events.models.actor import ActorRelation
from events.models.change import Change
from events.models.claim import Claim
from events.models.edition import Edition, Subject
from events.models.incident import Incident, IncidentLink
from events.press import merging, naming

LONGEST = 100  # changes that the page of an incident shows
NOUNS = {
    "actor": _("actor"),
    "actorrelation": _("relation"),
    "claim": _("claim"),
    "comment": _("comment"),
    "document": _("document"),
    "incident": _("incident"),
    "incidentlink": _("link"),
    "location": _("location"),
    "source": _("source"),
}
DONE = {"created": gettext_noop("created"), "removed": gettext_noop("removed"), "changed": gettext_noop("changed")}
WITHOUT_STATES = ("incidentlink",)  # made and removed, but not edited


@dataclass(frozen=True)
class Trace:
    """One change of one field in one line; `before` and `after` are "" where there was or is nothing."""

    at: datetime
    by: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Act:
    """All that one write changed on one row. `moment` is its newest Change, which names the state right after it."""

    moment: int
    at: datetime
    by: str
    model: str
    uid: str
    row: str  # what was changed: "claim 7K3M-9QX2, Casualties, ISPR"
    did: str  # one of DONE
    fields: list  # of trace_words.Spoken
    can_return: bool  # the row is still there, was written to since, and has a way to bring a state back


@dataclass(frozen=True)
class History:
    """The changes of a row and of what belongs to it; `rows` names each of them: uid → words; `gone` were removed."""

    changes: QuerySet
    rows: dict
    gone: frozenset = frozenset()

    def narrowed(self, changes):
        return replace(self, changes=changes)


def since_edition(incident, claims, edition):
    """List of Trace of the incident and these claims, newest first: since the last edition, or all if there is none.

    An edition for a new name in a register does not count: what was changed before it waits for review as before.
    """
    changes = Change.objects.filter(object_uid__in=[incident.uid, *(claim.uid for claim in claims)])
    changes = changes.exclude(field__in=merging.NOTES)  # for the way back; each of them has a trace of its own
    if edition is not None:
        named = changes.filter(model="incident", field=naming.TRACE).values_list("after", flat=True)
        reviewed = Edition.objects.of(Subject.INCIDENT, incident.uid).exclude(number__in=list(named)).first()
        changes = changes.filter(at__gt=(reviewed or edition).published_at)
    return in_words(changes.select_related("by")[:LONGEST])


def in_words(changes):
    """List of Trace in the order of the changes; what was made or removed takes one line."""
    found = []
    for change, fields in trace_words.spoken(changes):
        noun = NOUNS.get(change.model, change.model)
        if change.field in ("created", "removed"):
            words = gettext("%(row)s created") if change.field == "created" else gettext("%(row)s removed")
            found.append(Trace(change.at, _who(change), words % {"row": noun}, "", ""))
        else:
            found += [
                Trace(change.at, _who(change), f"{noun}: {one.label.lower()}", one.before, one.after) for one in fields
            ]
    return found


def of_row(row):
    """The history of one row; a relation with its claims, also of those that were taken back."""
    parts, removed = [], {}
    if isinstance(row, ActorRelation):
        parts = row.claims.select_related("claimant")
        removed = _removed_claims(before__relation_id=row.pk)
    named = removed | {one.uid: _words(one) for one in (row, *parts)}
    return History(Change.objects.filter(object_uid__in=named), named, frozenset(removed))


def of_incident(incident, user):
    """The history of an incident with its claims and links, also of those that were removed or moved elsewhere.

    A link to an incident that the person may not see is left out, with its claims.
    """
    links = _links_seen(incident, user)
    claims = Claim.objects.filter(Q(incident=incident) | Q(link__in=links)).select_related("claimant")
    rows = {row.uid: _words(row) for row in (incident, *claims, *links)}
    removed = _removed_claims(before__incident_id=incident.pk) | _removed_links(incident, user)
    wanted = Q(object_uid__in=[*rows, *removed])
    for uid, last in _moved_claims(incident):
        wanted |= Q(object_uid=uid, pk__lte=last)
        rows.setdefault(uid, gettext("claim %(uid)s, which moved to another incident") % {"uid": uids.shown(uid)})
    return History(Change.objects.filter(wanted), removed | rows, frozenset(removed))


def acts(history):
    """QuerySet of dicts, one for each act of a history, newest first: what `told` takes."""
    which = ("at", "by_id", "model", "object_uid")
    return history.changes.order_by().values(*which).annotate(moment=Max("pk")).order_by("-moment")


def told(history, some_acts, user):
    """List of Act in the order of the acts given, of which `acts` made the dicts."""
    some_acts = list(some_acts)
    moments = [act["at"] for act in some_acts]
    uids_of_acts = {act["object_uid"] for act in some_acts}
    changes = history.changes.filter(at__in=moments, object_uid__in=uids_of_acts).select_related("by").order_by("pk")
    spoken = sorted(trace_words.spoken(changes, user), key=lambda pair: _key(pair[0]))
    grouped = {key: list(pairs) for key, pairs in groupby(spoken, key=lambda pair: _key(pair[0]))}
    newest = dict(
        Change.objects.filter(object_uid__in=uids_of_acts)
        .order_by()
        .values_list("object_uid")
        .annotate(newest=Max("at"))
    )
    keys = [(act["at"], act["by_id"], act["model"], act["object_uid"]) for act in some_acts]
    return [_act(history, grouped[key], newest) for key in keys if key in grouped]


def _act(history, pairs, newest):
    last = pairs[-1][0]
    did = last.field if last.field in DONE else "changed"
    noun = NOUNS.get(last.model, last.model)
    return Act(
        moment=last.pk,
        at=last.at,
        by=_who(last),
        model=last.model,
        uid=last.object_uid,
        row=history.rows.get(last.object_uid, f"{noun} {uids.shown(last.object_uid)}"),
        did=did,
        fields=[one for _, fields in pairs for one in fields],
        can_return=last.at < newest[last.object_uid]
        and last.object_uid not in history.gone
        and last.model not in WITHOUT_STATES,
    )


def _who(change):
    """The person; that a key acted is said, not which one: that is for its owner and the admins."""
    return str(change.by) if change.key_id is None else gettext("%(person)s, by API key") % {"person": change.by}


def _key(change):
    return (change.at, change.by_id, change.model, change.object_uid)


def _words(row):
    kind = row._meta.model_name
    noun = NOUNS.get(kind, kind)
    if isinstance(row, Claim):
        return f"{noun} {row.shown_uid}, {gettext(row.get_aspect_display()).lower()}, {row.who}"
    return f"{noun} “{row}”"


def _links_seen(incident, user):
    ends = ("from_incident", "to_incident")
    links = IncidentLink.objects.filter(Q(from_incident=incident) | Q(to_incident=incident)).select_related(*ends)
    return [link for link in links if all(access.can_see_incident(user, getattr(link, end)) for end in ends)]


def taken_back(incident, moment):
    """The Change with which a claim of the incident was taken back, or None."""
    gone = Change.objects.filter(model="claim", field="removed", before__incident_id=incident.pk)
    return gone.filter(pk=moment).first()


def _removed_claims(**about):
    gone = Change.objects.filter(model="claim", field="removed", **about)
    return {
        change.object_uid: gettext("claim %(uid)s, taken back") % {"uid": uids.shown(change.object_uid)}
        for change in gone.order_by("pk")
    }


def _removed_links(incident, user):
    """uid → words of links that were removed, as far as the person sees what they led to."""
    ends = ("from_incident_id", "to_incident_id")
    here = Q(before__from_incident_id=incident.pk) | Q(before__to_incident_id=incident.pk)
    gone = list(Change.objects.filter(here, model="incidentlink", field="removed").order_by("pk"))
    keys = {change.before[end] for change in gone for end in ends}
    seen = set(Incident.objects.filter(access.visible_incidents(user), pk__in=keys).values_list("pk", flat=True))
    return {
        change.object_uid: gettext("link %(uid)s, removed") % {"uid": uids.shown(change.object_uid)}
        for change in gone
        if {change.before[end] for end in ends} <= seen
    }


def _moved_claims(incident):
    """(uid, primary key of the Change that moved it) of claims that went to another incident by a merge."""
    moves = Change.objects.filter(model="claim", field="incident_id", before=incident.pk)
    return moves.order_by("pk").values_list("object_uid", "pk")
