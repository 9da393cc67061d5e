"""The whole API, asked what its own description allows and what it does not: no fault, nothing undocumented, no draft.

Everybody asks: without a key, and with the keys of a researcher, an analyst and an editor. The examples are made from a
fixed beginning, so that a run says the same again; EXAMPLES in the environment asks for more of them.
"""

import itertools
import os
import traceback

import orjson
import pytest
import schemathesis
from django.core.cache import caches
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.stateful import run_state_machine_as_test
from schemathesis import checks
from schemathesis.checks import load_all_checks

from events.api.documentation import _description
from events.desk import incidents, keys, registers
from events.freezing import jobs
from events.models.edition import Edition
from events.press import editions, relations, releases
from tests import builders

pytestmark = pytest.mark.django_db
SECRET = "gloxinia-quandary"  # stands in the texts of a draft, and nowhere else
EXAMPLES = int(os.environ.get("EXAMPLES", "2"))  # of each operation and each role
SCOPES = {"researcher": "read", "analyst": "drafts", "editor": "drafts"}
UNTRUSTED = ("anonymous", "researcher")
MANY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
load_all_checks()
# All but two. What fits the description may be refused: no schema says that a first day lies before a last one. And what
# is read with a key is read without one as well.
LEFT_OUT = {"positive_data_acceptance", "ignored_auth", "response_schema_conformance"}
CHECKS = checks.CHECKS.get_by_names([name for name in checks.CHECKS.get_all_names() if name not in LEFT_OUT])
# On a walk the header of the key is left out now and then, which is no wrong question.
WALKED = checks.CHECKS.get_by_names(
    [name for name in checks.CHECKS.get_all_names() if name not in LEFT_OUT | {"negative_data_rejection"}]
)
SHAPE = checks.CHECKS.get_by_names(["response_schema_conformance"])  # of what is JSON


@pytest.fixture
def known(settings, tmp_path):
    """Parameter of a path → values that lead to something public."""
    settings.DATA_DIR = tmp_path
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": {"anonymous": None, "key": None}}
    caches["api_rates"].clear()
    analyst, editor = builders.person("analyst"), builders.person("editor")
    front = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    cause = builders.published(by=analyst, editor=editor, title="The cause")
    answer = builders.published(
        by=analyst,
        editor=editor,
        title="The answer",
        claims=[
            builders.claim("perpetrator", claimant=front, value_actor=front, part="perpetrator"),
            builders.claim("casualties", lines=[builders.toll(7)]),
        ],
    )
    link = incidents.link(answer, cause, by=editor, type="follows")
    editions.publish(answer, by=editor, reason="correction", note="A link")
    relation = registers.relate(front, "fights", builders.actor("Test Two"), by=editor, basis="established")
    relations.publish_relation(relation, by=editor, reason="new_incident")
    release = jobs.write(releases.freeze("2026.1", by=editor, site="https://ledger.example").pk)
    draft = builders.draft(analyst, title=f"Draft of {SECRET}", summary=SECRET)
    paper = answer.claims.first().citations.get().document
    return {
        "uid": [answer.shown_uid, link.shown_uid, relation.shown_uid, paper.shown_uid, draft.shown_uid],
        "claim_uid": [draft.claims.get().shown_uid],
        "slug": [front.slug, answer.location.slug, paper.source.slug],
        "sequence": [Edition.objects.latest("pk").pk],
        "number": [1, 2],
        "name": [release.name, "kind"],
        "file": ["incidents.csv", "manifest.json"],
        "endpoint": ["acled", "actor"],
        "version": ["current", release.name],
    }


@pytest.fixture
def schema(known):
    made = schemathesis.openapi.from_dict(orjson.loads(_description()[0]))
    made.app = get_wsgi_application()
    # As Django's own client does: the connection of the test must outlive each request.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield made
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("role", ["anonymous", *SCOPES])
def test_nothing_that_is_asked_brings_a_fault_or_an_answer_that_is_not_described(schema, known, role):
    headers, numbers = _headers(role), itertools.count()
    failed = {}
    for found in schema.get_all_operations():
        operation = found.ok()
        try:
            _ask(operation, headers, known, numbers, role)
        except (Exception, BaseExceptionGroup) as error:  # noqa: BLE001 - one operation that fails does not hide the others
            failed[operation.label] = "".join(traceback.format_exception(error))
    assert not failed, "\n\n".join(f"{label}\n{said}" for label, said in failed.items())


def _headers(role):
    if role not in SCOPES:
        return {}
    person = builders.person(role)
    _, secret = keys.issue(person, by=person, name="Fuzz", scope=SCOPES[role])
    return {"Authorization": f"Bearer {secret}"}


def _checks(response, known=CHECKS):
    is_json = "json" in response.headers.get("content-type", [""])[0]
    return [*known, *(SHAPE if is_json else [])]


def _ask(operation, headers, known, numbers, role):
    @settings(MANY)
    @given(case=operation.as_strategy())
    def ask(case):
        for name in case.path_parameters or {}:
            number = next(numbers)
            if name in known and number % 2:
                case.path_parameters[name] = known[name][number // 2 % len(known[name])]
        if "wait" in (case.query or {}):
            case.query["wait"] = 0  # waiting is tested elsewhere
        response = case.call(headers=headers | {"Accept-Encoding": "identity"})
        case.validate_response(response, checks=_checks(response))
        assert role not in UNTRUSTED or SECRET not in response.text, operation.label

    ask()


@pytest.mark.parametrize("role", ["anonymous", *SCOPES])
def test_one_answer_leads_to_the_next_without_a_fault(schema, role):
    """What an answer names is asked for in turn: the links between operations are read off the description."""
    headers = _headers(role) | {"Accept-Encoding": "identity"}

    class Walk(schema.as_state_machine()):
        def get_call_kwargs(self, case):
            return {"headers": headers}

        def before_call(self, case):
            if "wait" in (case.query or {}):
                case.query["wait"] = 0

        def validate_response(self, response, case, **more):
            case.validate_response(response, checks=_checks(response, WALKED))
            assert role not in UNTRUSTED or SECRET not in response.text, case.operation.label

    run_state_machine_as_test(Walk, settings=settings(MANY, stateful_step_count=6))
