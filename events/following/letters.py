"""Letters: what a digest says, and the one that asks to confirm an address. Plain text; nothing tells who read it."""

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from events import uids
from events.choices import EditionKind, EditionReason
from events.following.hooks import absolute

LISTED = 100  # editions that one letter names
_STOP = "events.following.stop"


def stop_token(saved):
    """Fits into an address; it lets whoever holds it end the letters about this one selection and do nothing else."""
    return signing.dumps(saved.uid, salt=_STOP)


def stopped_by(token):
    """The uid of the saved selection that the token is about, or None when it is not one of ours."""
    try:
        return signing.loads(token, salt=_STOP)
    except signing.BadSignature:
        return None


def subject(saved, number):
    said = ngettext("%(number)d edition in “%(name)s”", "%(number)d editions in “%(name)s”", number)
    return f"Frontier Ledger: {said % {'number': number, 'name': saved.name}}"


def digest(saved, told, fits, more):
    """The text of a letter about editions (corrections.Correction, oldest first), by what happened to their incidents.

    `fits` are the uids of the incidents that fit the selection now, `more` how many further editions are not named.
    """
    groups = {
        gettext("New"): [one for one in told if _is_new(one, fits)],
        gettext("Changed"): [one for one in told if one.uid in fits and not _is_new(one, fits)],
        gettext("Withdrawn or merged"): [one for one in told if one.uid not in fits and _is_gone(one)],
        gettext("No longer in your selection"): [one for one in told if one.uid not in fits and not _is_gone(one)],
    }
    lines = [gettext("What the record published about your selection “%(name)s”:") % {"name": saved.name}, ""]
    for heading, group in groups.items():
        if group:
            lines += [heading.upper(), "", *(line for one in group for line in _lines(one))]
    if more:
        said = ngettext("And %(more)d further edition.", "And %(more)d further editions.", more)
        lines += [said % {"more": more}, ""]
    return "\n".join([*lines, *_foot(saved)])


def send(delivery, address):
    """Hand one digest to the mail server. Raises what the mail server's refusal raises."""
    stop = absolute("following-stop", stop_token(delivery.saved))
    headers = {
        "Message-ID": f"<{uids.shown(delivery.uid)}.{delivery.up_to_sequence}@{_host()}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    EmailMessage(delivery.subject, delivery.body, to=[address], headers=headers).send()


def send_link(address, secret):
    """Ask to confirm an address. Raises what the mail server's refusal raises."""
    lines = [
        gettext(
            "Somebody who has an account at Frontier Ledger gave this address for letters about the public record."
        ),
        "",
        gettext("If it was you, open this page within three days and confirm:"),
        absolute("following-confirm", secret),
        "",
        gettext("If it was not you, do nothing: no other letter will come."),
    ]
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(
        gettext("Frontier Ledger: confirm this address"), "\n".join(lines), to=[address], headers=headers
    ).send()


def _is_new(one, fits):
    return one.uid in fits and one.entry.edition.number == 1


def _is_gone(one):
    return one.entry.edition.kind != EditionKind.PUBLISHED


def _lines(one):
    edition = one.entry.edition
    reason = EditionReason.label_of(edition.reason)
    date = f"{edition.published_at.day} {edition.published_at:%B %Y}"
    said = gettext("Edition %(number)d, %(date)s: %(reason)s") % {
        "number": edition.number,
        "date": date,
        "reason": f"{reason}. {edition.note}" if edition.note else f"{reason}.",
    }
    lines = [one.title or uids.shown(one.uid), f"  {said}"]
    if edition.merged_into_uid:
        into = absolute("incident", edition.merged_into_uid)
        lines.append("  " + gettext("Merged into %(address)s") % {"address": into})
    lines.append("  " + absolute("incident" if one.is_public else "incident-history", one.uid))
    return [*lines, ""]


def _foot(saved):
    timeline = settings.SITE_URL + reverse("timeline") + (f"?{saved.query}" if saved.query else "")
    return [
        "--",
        gettext("The selection: %(address)s") % {"address": timeline},
        gettext("How you are told: %(address)s") % {"address": absolute("following-entry", saved.uid)},
        gettext("No more letters about it: %(address)s") % {"address": absolute("following-stop", stop_token(saved))},
    ]


def _host():
    return settings.SITE_URL.partition("//")[2].partition("/")[0].partition(":")[0]
