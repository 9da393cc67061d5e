"""No typed address leads into a network that is not public; and a hostile receiver costs neither time nor memory."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError

from events.following import calling, hooks

PUBLIC = ("8.8.8.8", "1.1.1.1", "203.0.114.7", "2606:4700:4700::1111", "2a00:1450:4001:812::200e")
NOT_PUBLIC = (
    *("127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),  # noqa: S104
    *("169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.9"),
    *("192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1"),
    *("2002:7f00:1::", "2001::1", "2001:10::1", "2001:20::1", "2001:db8::1", "3fff::1", "5f00::1", "100::1"),
    *("fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "4000::1", "a000::1"),
    *("", "localhost", "0x7f.1", "2130706433", "0177.0.0.1", "127.1", "1.2.3.4.5"),
)
REFUSED = (
    "",
    "hooks.example.org/in",
    "http://hooks.example.org/in",
    "ftp://hooks.example.org/in",
    "file:///etc/passwd",
    "gopher://hooks.example.org/",
    "//hooks.example.org/in",
    "https://",
    "https:///in",
    "https://hooks.example.org:8443/in",
    "https://hooks.example.org:22/in",
    "https://hooks.example.org:99999/in",
    "https://hooks.example.org:x/in",
    "https://user@hooks.example.org/in",
    "https://user:pw@hooks.example.org/in",
    "https://hooks.example.org@127.0.0.1/in",
    "https://127.0.0.1/in",
    "https://127.1/in",
    "https://2130706433/in",
    "https://0x7f000001/in",
    "https://0x7f.0.0.1/in",
    "https://0177.0.0.1/in",
    "https://1.2.3.0x7f/in",
    "https://[::1]/in",
    "https://[::ffff:127.0.0.1]/in",
    "https://[fe80::1%25eth0]/in",
    "https://[not-one]/in",
    "https://localhost/in",
    "https://intranet/in",
    "https://hooks.example.org./in",
    "https://hooks..example.org/in",
    "https://-hooks.example.org/in",
    "https://hooks_1.example.org/in",
    "https://hööks.example.org/in",
    "https://１２７.０.０.１/in",
    "https://127。0。0。1/in",
    "https://hooks.example.org/a b",
    "https://hooks.example.org/\r\nX-Header: 1",
    "https://hooks.example.org/\x00",
    "https://hooks.example.org\\@127.0.0.1/in",
    "https://hooks.example.org/in#part",
    "https://hooks.example.org/" + "x" * 500,
)


@pytest.fixture
def opened(monkeypatch):
    """The addresses to which a connection was tried; none of them answers."""
    tried = []

    def open_none(address, timeout):
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", open_none)
    return tried


def resolving(monkeypatch, *answers):
    """The resolver gives these lists of addresses, one after the other; returns how often it was asked."""
    asked = []

    def give(host, port, **_):
        asked.append(host)
        found = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", give)
    return asked


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_called(address):
    assert calling.is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_all_other_addresses_are_not(monkeypatch, opened, address):
    assert not calling.is_public(address)
    for answers in ([address], ["8.8.8.8", address], [address, "8.8.8.8"]):
        resolving(monkeypatch, answers)
        answer = calling.post("https://hooks.example.org/in", b"{}", {})

        assert (answer.status, answer.sentence) == (
            None,
            "This name does not lead to a public address; only those are called.",
        )
    assert opened == []


@pytest.mark.parametrize("target", REFUSED)
def test_what_is_no_plain_https_address_of_a_named_host_is_refused_when_it_is_typed(target):
    with pytest.raises(ValidationError) as refused:
        hooks.checked(target)

    assert refused.value.message_dict["target"][0].endswith(".")


@pytest.mark.parametrize(
    "target",
    [
        "https://hooks.example.org",
        "https://hooks.example.org:443/in?x=1&y=%20",
        "https://HOOKS.example.org/in",
        "https://xn--hks-sna.example.org/",
    ],
)
def test_an_ordinary_address_is_taken_as_it_was_typed(target):
    assert hooks.checked(f"  {target} ") == target


def test_this_machine_is_called_only_while_debugging(settings):
    assert not hooks.is_local_trial("http://localhost:8000/in")
    settings.DEBUG = True

    assert hooks.checked("http://localhost:8000/in")
    for target in ("http://localhost.example.org/in", "http://10.0.0.1/in", "https://localhost/in", "http://[::1]/in"):
        with pytest.raises(ValidationError):
            hooks.checked(target)


def test_the_name_is_asked_for_once_and_the_connection_goes_where_it_was_checked(monkeypatch, opened):
    asked = resolving(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])

    answer = calling.post("https://hooks.example.org/in", b"{}", {})

    assert asked == ["hooks.example.org"]
    assert opened == [("8.8.8.8", 443)]
    assert "could not be reached" in answer.sentence


def test_only_a_few_addresses_of_a_name_are_tried(monkeypatch, opened):
    resolving(monkeypatch, [f"8.8.8.{number}" for number in range(50)])

    calling.post("https://hooks.example.org/in", b"{}", {})

    assert len(opened) == calling.TRIED_AT_MOST


@pytest.mark.parametrize("error", [socket.gaierror("no such name"), UnicodeError("label too long")])
def test_a_name_that_leads_nowhere_is_an_answer_too(monkeypatch, error):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    assert "could not be reached" in calling.post("https://hooks.example.org/in", b"{}", {}).sentence


def test_the_certificate_has_to_be_that_of_the_name(monkeypatch):
    with receiver(b"HTTP/1.1 200 OK\r\n\r\n") as (port, got):
        monkeypatch.setattr(calling, "resolved", lambda *_: ["8.8.8.8"])
        real = socket.create_connection
        monkeypatch.setattr(socket, "create_connection", lambda _, timeout: real(("127.0.0.1", port), timeout=timeout))

        answer = calling.post("https://hooks.example.org/in", b"secret body", {})

    assert not answer.is_good and "valid certificate" in answer.sentence
    assert b"secret body" not in b"".join(got)


# --- what answers ------------------------------------------------------------------------------------------------


@contextmanager
def receiver(*pieces, pause=0):
    """(port, what came in): something on this machine that takes one call and sends these bytes, a pause before each."""
    server, got = socket.create_server(("127.0.0.1", 0)), []

    def serve():
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(5)
            try:
                got.append(connection.recv(65536))
                for piece in pieces:
                    time.sleep(pause)
                    connection.sendall(piece)
                connection.shutdown(socket.SHUT_WR)
                got.append(connection.recv(65536))
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield server.getsockname()[1], got
    server.close()
    thread.join(timeout=10)


def call(settings, port, body=b"{}"):
    settings.DEBUG = True
    return calling.post(f"http://127.0.0.1:{port}/in?x=1", body, {"webhook-id": "msg_1"})


@pytest.mark.parametrize(
    ("status", "is_good"),
    [
        ("200 OK", True),
        ("204 No Content", True),
        ("302 Found\r\nLocation: http://127.0.0.1:1/", False),
        ("500 No", False),
    ],
)
def test_only_a_status_of_success_counts_and_no_redirect_is_followed(settings, status, is_good):
    with receiver(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode()) as (port, got):
        answer = call(settings, port, b'{"type":"test"}')

    assert (answer.status, answer.is_good) == (int(status[:3]), is_good)
    assert got[0].startswith(b"POST /in?x=1 HTTP/1.1\r\n") and b"webhook-id: msg_1\r\n" in got[0]
    assert b'{"type":"test"}' in b"".join(got)


def test_of_a_long_answer_only_the_beginning_is_read(settings, monkeypatch):
    read = []
    real = calling.http.client.HTTPResponse.read
    monkeypatch.setattr(
        calling.http.client.HTTPResponse, "read", lambda self, amount=None: read.append(amount) or real(self, amount)
    )
    with receiver(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 5_000_000) as (port, _):
        answer = call(settings, port)

    assert answer.is_good
    assert read == [calling.READ_AT_MOST]


@pytest.mark.parametrize("pieces", [[b"HTTP/1.1 200 OK\r\nX: "] + [b"y"] * 200, [b"H"] + [b"x"] * 200])
def test_an_answer_that_drips_is_hung_up(settings, monkeypatch, pieces):
    monkeypatch.setattr(calling, "DEADLINE", 0.5)
    with receiver(*pieces, pause=0.05) as (port, _):
        begun = time.monotonic()
        answer = call(settings, port)

    assert time.monotonic() - begun < 3
    assert not answer.is_good


NO_ANSWERS = (b"", b"not http at all\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500)


@pytest.mark.parametrize("words", NO_ANSWERS)
def test_what_is_no_answer_is_a_failure(settings, words):
    with receiver(words) as (port, _):
        assert not call(settings, port).is_good
