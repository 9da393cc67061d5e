"""Load the gazetteer that ships with the product: countries, provinces, places of the timeline, settlements."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from events.desk import gazetteer, people


class Command(BaseCommand):
    help = "Load the shipped gazetteer. Repeating it adds only what is missing and changes nothing."

    def handle(self, *args, **options):
        folder = Path(settings.BASE_DIR) / "data" / "gazetteer"
        by = people.registrar()
        places = gazetteer.load_places(_read(folder / "places.json"), by=by)
        provinces = {
            (country, code): slug
            for country, codes in _read(folder / "admin1.json").items()
            for code, slug in codes.items()
        }
        rows = list(_read(folder / "geonames_cities500_AF_PK.json").values())
        settlements = gazetteer.load_settlements(rows, provinces, by=by)
        self.stdout.write(
            f"Gazetteer: {places.added + settlements.added} places added, "
            f"{places.known + settlements.known} known already."
        )


def _read(path):
    return json.loads(path.read_text(encoding="utf-8"))
