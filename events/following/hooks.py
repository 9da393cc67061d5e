"""Webhooks: the address that is called, its secret, what is sent and how it is signed (Standard Webhooks)."""

import base64
import hashlib
import hmac
import re
import secrets
from urllib.parse import urlsplit

import orjson
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from events import uids

LONGEST_TARGET = 500
_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")  # what the last part of an address in numbers looks like
_PLAIN = re.compile(r"[!-~]+")


def checked(target):
    """The address if a webhook may call it; ValidationError with a sentence otherwise. Asks nobody and nothing.

    Names of hosts only, never numbers; https on its own port. While DEBUG is on, http to this machine, for trying out.
    """
    target = target.strip()
    try:
        parts = urlsplit(target)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        _refuse(gettext("This is no address; write it as https://example.org/hook."))
    if not target or len(target) > LONGEST_TARGET or not _PLAIN.fullmatch(target) or "\\" in target:
        _refuse(gettext("Write the address as https://example.org/hook, in plain letters, 500 characters at most."))
    if "@" in parts.netloc or parts.fragment:
        _refuse(gettext("Leave out user names, passwords and what follows a #; the signature shows who calls."))
    if is_local_trial(target):
        return target
    if parts.scheme != "https" or port not in (None, 443):
        _refuse(gettext("Only https on its usual port is called; write the address as https://example.org/hook."))
    labels = host.split(".")
    if len(labels) < 2 or not all(_NAME.fullmatch(label) for label in labels) or _NUMBER.fullmatch(labels[-1]):
        _refuse(gettext("Name the host by its full name, such as hooks.example.org; numbers are not called."))
    return target


def is_local_trial(target):
    """Whether this is http to this very machine, which is called while DEBUG is on and never else."""
    parts = urlsplit(target)
    return settings.DEBUG and parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")


def new_secret():
    """(nonce, secret): the nonce is kept, the secret is shown once and made anew from it for every signature."""
    nonce = secrets.token_urlsafe(32)
    return nonce, f"whsec_{base64.b64encode(_key(nonce)).decode()}"


def signed(nonce, *, id, timestamp, body):
    """The headers of a call whose body is these bytes; `timestamp` in whole seconds since 1970."""
    content = b".".join([id.encode(), str(timestamp).encode(), body])
    signature = base64.b64encode(hmac.new(_key(nonce), content, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "User-Agent": "FrontierLedger-Webhooks/1",
        "webhook-id": id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{signature}",
    }


def payload(saved, told, fits, now):
    """The body of a call as text: JSON of the editions (corrections.Correction, oldest first) of a saved selection.

    `fits` are the uids of the incidents that fit it now; `in_selection` is false for what left.
    """
    return _json(
        "editions",
        saved,
        now,
        editions=[_edition(one.entry.edition, one.uid in fits) for one in told],
    )


def test_payload(saved, now):
    return _json("test", saved, now, editions=[])


def absolute(name, *args):
    """The whole address of a page of this site, for those who read it elsewhere."""
    return settings.SITE_URL + reverse(name, args=args)


def _json(type, saved, now, editions):
    data = {"selection": uids.shown(saved.uid), "query": saved.query, "editions": editions}
    content = {"type": type, "timestamp": now.isoformat(timespec="seconds"), "data": data}
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode()


def _edition(edition, is_in):
    uid = edition.subject_uid
    return {
        "sequence": edition.pk,
        "uid": uids.shown(uid),
        "number": edition.number,
        "kind": edition.kind,
        "reason": edition.reason,
        "note": edition.note,
        "sha256": edition.sha256,
        "published_at": edition.published_at.isoformat(timespec="seconds"),
        "merged_into": uids.shown(edition.merged_into_uid) if edition.merged_into_uid else None,
        "in_selection": is_in,
        "address": absolute("incident-history", uid),
        "document": absolute("api-incident-edition", uid, edition.number),
    }


def _key(nonce):
    """32 bytes that only who has both this row and SECRET_KEY can make: a copy of the database signs nothing."""
    return salted_hmac("events.following.hooks", nonce, algorithm="sha256").digest()


def _refuse(sentence):
    raise ValidationError({"target": sentence})
