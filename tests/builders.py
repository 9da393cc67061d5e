"""Made-up rows with readable defaults, made through the verbs that people use. Nothing here is about the real world."""

import itertools
from datetime import date

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from events import access
from events.desk import claims, incidents, registers
from events.models.batch import ImportBatch
from events.models.release import MANIFEST, Release, ReleaseFile
from events.press import editions
from events.rules.dates import VagueDate

_numbers = itertools.count(1)
PASSWORD = "correct horse battery staple"


def person(role, name=None):
    """An account by role: researcher, analyst, editor or admin."""
    user, is_new = User.objects.get_or_create(username=name or role, defaults={"is_superuser": role == "admin"})
    if is_new:
        user.is_staff = role == "admin"
        user.set_password(PASSWORD)
        user.save()
        if role in ("analyst", "editor"):
            group = access.ANALYSTS if role == "analyst" else access.EDITORS
            user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user


def session(user, *, ip="203.0.113.0", user_agent="Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"):
    """Somewhere where this person is signed in, as signing in notes it."""
    store = SessionStore()
    store["_auth_user_id"] = str(user.pk)
    store.save()
    return UserSession.objects.create(user=user, session_key=store.session_key, ip=ip, user_agent=user_agent)


def keeper():
    """An editor who fills the registers."""
    return person("editor", name="keeper")


def actor(name="Testland army", *, kind="state_force", side="pakistan", home_country="PK", **fields):
    return registers.add_actor(by=keeper(), name=name, kind=kind, side=side, home_country=home_country, **fields)


def location(name="Testtown", *, level="settlement", parent=None, **fields):
    return registers.add_location(by=keeper(), name=name, level=level, parent=parent, **fields)


def places():
    """A small made-up tree: country, province, district, settlement; the country's code is real, as rules need one."""
    country = location("Testland", level="country", iso="PK")
    province = location("Test Province", level="province", parent=country)
    district = location("Test District", level="district", parent=province)
    town = location(
        "Testtown", parent=district, latitude=33.0, longitude=70.0, uncertainty_km=2, coordinate_basis="settlement"
    )
    return {"country": country, "province": province, "district": district, "town": town}


def source(name="Test Gazette", **fields):
    return registers.add_source(by=keeper(), name=name, **({"kind": "newspaper"} | fields))


def document(title="Test report", *, source_row=None, **fields):
    return registers.add_document(
        by=keeper(),
        title=title,
        source=source_row or source(f"Test Gazette {next(_numbers)}"),
        **({"url": f"https://example.org/{next(_numbers)}"} | fields),
    )


def facts(**changes):
    """The fields of an incident, as the desk's verbs take them."""
    day = date(2024, 3, 18)
    return {
        "title": "Made-up incident",
        "summary": "",
        "kind": "armed_assault",
        "date": VagueDate(day, day, "day"),
        "location": None,
        "location_precision": "",
        "tags": [],
    } | changes


def claim(aspect="occurrence", *, lines=(), citations=None, excerpt="made-up words", document_row=None, **fields):
    """One claim as `incidents.log` takes it: the fields, the toll and a citation with an excerpt."""
    if "claimant" not in fields:
        fields = {"claimant_text": "A test witness"} | fields
    if citations is None:
        citations = [{"document": document_row or document(), "excerpt": excerpt}]
    return {"fields": {"aspect": aspect, **fields}, "lines": list(lines), "citations": citations}


def toll(number, *, outcome="killed", category="civilian", **line):
    return {"outcome": outcome, "category": category, "low": number, "best": number, "high": number} | line


def draft(by, *, claims=None, **changes):
    """A draft by an analyst, with one claim unless told otherwise."""
    return incidents.log(by=by, fields=facts(**changes), claims=[claim()] if claims is None else claims)


def submitted(by, **changes):
    if "location" not in changes:
        changes |= {"location": location(f"Testtown {next(_numbers)}"), "location_precision": "settlement"}
    return incidents.submit(draft(by, **changes), by=by)


def batch(by, **fields):
    """A made-up import, as a parser would have left it."""
    given = {"dataset": "Test data set", "file_name": f"rows-{next(_numbers)}.csv", "file_sha256": "0" * 64} | fields
    return ImportBatch.objects.create(imported_by=by, **given)


def imported(by, batch_row, **changes):
    """A submitted incident that came with an import."""
    incident = submitted(by, **changes)
    incident.batch = batch_row
    incident.save(update_fields=["batch"])
    return incident


def accept_all(incident, by, **grades):
    for row in incident.claims.all():
        claims.decide(row, by=by, verdict="accepted", **grades)


def published(*, by=None, editor=None, **changes):
    """A public incident with every claim accepted."""
    by, editor = by or person("analyst"), editor or person("editor")
    incident = submitted(by, **changes)
    accept_all(incident, editor)
    editions.publish(incident, by=editor, reason="new_incident")
    incident.refresh_from_db()
    return incident


def release(name, found, *, frozen_at=None, ruleset=1):
    """A public release of these editions. Its files are only listed: what asks for an earlier state does not open them."""
    made = Release.objects.create(
        name=name,
        frozen_at=frozen_at or timezone.now(),
        frozen_by=keeper(),
        ruleset=ruleset,
        site="https://ledger.example",
        product="test",
    )
    made.editions.set(found)
    ReleaseFile.objects.create(
        release=made, position=1, name=MANIFEST, sha256="0" * 64, bytes=2, words='{"totals": {}}'
    )
    return made
