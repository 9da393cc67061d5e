"""How a figure of a headline follows from the accounts that a public document holds, in words (R7). Pure functions.

The document is all there is: where its accounts do not add up to the figure before one's eyes, because the rules knew
which bodies are parts of others, the words stay general.
"""

from events.choices import Aspect, Directness, Outcome, SpeechAct, Stance
from events.rules import accounts, wording
from events.rules.casualties import with_bounds
from events.rules.facts import ClaimFact, LineFact
from events.tongue import gettext, gettext_noop, ngettext

TOTAL, CATEGORY, PARTY, SUBSET = "total", "category", "party", "subset"
_STATED = {CATEGORY: accounts.category, PARTY: accounts.party, SUBSET: accounts.demographic}
NOBODY_SAYS = gettext_noop("No account that counts gives a number; unknown is not zero.")


class Accounts:
    """The accounts of one outcome in a document; `numbers` maps shown uids of claims to their numbers on a page."""

    def __init__(self, document, outcome, numbers=None):
        self.document, self.outcome, self.numbers = document, outcome, numbers or {}
        self.claims = {claim["uid"]: claim for claim in document["claims"]}

    def why(self, figure, cell=TOTAL, key=""):
        """One or more sentences on a figure of the headline: of the total, or of a category, party or group of people."""
        if not figure["claims"]:
            return gettext(NOBODY_SAYS)
        if figure["composite"] and cell == TOTAL:
            return self._summed(figure)
        told = [(uid, self._stated(uid, cell, key)) for uid in figure["claims"]]
        told = [(uid, stated) for uid, stated in told if stated is not None and stated.has_number]
        if not self._adds_up(figure, [stated for _, stated in told]):
            return _in_general(figure)
        if len(told) == 1:
            return self._one(told[0][0], figure, cell, key)
        return self._several(told, figure, cell)

    def without(self, figure, perpetrator):
        """Why a total without the perpetrators is what it is; `perpetrator` is the slug of the headline's, or None."""
        if not figure["claims"]:
            return gettext(NOBODY_SAYS)
        listed = self._listed(figure["claims"])
        if not perpetrator:
            return gettext("The accounts of the total, each without militants: %(accounts)s.") % {"accounts": listed}
        room = {"accounts": listed, "actor": wording.actor_name(perpetrator, self.document["actors"])}
        said = gettext(
            "The accounts of the total, each without militants and without people of %(actor)s: %(accounts)s."
        )
        return said % room

    def _one(self, uid, figure, cell, key):
        room = {"account": self.cite(uid), "credibility": self.claims[uid]["credibility"]}
        room["figure"] = wording.figure_of(figure) + (self._sum(uid) if cell == TOTAL else "")
        return gettext("%(figure)s: %(account)s, accepted as %(credibility)s.") % room

    def _several(self, told, figure, cell):
        lows = [uid for uid, stated in told if _floor(stated) == figure["low"]]
        highs = [uid for uid, stated in told if stated.largest == figure["high"]]
        if lows == highs and len(lows) == len(told):
            return gettext("The same from %(accounts)s.") % {"accounts": self._listed(lows)}
        said = []
        for sentence, number, holders in (
            (gettext_noop("Lowest, %(number)s, from %(accounts)s."), figure["low"], lows),
            (gettext_noop("Highest, %(number)s, from %(accounts)s."), figure["high"], highs),
        ):
            if number is not None:
                sum_ = self._sum(holders[0]) if cell == TOTAL and len(holders) == 1 else ""
                said.append(gettext(sentence) % {"number": f"{number:,}{sum_}", "accounts": self._listed(holders)})
        return " ".join([*said, self._best(told, figure)])

    def _best(self, told, figure):
        if figure["best"] is None:
            return gettext("No best figure: none is stated, or accounts of equal standing contradict each other.")
        held = [uid for uid, stated in told if stated.best == figure["best"]]
        room = {"number": f"{figure['best']:,}"}
        if not held:
            return gettext("Best, %(number)s: held within the range.") % room
        room["accounts"] = self._listed(held)
        if any(self.claims[uid]["speech_act"] == SpeechAct.EDITORIAL_ASSESSMENT for uid in held):
            return gettext("Best, %(number)s, from %(accounts)s: the editors’ own assessment.") % room
        said = gettext("Best, %(number)s, from %(accounts)s: the most credible account, then the better source.")
        return said % room

    def _summed(self, figure):
        """Of a total that nobody tells: the cells it is the sum of, where they are seen to add up to it."""
        toll, actors = self.document["headline"]["casualties"][self.outcome], self.document["actors"]
        for cells, name in (
            (toll["by_party"], lambda key: wording.actor_name(key, actors)),
            (toll["by_category"], wording.people),
        ):
            known = {key: cell for key, cell in cells.items() if cell["claims"]}
            if len(known) > 1 and sum(cell["low"] or 0 for cell in known.values()) == (figure["low"] or 0):
                parts = " + ".join(f"{name(key)} {wording.figure_of(cell)}" for key, cell in known.items())
                said = gettext("Nobody tells the whole, so the ranges of its parts are added: %(parts)s.")
                return said % {"parts": parts}
        return gettext("Nobody tells the whole: ranged within each side, then summed over the sides.")

    def _sum(self, uid):
        """“ = 7 security forces + 6 militants”: what an account without a total of its own adds; "" for one line."""
        account = self._account(uid)
        lines = [line for line in self.claims[uid]["lines"] if self._is_counted(line) and line["subset_of"] is None]
        if account.all_lines or any(line["shown"] == wording.UNSAID for line in lines):
            return ""
        parts = [
            gettext("%(number)s %(who)s") % {"number": wording.number(line), "who": self._who(line)} for line in lines
        ]
        return f" = {' + '.join(parts)}" if len(parts) > 1 else ""

    def _who(self, line):
        if line["party"]:
            return wording.actor_name(line["party"], self.document["actors"])
        return wording.people(line["category"], line["shown"])

    def _stated(self, uid, cell, key):
        account = self._account(uid)
        if account is None:
            return None
        return accounts.total(account) if cell == TOTAL else _STATED[cell](account, key)

    def _account(self, uid):
        """The Account of a claim of the document, None for a claim that gives none of this outcome."""
        claim = self.claims.get(uid)
        if claim is None or claim["aspect"] != Aspect.CASUALTIES or claim["stance"] != Stance.ASSERTS:
            return None
        lines = tuple(with_bounds(_line(line)) for line in claim["lines"] if self._is_counted(line))
        fact = ClaimFact(uid, claim["aspect"], scope=claim["scope"], is_exhaustive=claim["exhaustive"])
        return accounts.Account(fact, lines) if lines else None

    def _is_counted(self, line):
        return line["outcome"] == self.outcome and line["directness"] == Directness.DIRECT

    def _adds_up(self, figure, told):
        lows = [_floor(stated) for stated in told if _floor(stated) is not None]
        highs = [stated.largest for stated in told if stated.largest is not None]
        return bool(told) and min(lows, default=None) == figure["low"] and max(highs, default=None) == figure["high"]

    def cite(self, uid):
        """“ISPR (claim 3)”, or “ISPR” where nothing is numbered."""
        claim = self.claims.get(uid)
        name = wording.claimant(claim, self.document["actors"]) if claim else uid
        if uid not in self.numbers:
            return name
        return gettext("%(name)s (claim %(number)s)") % {"name": name, "number": self.numbers[uid]}

    def _listed(self, uids):
        names = list(dict.fromkeys(self.cite(uid) for uid in uids))
        if len(names) == 1:
            return names[0]
        return gettext("%(others)s and %(last)s") % {"others": ", ".join(names[:-1]), "last": names[-1]}


def of(document, numbers=None):
    """Outcome → Accounts for the outcomes that the headline has figures of."""
    return {
        code: Accounts(document, code, numbers)
        for code in Outcome.codes()
        if code in document["headline"]["casualties"]
    }


def _in_general(figure):
    count = len(figure["claims"])
    return ngettext(
        "One account, summed within itself.", "The range over %(count)s accounts, never their sum.", count
    ) % {"count": count}


def _floor(stated):
    return stated.low if stated.low is not None else stated.best


def _line(line):
    names = ("outcome", "category", "low", "best", "high", "open_upper", "qualifier", "party", "demographic")
    return LineFact(**{name: line[name] for name in names}, is_subset=line["subset_of"] is not None)
