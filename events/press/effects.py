"""What readers see change around an incident: whose part it is, what is counted, which links are shown."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext, gettext_noop, ngettext

from events.models.edition import PublishedIncident, PublishedLink
from events.press import index
from events.rules import wording

# Column of the index → what is said when it is set, and when it is no longer.
COUNTED = {
    "counts_incident": (
        gettext_noop("“%(title)s” is now counted as an incident."),
        gettext_noop("“%(title)s” is no longer counted as an incident."),
    ),
    "counts_killed": (
        gettext_noop("“%(title)s” is now counted with its killed in the totals."),
        gettext_noop("“%(title)s” is no longer counted with its killed in the totals."),
    ),
    "counts_injured": (
        gettext_noop("“%(title)s” is now counted with its injured in the totals."),
        gettext_noop("“%(title)s” is no longer counted with its injured in the totals."),
    ),
}


@dataclass(frozen=True)
class Seen:
    """What readers see of some incidents at one moment: the public ones by uid, and the links between public ones."""

    rows: dict
    links: dict


def watched(uids):
    """Set of uids: these, their operation with all its parts, and what they are linked with."""
    links = PublishedLink.objects.filter(Q(from_incident__in=uids) | Q(to_uid__in=uids))
    linked = {uid for pair in links.values_list("from_incident", "to_uid") for uid in pair}
    return {*uids, *linked, *index.family_of(uids)}


def seen(uids):
    """The Seen of the public incidents among these."""
    rows = PublishedIncident.objects.in_bulk(sorted(uids))
    links = PublishedLink.objects.filter(from_incident__in=rows, to_uid__in=rows).order_by("uid")
    return Seen(rows, {link.uid: (link.from_incident_id, link.type, link.to_uid) for link in links})


def between(before, after):
    """Sentences on what changes for relatives, from one Seen to the other; none about an incident that comes or goes."""
    titles = {uid: row.title for seen in (before, after) for uid, row in seen.rows.items()}
    found = _totals(before, after)
    for uid in sorted(before.rows.keys() & after.rows.keys(), key=titles.get):
        found += _row(before.rows[uid], after.rows[uid], titles)
    return found + _links(before, after, titles)


def _totals(before, after):
    was, now = (_total(seen) for seen in (before, after))
    if was == now:
        return []
    return [gettext("Taken together, %(was)s before; %(now)s after.") % {"was": was, "now": now}]


def _total(seen):
    """“2 incidents counted, 8 killed” of the rows that statistics count."""
    counted = [row for row in seen.rows.values() if row.counts_incident]
    tolls = [row for row in seen.rows.values() if row.counts_killed and row.killed_low is not None]
    highs = [row.killed_high for row in tolls]
    figure = wording.figure(
        sum(row.killed_low for row in tolls) if tolls else None,
        None,
        sum(highs) if tolls and None not in highs else None,
        any(row.killed_open for row in tolls),
    )
    count = len(counted)
    said = ngettext(
        "%(count)s incident counted, killed: %(killed)s", "%(count)s incidents counted, killed: %(killed)s", count
    )
    return said % {"count": count, "killed": figure}


def _row(was, now, titles):
    found = [
        gettext(since if getattr(now, column) else no_longer) % {"title": now.title}
        for column, (since, no_longer) in COUNTED.items()
        if getattr(was, column) != getattr(now, column)
    ]
    if was.parent_uid != now.parent_uid:
        if was.parent_uid in titles:
            room = {"title": now.title, "whole": titles[was.parent_uid]}
            found.append(gettext("“%(title)s” is no longer a part of “%(whole)s”.") % room)
        if now.parent_uid in titles:
            room = {"title": now.title, "whole": titles[now.parent_uid]}
            found.append(gettext("“%(title)s” becomes a part of “%(whole)s”.") % room)
    return found


def _links(before, after, titles):
    found = []
    for links, others, words in (
        (before.links, after.links, gettext_noop("Readers no longer see that %(link)s.")),
        (after.links, before.links, gettext_noop("Readers now see that %(link)s.")),
    ):
        for uid in sorted(links.keys() - others.keys()):
            origin, type, target = links[uid]
            found.append(gettext(words) % {"link": wording.linked(type, titles[origin], titles[target])})
    return found
