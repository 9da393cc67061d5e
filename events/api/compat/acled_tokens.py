"""Who asks in ACLED's ways: a key of ours as `key=`, or a short-lived token that was given for one.

Tokens are signed and name the key they were given for, so that nothing is stored of them; a key that is revoked or
expires takes its tokens with it. They open the reading addresses of this room and no other door.
"""

from datetime import timedelta

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from events.api import keys
from events.models.key import PREFIX, ApiKey

ACCESS, REFRESH = timedelta(hours=1), timedelta(days=14)
_SALT = "events.api.compat.acled"


class AcledAuthentication(BaseAuthentication):
    """The header first, else `key`; whatever is given must be valid, nothing given is nobody in particular."""

    def authenticate(self, request):
        header = request.headers.get("Authorization")
        if header is not None:
            scheme, _, secret = header.partition(" ")
            if scheme.lower() != "bearer":
                raise AuthenticationFailed("Send “Authorization: Bearer …” with an access token or a key of this site.")
            return keys.admitted(_key_of(secret.strip()))
        given = request.query_params.get("key", "").strip()
        return keys.admitted(_key_of(given)) if given else None

    def authenticate_header(self, request):
        return 'Bearer realm="Frontier Ledger API"'


def issue(key):
    """The answer of the token address: an access token, one to renew it with, and their seconds."""
    return {
        "token_type": "Bearer",
        "expires_in": int(ACCESS.total_seconds()),
        "access_token": _signer("access").sign_object({"key": key.lookup}),
        "refresh_token": _signer("refresh").sign_object({"key": key.lookup}),
        "refresh_token_expires_in": int(REFRESH.total_seconds()),
    }


def of_password(secret):
    """The usable key that stands in the place of the password; AuthenticationFailed says why there is none."""
    if not secret.startswith(f"{PREFIX}_"):
        raise AuthenticationFailed(
            f"The password must be an API key of this site ({PREFIX}_…), never the password of your account. "
            "Make one at the desk under API keys."
        )
    return keys.admitted(keys.find(secret))[1]


def of_refresh(token):
    """The usable key for which the refresh token was given; AuthenticationFailed says why there is none."""
    return keys.admitted(_key_in(token, "refresh", REFRESH))[1]


def _key_of(secret):
    return keys.find(secret) if secret.startswith(f"{PREFIX}_") else _key_in(secret, "access", ACCESS)


def _key_in(token, use, age):
    try:
        lookup = _signer(use).unsign_object(token, max_age=age)["key"]
    except SignatureExpired as error:
        raise AuthenticationFailed("This token has ended. Get a new one from oauth/token.") from error
    except (BadSignature, ValueError, KeyError, TypeError) as error:
        raise AuthenticationFailed(
            "This is neither a token nor a key of this site. Check that it was copied whole, or read without one."
        ) from error
    key = ApiKey.objects.select_related("user").filter(lookup=lookup).first()
    if key is None:
        raise AuthenticationFailed("The key of this token is gone. Get a new key, or read without one.")
    return key


def _signer(use):
    return TimestampSigner(salt=f"{_SALT}.{use}", sep=".")
