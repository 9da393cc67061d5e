"""Made-up histories of editions, printed as the press prints them, and what stood at each place, told plainly."""

from datetime import UTC, date, datetime, timedelta

from events import uids
from events.models.edition import Edition
from events.press import printing
from events.rules import counting, flattening
from tests.record import rows

START = datetime(2026, 1, 1, tzinfo=UTC)


class History:
    """Editions in their order with their documents; `print` adds one."""

    def __init__(self):
        self.editions = []
        self.documents = {}

    def print(self, uid, document=None, *, kind="published", reason="new_incident", into="", at=None):
        edition = Edition(
            subject="incident",
            subject_uid=uid,
            number=len(self.of(uid)) + 1,
            kind=kind,
            reason=reason,
            note="Made up",
            ruleset=1,
            merged_into_uid=into,
            published_at=at or START + timedelta(hours=len(self.editions)),
            published_by=rows.staff(),
        )
        head = printing.header(edition.number, kind, reason, "Made up", edition.published_at)
        content = {"uid": uids.shown(uid), "edition": head} | (document or {})
        printing.keep(edition, content)
        self.editions.append(edition)
        self.documents[edition.pk] = content
        return edition

    def of(self, uid):
        return [edition for edition in self.editions if edition.subject_uid == uid]

    def standing(self, sequence):
        """Editions that stood right after this place, whether they may be shown or not."""
        last = {edition.subject_uid: edition for edition in self.editions if edition.pk <= sequence}
        return [edition for edition in last.values() if edition.kind == "published"]

    def shown(self, sequence):
        return [edition for edition in self.standing(sequence) if not self.is_withheld(edition)]

    def is_withheld(self, edition):
        own = self.of(edition.subject_uid)
        if own[-1].kind == "merged" and self._is_private_since(own[-1], own[-1].merged_into_uid, {edition.subject_uid}):
            return edition.number < own[-1].number
        return any(later.number > edition.number and later.reason == "privacy" for later in own)

    def _is_private_since(self, merged, into, seen):
        if into in seen:
            return False
        own = self.of(into)
        if any(later.pk > merged.pk and later.reason == "privacy" for later in own):
            return True
        on = [later.merged_into_uid for later in own if later.kind == "merged"]
        return bool(on) and self._is_private_since(merged, on[-1], seen | {into})

    def fitting(self, sequence, **asked):
        """Uids of what a question should find in the record right after this place."""
        shown = self.shown(sequence)
        return {
            edition.subject_uid
            for edition in shown
            if all(_FITS[name](self, edition, value, shown) for name, value in asked.items())
        }

    def belongs(self, claim, edition, shown):
        """Whether a claim belongs to this edition, and to no later one that stands as well."""
        holders = [one.pk for one in shown if any(claim["uid"] == each["uid"] for each in self.claims(one))]
        return max(holders) == edition.pk

    def claims(self, edition):
        return self.documents[edition.pk]["claims"]

    def counted(self, shown):
        """uid → counting.Counted, for the killed."""
        found, listed = {}, []
        for edition in sorted(shown, key=lambda one: (self._day(one), one.subject_uid)):
            document = self.documents[edition.pk]
            found[edition.subject_uid] = document
            listed += [(uids.parse(part), edition.subject_uid) for part in document["parts"]]
        family = [
            counting.FamilyRow(
                uid=uid,
                parent=_parent(document, found, dict(listed).get(uid)),
                category=document["category"],
                low=document["headline"]["casualties"].get("killed", {}).get("total", {}).get("low"),
            )
            for uid, document in found.items()
        ]
        return counting.count_families(family)

    def _day(self, edition):
        return flattening.day(self.documents[edition.pk]["date"]["start"]) or date.min


def _parent(document, found, lister):
    own = uids.parse(document["part_of"]) if document["part_of"] else None
    parent = own if own in found else lister
    return parent if parent in found else None


def _has_source(history, edition, slug, shown):
    papers = {paper["uid"]: paper["source"]["slug"] for paper in history.documents[edition.pk]["documents"]}
    return any(
        history.belongs(claim, edition, shown)
        and slug in {papers[citation["document"]] for citation in claim["citations"]}
        for claim in history.claims(edition)
    )


_FITS = {
    "kind": lambda history, edition, kind, _: history.documents[edition.pk]["kind"] == kind,
    "q": lambda history, edition, word, _: word in history.documents[edition.pk]["title"].lower().split(),
    "date_from": lambda history, edition, day, _: (history.documents[edition.pk]["date"]["end"] or "") >= day,
    "actor": lambda history, edition, slug, _: any(
        slug in (one["actor"], *history.documents[edition.pk]["bodies"].get(one["actor"], ()))
        for one in history.documents[edition.pk]["participants"]
    ),
    "claimant": lambda history, edition, slug, shown: any(
        claim["claimant"] == slug and history.belongs(claim, edition, shown) for claim in history.claims(edition)
    ),
    "source": _has_source,
    "counted": lambda history, edition, _, shown: history.counted(shown)[edition.subject_uid].counts_incident,
    "contested": lambda history, edition, answer, _: (
        bool(history.documents[edition.pk]["headline"]["contested"]) == (answer == "yes")
    ),
    "killed": lambda history, edition, answer, _: (
        bool(history.documents[edition.pk]["headline"]["casualties"]) == (answer == "reported")
    ),
}
