"""How the cost of the public side grows with the record: the same requests at two sizes, as ratios. Run by `make bench`.

Fills a database of its own with copies of one made-up edition, so it needs no service and touches nothing else. Each
address is asked ROUNDS times at either size; printed are the medians in milliseconds, their ratio, and the number of
SQL statements, which must not grow.
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="ledger-bench-")
os.environ["API_ANONYMOUS_RATE"] = "1000000/min"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django  # noqa: E402 (the path comes first)
import orjson  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from events import uids  # noqa: E402
from events.models.edition import Edition, EditionDocument, PublishedIncident, PublishedParticipant  # noqa: E402
from events.press import words  # noqa: E402
from tests import builders  # noqa: E402

SIZES = (1_000, 20_000)
ROUNDS = 15
ADDRESSES = (
    "/",
    "/?actor=test-front",
    "/?province=test-province&contested=no",
    "/?q=made-up+number",
    "/search/?q=made-up+number",
    "/search/?q=%22number+777%22",
    "/search/?q=witness&type=claims",
    "/search/?q=mead-up",
    "/api/v1/incidents/",
    "/api/v1/incidents/?actor=test-front&date_from=2015-01-01",
    "/api/v1/editions/",
)


def fill(until):
    """Copies of the first public incident, one a day backwards, until there are as many as asked for."""
    model = PublishedIncident.objects.select_related("edition__document").order_by("first_published_at", "pk")[0]
    parts = list(model.participants.all())
    have = PublishedIncident.objects.count()
    for start in range(have, until, 500):
        with transaction.atomic():
            for number in range(start, min(start + 500, until)):
                _copy(model, parts, number)


def _copy(model, parts, number):
    uid, day = uids.new(), date(2024, 3, 18) - timedelta(days=number % 6000)
    edition = Edition.objects.get(pk=model.edition_id)
    edition.pk, edition.subject_uid = None, uid
    edition.save(force_insert=True)
    EditionDocument.objects.create(edition=edition, body=model.edition.document.body)
    row = PublishedIncident.objects.get(pk=model.pk)
    row.pk, row.edition, row.title, row.sort_date = uid, edition, f"Made-up number {number}", day
    row.uid_number = uids.number(uid)
    row.date_start = row.date_end = day
    row.save(force_insert=True)
    content = orjson.loads(model.edition.document.body)
    words.put([(edition, content | {"title": row.title, "claims": [_again(claim) for claim in content["claims"]]})])
    PublishedParticipant.objects.bulk_create(
        PublishedParticipant(incident=row, actor=part.actor, part=part.part, is_direct=True, sort_date=day)
        for part in parts
    )


def _again(claim):
    return claim | {"uid": uids.shown(uids.new())}


def measure(address):
    """(median milliseconds, SQL statements) of one address."""
    client, times = Client(SERVER_NAME="127.0.0.1"), []
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    asked = len(queries)  # now: the next request clears the log
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times), asked


def main():
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    group = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    claim = builders.claim("perpetrator", claimant=group, value_actor=group, part="perpetrator")
    place = builders.places()["town"]
    builders.published(claims=[claim], location=place, location_precision="settlement")
    found = []
    for size in SIZES:
        fill(size)
        found.append({address: measure(address) for address in ADDRESSES})
    small, large = found
    print(f"{'address':<62}{SIZES[0]:>9,}{SIZES[1]:>9,}   ratio   SQL")
    for address in ADDRESSES:
        (before, asked), (after, asked_then) = small[address], large[address]
        print(f"{address:<62}{before:>8.1f} {after:>8.1f}   {after / before:>5.2f}   {asked} → {asked_then}")


main()
