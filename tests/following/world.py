"""Made-up incidents that come, change and leave, and the moments at which the worker looks."""

from datetime import UTC, datetime, timedelta

from django.core import mail
from django.utils import timezone

from events.desk import incidents
from events.following import addresses, saving
from events.models.edition import Edition
from events.models.following import MailAddress
from events.press import editions

SITE = "https://ledger.example"


def later(minutes=5):
    """A moment at which everything published until now has settled."""
    return timezone.now() + timedelta(minutes=minutes)


def at(*moment):
    return datetime(*moment, tzinfo=UTC)


def corrected(incident, title, *, reason="correction", note="The title was wrong"):
    judge = incident.claims.get().decided_by
    incident.refresh_from_db()
    incidents.edit(incident, by=judge, version=incident.version, fields={"title": title})
    editions.publish(incident, by=judge, reason=reason, note=note)


def withdrawn(incident, note="Nothing of it was true"):
    incident.refresh_from_db()
    editions.withdraw(incident, by=incident.claims.get().decided_by, reason="retraction", note=note)


def webhook(person, query="", name="Made-up selection", target="https://hooks.example.org/in?x=1"):
    """(saved selection that is told by webhook, secret)."""
    saved = saving.save(by=person, name=name, query=query)
    return saving.tell(saved, by=person, way="webhook", target=target)


def letters(person, query="", name="Made-up selection", way="daily"):
    """A saved selection told by letter to an address that is confirmed."""
    if not MailAddress.objects.filter(person=person).exists():
        MailAddress.objects.create(
            person=person,
            address=f"{person.username}@example.org",
            given_at=timezone.now(),
            confirmed_at=timezone.now(),
        )
    saved = saving.save(by=person, name=name, query=query)
    return saving.tell(saved, by=person, way=way)[0]


def sequence_of(incident):
    return Edition.objects.of("incident", incident.uid).first().pk


def link_in(letter):
    """The secret of the link in the letter that asks to confirm."""
    return letter.body.partition("/following/confirm/")[2].partition("/")[0]


def given(person, address="made-up@example.org"):
    """The secret that was sent to an address which a person gave."""
    row = addresses.give(by=person, address=address)
    addresses.send_link(row.pk)
    return link_in(mail.outbox[-1])
