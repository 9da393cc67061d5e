"""One POST to an address that somebody typed: only to public addresses, checked and then connected to as checked.

The name is asked for once. Every address it stands for must be public, and the connection goes to one of those very
addresses, so that a second answer cannot lead elsewhere. No redirect is followed, no proxy used, and of the answer
nothing is kept but its status.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from threading import Timer
from urllib.parse import urlsplit

from django.utils.translation import gettext, gettext_noop

from events.following.hooks import is_local_trial

TIMEOUT = 5  # seconds to connect, and for each part of the answer
DEADLINE = 12  # seconds for all of it
READ_AT_MOST = 4096  # bytes of the answer
TRIED_AT_MOST = 3  # addresses of one name
# Of IPv6 only what is given out to be used. Of both nothing that wraps the other one, or is set aside for something
# else; Python's own word for it, is_global, leaves some of that in, more or less of it by version.
_GIVEN_OUT = ipaddress.ip_network("2000::/3")
_SET_ASIDE = [
    ipaddress.ip_network(network)
    for network in (
        *("192.0.0.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.175.48.0/24", "224.0.0.0/3"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),
    )
]
_NO_ANSWER = gettext_noop("The host could not be reached, has no valid certificate, or gave no answer in time.")


@dataclass(frozen=True)
class Answer:
    """`status` is None when nobody answered; `sentence` says for the person what went wrong, "" when it was taken."""

    status: int | None
    sentence: str

    @property
    def is_good(self):
        return not self.sentence


class Refused(Exception):
    """The name stands for something that is not called; the sentence says so and nothing of where it leads."""


def is_public(address):
    """Whether an address (text, as a resolver gives it) lies in the public internet, and can be nothing but that."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False  # also a zone, as in fe80::1%eth0
    is_given_out = ip.version == 4 or ip in _GIVEN_OUT
    return is_given_out and ip.is_global and not any(ip in network for network in _SET_ASIDE)


def post(target, body, headers):
    """Send the bytes to an address that `hooks.checked` let through, once; returns an Answer and never raises for it."""
    line = _Line()
    watch = Timer(DEADLINE, line.hang_up)
    watch.start()
    try:
        connection = _connected(target, line)
        answer = _answer(connection, target, body, headers)
        return Answer(None, gettext(_NO_ANSWER)) if line.is_late else answer
    except Refused as refused:
        return Answer(None, str(refused))
    except (OSError, UnicodeError, ValueError, http.client.HTTPException):
        return Answer(None, gettext(_NO_ANSWER))
    finally:
        watch.cancel()
        line.close()


def resolved(host, port):
    """Addresses of a name, as text, each once and in the order of the resolver; every one public, or Refused."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    addresses = list(dict.fromkeys(entry[4][0] for entry in found))
    if not addresses or not all(is_public(address) for address in addresses):
        raise Refused(gettext("This name does not lead to a public address; only those are called."))
    return addresses


def _connected(target, line):
    """An HTTPConnection whose socket leads to an address that was checked; it never makes one itself."""
    parts = urlsplit(target)
    is_trial = is_local_trial(target)
    port = (parts.port or 80) if is_trial else 443
    line.hold(_open([parts.hostname] if is_trial else resolved(parts.hostname, port), port))
    if not is_trial:
        # The certificate has to be that of the name, whichever of its addresses answers.
        context = ssl.create_default_context()
        line.hold(context.wrap_socket(line.sock, server_hostname=parts.hostname, do_handshake_on_connect=False))
        line.sock.do_handshake()
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=TIMEOUT)
    connection.sock, connection.auto_open = line.sock, 0
    return connection


def _open(addresses, port):
    until, last = time.monotonic() + TIMEOUT, None
    for address in addresses[:TRIED_AT_MOST]:
        try:
            sock = socket.create_connection((address, port), timeout=max(0.1, until - time.monotonic()))
            sock.settimeout(TIMEOUT)
            return sock
        except OSError as error:
            last = error
    raise last


def _answer(connection, target, body, headers):
    parts = urlsplit(target)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request("POST", path, body=body, headers=headers | {"Host": parts.netloc, "Connection": "close"})
    answer = connection.getresponse()
    with contextlib.suppress(OSError, http.client.HTTPException):
        answer.read(READ_AT_MOST)
    if 200 <= answer.status < 300:
        return Answer(answer.status, "")
    if 300 <= answer.status < 400:
        return Answer(answer.status, gettext("The host answered with a redirect; none is followed."))
    return Answer(answer.status, gettext("The host did not take it."))


class _Line:
    """The socket in use. It is hung up from another thread when time is over, whatever it is waiting for."""

    sock = None
    is_late = False

    def hold(self, sock):
        self.sock = sock
        if self.is_late:
            raise TimeoutError

    def hang_up(self):
        self.is_late = True
        if self.sock is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)  # of an SSLSocket, without its own ceremony

    def close(self):
        if self.sock is not None:
            self.sock.close()
