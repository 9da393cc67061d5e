"""Asking the API about drafts by key."""

import json

import jsonschema

from events.desk import keys

LIST = "/api/v1/drafts/"


def key_of(person, scope="drafts"):
    return keys.issue(person, by=person, name="test", scope=scope)[1]


def ask(client, secret, method, address, body=None, **headers):
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {secret}"} | headers
    return client.generic(method, address, content, content_type="application/json", headers=headers)


def send_text(client, secret, paper, text, content_type="text/plain; charset=utf-8", more="", **headers):
    content = text if isinstance(text, bytes) else text.encode()
    headers = {"Authorization": f"Bearer {secret}"} | headers
    address = f"/api/v1/documents/{paper.shown_uid}/text/{more}"
    return client.post(address, content, content_type=content_type, headers=headers)


def at(incident, more=""):
    """The address of a draft, or of something of it."""
    return f"{LIST}{incident.shown_uid}/{more}"


def claim_of(incident, claim):
    return at(incident, f"claims/{claim.shown_uid}/")


def tag(client, secret, address):
    """The header that names the state as it is."""
    return {"If-Match": ask(client, secret, "GET", address)["ETag"]}


def described(client, path, method, status, answer):
    """Fails unless the answer has the shape that the description gives it."""
    description = client.get("/api/schema/").json()
    content = description["paths"][path][method]["responses"][str(status)]["content"]["application/json"]
    jsonschema.validate(answer.json(), content["schema"] | {"components": description["components"]})


def position(text="From the east.", **more):
    return {
        "aspect": "position",
        "claimant_text": "A shopkeeper",
        "text": text,
        "citations": [
            {
                "document": {
                    "url": "https://news.example/1",
                    "title": "Residents speak",
                    "source": {"name": "Sample News", "kind": "newspaper"},
                },
                "excerpt": "From the east.",
            }
        ],
    } | more
