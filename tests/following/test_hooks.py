"""The signature: as the documentation says, and from nothing that the database holds alone."""

import base64
import json
import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from events.following import delivering, hooks, saving, telling
from events.models.following import Delivery, SavedSelection
from tests import builders
from tests.following import world

DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "following.md"


def documented():
    """The function that the documentation gives to receivers."""
    code = re.search(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL).group(1)
    names = {}
    exec(code, names)  # noqa: S102 (our own documentation)
    return names["is_ours"]


@pytest.mark.django_db
def test_a_call_is_verified_as_the_documentation_says(researcher, sends, monkeypatch):
    saved, secret = world.webhook(researcher)
    builders.published(title="Made-up, آٹھ")
    made = telling.prepare(saved.pk, world.later())
    calls = []
    monkeypatch.setattr(delivering.calling, "post", lambda *call: calls.append(call) or delivering.Answer(200, ""))
    Delivery.objects.update(next_try_at=made.created_at.replace(year=2020))
    delivering.deliver(made.pk)
    [(target, body, headers)] = calls
    is_ours = documented()

    assert target == "https://hooks.example.org/in?x=1"
    assert headers["webhook-id"] == f"msg_{made.uid}"
    assert is_ours(secret, headers, body)
    assert not is_ours(secret, headers, body + b" ")
    assert not is_ours(secret, headers | {"webhook-id": "msg_other"}, body)
    assert not is_ours(secret, headers | {"webhook-timestamp": str(int(headers["webhook-timestamp"]) - 3600)}, body)
    assert not is_ours(hooks.new_secret()[1], headers, body)
    assert json.loads(body)["type"] == "editions"


def test_the_signature_is_that_of_standard_webhooks(monkeypatch):
    """The example of the specification: https://github.com/standard-webhooks/standard-webhooks, libraries/python tests."""
    monkeypatch.setattr(hooks, "_key", lambda nonce: base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))

    headers = hooks.signed("", id="msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp=1614265330, body=b'{"test": 2432232314}')

    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.django_db
def test_the_secret_is_shown_once_and_is_not_in_the_database(client, researcher, sends):
    client.force_login(researcher)
    saved = saving.save(by=researcher, name="Made-up", query="")
    sent = {"name": "Made-up", "tell": "webhook", "target": "https://hooks.example.org/in"}

    answer = client.post(f"/following/{saved.uid}/", sent)

    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", answer.content.decode()).group()
    row = SavedSelection.objects.values().get()
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert secret.removeprefix("whsec_") not in str(row)
    assert "whsec_" not in client.get(f"/following/{saved.uid}/").content.decode()
    renewed = client.post(f"/following/{saved.uid}/secret/")
    assert renewed.status_code == 201 and secret not in renewed.content.decode()


@pytest.mark.django_db
def test_another_secret_key_makes_other_secrets(settings):
    nonce, secret = hooks.new_secret()
    settings.SECRET_KEY = "another key"

    assert hooks.signed(nonce, id="1", timestamp=1, body=b"")["webhook-signature"] != secret
    assert hooks._key(nonce) != hooks.base64.b64decode(secret.removeprefix("whsec_"))


@pytest.mark.django_db
def test_a_webhook_without_an_address_is_refused_at_its_field(researcher, sends):
    saved = saving.save(by=researcher, name="Made-up", query="")

    with pytest.raises(ValidationError) as refused:
        saving.tell(saved, by=researcher, way="webhook", target="")

    assert list(refused.value.message_dict) == ["target"]
