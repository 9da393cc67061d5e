"""The names of a file that no register knows, gathered while it is read, each once with the number of its rows."""

from events.choices import NameKind
from events.desk.importing.meanings import actor_key, allowed, place_key
from events.models.batch import ImportName

MOST = 50_000  # names of one file that are listed


class Unknown:
    def __init__(self, batch):
        self.batch = batch
        self._rows, self._words = {}, {}

    def gather(self, rows, meanings):
        """Note whom and where IncidentRows name, as far as the registers do not know it."""
        meanings.look_up([row.place for row in rows])
        for row in rows:
            keys = {}
            for named in actors_of(row):
                if not meanings.is_settled_actor(named):
                    keys[NameKind.ACTOR.value, actor_key(named)] = named
            if row.place.names and not meanings.is_settled_place(row.place):
                keys[NameKind.PLACE.value, place_key(row.place)] = row.place
            for key, named in keys.items():
                self._rows[key] = self._rows.get(key, 0) + 1
                if key not in self._words and len(self._words) < MOST:
                    self._words[key] = _words_of_place(named) if key[0] == NameKind.PLACE else _words_of_actor(named)

    def keep(self):
        """Write them down."""
        ImportName.objects.bulk_create(
            [
                ImportName(
                    batch=self.batch,
                    dataset=self.batch.dataset,
                    kind=kind,
                    key=key,
                    words=words,
                    rows=self._rows[kind, key],
                )
                for (kind, key), words in self._words.items()
            ],
            batch_size=500,
        )


def actors_of(row):
    """Every NamedActor of an IncidentRow, each once."""
    found = {}
    for claim in row.claims:
        for named in (claim.actor, claim.claimant, *(toll.party for toll in claim.tolls)):
            if named is not None:
                found[named] = None
    return list(found)


def _words_of_actor(named):
    return {"name": named.name, "scheme": named.scheme, "number": named.external_id}


def _words_of_place(named):
    pairs = [list(pair) for pair in allowed(named)]
    return {
        "name": ", ".join(name for _level, name in reversed(pairs)),
        "names": pairs,
        "latitude": named.latitude,
        "longitude": named.longitude,
    }
