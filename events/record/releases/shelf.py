"""Where the files of releases stand (DATA_DIR/releases/), and how they come back when they are gone.

A file is served only if it is what the release says: one that is missing is made again from the editions, and put in
place only with the very bytes that were frozen. What is withheld since for somebody's privacy is in no file that is
served: the files are then made without those editions, and the whole ones are removed.
"""

import hashlib
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
from django.conf import settings

from events import uids
from events.models.edition import Edition
from events.models.release import MANIFEST
from events.record.releases import contents, making, notes
from events.record.releases.making import Made

WHOLE = "whole"
SUMS = "SHA256SUMS"


class Unlike(Exception):
    """The file is gone, and this version of the product makes other bytes of the same editions."""


@dataclass(frozen=True)
class Shelved:
    """What is served of a release now: its files as Made, the manifest last; `redacted` are members of the manifest.

    `as_frozen` is name → SHA-256 on the day it was frozen, which is the same unless something is withheld since.
    """

    folder: Path
    files: list
    manifest: dict
    as_frozen: dict

    @property
    def is_redacted(self):
        return "redacted" in self.manifest

    @property
    def sha256(self):
        return self.files[-1].sha256

    def find(self, name):
        """The Made of that name, or None."""
        return next((one for one in self.files if one.name == name), None)

    @property
    def sums(self):
        return notes.sums((one.name, one.sha256) for one in self.files)


def fill(release):
    """Write the files of a release that was just frozen; list of Made, the manifest last."""
    with _workplace(release) as work:
        made, totals = making.write(release, work)
        readme, *lists = [_put(work, name, words) for name, words in notes.texts(release).items()]
        made = [readme, *made, *lists]
        made.append(_put(work, MANIFEST, notes.manifest(release, made, totals)))
        _place(work, _home(release) / WHOLE)
    return made


def served(release):
    """Shelved: what may be shown of the release now. Reads no file unless something is withheld."""
    frozen = _frozen(release)
    as_frozen = {one.name: one.sha256 for one in frozen}
    without = contents.hidden(release)
    if not without:
        words = release.files.values_list("words", flat=True).get(name=MANIFEST)
        return Shelved(_home(release) / WHOLE, frozen, orjson.loads(words), as_frozen)
    folder = _home(release) / f"without-{_key(without)}"
    if not (folder / MANIFEST).exists():
        _redact(release, frozen, without, folder)
    _forget_others(release, folder)
    body = (folder / MANIFEST).read_bytes()
    manifest = orjson.loads(body)
    files = [Made(one["name"], one["sha256"], one["bytes"], one["rows"]) for one in manifest["files"]]
    files.append(Made(MANIFEST, hashlib.sha256(body).hexdigest(), len(body)))
    return Shelved(folder, files, manifest, as_frozen)


def path(release, shelved, name):
    """Path of a file of `served`, made again if it is gone. Raises Unlike if that gives other bytes."""
    wanted, there = shelved.find(name), shelved.folder / name
    if there.exists() and there.stat().st_size == wanted.bytes:
        return there
    if shelved.is_redacted:
        shutil.rmtree(shelved.folder, ignore_errors=True)
        served(release)
        return there
    with _rebuilt(release) as (work, made):
        same = [one for one in made if one.sha256 == shelved.as_frozen[one.name]]
        if wanted.name not in {one.name for one in same}:
            raise Unlike(name)
        for one in same:
            (work / one.name).replace(_made(shelved.folder) / one.name)
    return there


def verify(release):
    """List of (name, SHA-256 as frozen, made anew, on the shelf or None): what becomes of each file when made again."""
    frozen = _frozen(release)
    folder = _home(release) / WHOLE
    with _rebuilt(release) as (_, made):
        anew = {one.name: one.sha256 for one in made}
    return [(one.name, one.sha256, anew.get(one.name), _hash_of(folder / one.name)) for one in frozen]


def _frozen(release):
    """List of Made as the release was frozen, without their words."""
    return [Made(*row) for row in release.files.order_by("position").values_list("name", "sha256", "bytes", "rows")]


def _kept(release, folder):
    """Write out the files whose words are kept; list of Made."""
    kept = release.files.exclude(words="").order_by("position").values_list("name", "words")
    return [_put(folder, name, words) for name, words in kept]


def _redact(release, frozen, without, folder):
    with _workplace(release) as work:
        made, totals = making.write(release, work, without)
        anew = {one.name: one for one in (*made, *_kept(release, work))}
        listed = [anew[one.name] for one in frozen[:-1] if one.name in anew]
        said = notes.manifest(release, listed, totals, redacted=_told(frozen, without))
        _put(work, MANIFEST, said)
        _place(work, folder)


def _told(frozen, without):
    editions = Edition.objects.filter(pk__in=without).order_by("pk")
    return {
        "redacted": {
            "why": notes.WITHHELD,
            "editions": [
                {
                    "subject": one.subject,
                    "uid": uids.shown(one.subject_uid),
                    "edition": one.number,
                    "sha256": one.sha256,
                }
                for one in editions
            ],
            "sha256_as_frozen": {one.name: one.sha256 for one in frozen},
        }
    }


@contextmanager
def _rebuilt(release):
    """(folder, list of Made) of all files made anew, for as long as the block runs."""
    with _workplace(release) as work:
        made, _ = making.write(release, work)
        listed = {one.name for one in _frozen(release)}
        yield work, [*(one for one in made if one.name in listed), *_kept(release, work)]


def _put(folder, name, words):
    body = words.encode()
    (folder / name).write_bytes(body)
    return Made(name, hashlib.sha256(body).hexdigest(), len(body), words=words)


def _home(release):
    return Path(settings.DATA_DIR) / "releases" / release.name


@contextmanager
def _workplace(release):
    """A folder beside those that are served, gone afterwards whatever happens."""
    work = Path(tempfile.mkdtemp(prefix="work-", dir=_made(_home(release))))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _place(work, folder):
    """Put a folder in place at once; whoever comes second finds the same files there already."""
    try:
        work.replace(folder)
    except OSError:
        if not (folder / MANIFEST).exists():
            shutil.rmtree(folder, ignore_errors=True)
            work.replace(folder)


def _made(folder):
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _forget_others(release, folder):
    """Remove every other set of files: they hold what is withheld."""
    for other in _home(release).iterdir():
        if other != folder and not other.name.startswith("work-"):
            shutil.rmtree(other, ignore_errors=True)


def _key(without):
    return hashlib.sha256(repr(sorted(without)).encode()).hexdigest()[:16]


def _hash_of(there):
    if not there.exists():
        return None
    with there.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
