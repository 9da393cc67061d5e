"""Public identifiers: 8 characters of Crockford base32, random, never reused, shown as `7K3M-9QX2`."""

import secrets
from base64 import b32encode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_FROM_BASE32 = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET)
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": ""})


def new():
    """A fresh uid, as stored: 40 random bits, no dash."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def several(count):
    """So many fresh uids, from one draw."""
    written = b32encode(secrets.token_bytes(5 * count)).decode().translate(_FROM_BASE32)
    return [written[start : start + LENGTH] for start in range(0, len(written), LENGTH)]


def shown(uid):
    """The uid as people read it, with its dash."""
    return f"{uid[:4]}-{uid[4:]}"


def parse(text):
    """The stored form of what somebody typed (any case, with or without dash, O for 0, I or L for 1), or None."""
    uid = text.strip().upper().translate(_READ_AS)
    return uid if len(uid) == LENGTH and set(uid) <= set(ALPHABET) else None


def number(uid):
    """A stored uid as a whole number below 2⁴⁰."""
    found = 0
    for char in uid:
        found = found * len(ALPHABET) + ALPHABET.index(char)
    return found


class UidConverter:
    """Path converter: matches both spellings and hands the stored one to the view."""

    regex = r"[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}"

    def to_python(self, value):
        uid = parse(value)
        if uid is None:
            raise ValueError(value)
        return uid

    def to_url(self, value):
        return shown(value)
