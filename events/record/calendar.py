"""A selection of incidents as a calendar: each is an event of whole days, as exactly as its date is known."""

from datetime import timedelta

import icalendar
from django.urls import reverse

from events import uids
from events.choices import Kind
from events.record.english import in_english
from events.rules import wording

MOST = 2000  # calendars on telephones give up on more


@in_english
def written(rows, *, title, base):
    """The bytes of an iCalendar file (RFC 5545) of a queryset of PublishedIncident. Three queries.

    Holds the newest 2,000 with a date; its description says how many more there are, and how many have no date.
    `base` is scheme and host of the site, without a slash at the end.
    """
    dated = rows.exclude(date_start=None)
    events = list(dated.newest_first().with_places().select_related("edition")[:MOST])
    made = icalendar.Calendar()
    made.add("prodid", "-//Frontier Ledger//Incidents//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", title)
    made.add("x-wr-caldesc", _description(rows, dated, len(events)))
    for row in events:
        made.add_component(_event(row, base))
    return made.to_ical()


def _description(rows, dated, shown):
    every, with_date = rows.count(), dated.count()
    words = [f"{shown} of {every} incident{'' if every == 1 else 's'}."]
    if with_date > shown:
        words.append(f"{with_date - shown} older ones are left out.")
    if every > with_date:
        words.append(f"{every - with_date} without a date cannot stand in a calendar.")
    return " ".join(words)


def _event(row, base):
    killed = wording.figure(row.killed_low, row.killed_best, row.killed_high, row.killed_open)
    words = [Kind.label_of(row.kind), row.date_shown, f"Killed: {killed or 'not reported'}"]
    event = icalendar.Event()
    event.add("uid", f"{uids.shown(row.uid)}@frontier-ledger")
    event.add("dtstamp", row.edition.published_at)
    event.add("sequence", row.edition.number - 1)
    event.add("summary", row.title)
    event.add("dtstart", row.date_start)
    event.add("dtend", row.date_end + timedelta(days=1))  # the first day after it, as the format counts
    event.add("transp", "TRANSPARENT")
    if row.place_shown:
        event.add("location", row.place_shown)
    event.add("description", "\n".join(words))
    event.add("url", base + reverse("incident", args=[row.uid]))
    return event
