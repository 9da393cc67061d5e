"""How many were killed, asked of the index: which figure is compared, and what an open upper end means."""

from django.db.models import Q

MOST = 1_000_000  # people; no number in a question is larger
USUAL = "low"  # a best is null wherever accounts contradict, and a high is an adversary's word as often as not
_SILENT = Q(killed_low=None, killed_best=None, killed_high=None)


def at_least(number, figure=USUAL):
    """Q over PublishedIncident: low, best or high is this or more. Null never is; “or more” reaches every number (R8)."""
    found = Q(**{f"killed_{figure or USUAL}__gte": number})
    return found | Q(killed_open=True) & ~_SILENT if figure == "high" else found


def at_most(number, figure=USUAL):
    """Q over PublishedIncident: low, best or high is this or less. Null never is, nor a high of “or more”."""
    found = Q(**{f"killed_{figure or USUAL}__lte": number})
    return found & Q(killed_open=False) if figure == "high" else found
