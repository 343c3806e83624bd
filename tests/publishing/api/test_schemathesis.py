"""Answers held against the OpenAPI document by Schemathesis: what fits it and what does not, in-process on the demo.

Which slugs exist no schema can say: well-formed requests may be refused, and `positive_data_acceptance` is left out.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from apps.config.wsgi import application
from apps.publishing.api.openapi import document
from tests.publishing.api.asking import operations
from tests.publishing.api.tokens import Program

SCHEMA = schemathesis.openapi.from_dict(document())
SCHEMA.app = application
CASES = [(name, mode) for name in operations() for mode in GenerationMode]
#: The same cases at every run, and few: what finds more is run by hand with a larger number.
BOUNDED = settings(
    max_examples=10,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The transaction of the test outlives its requests, as with Django's own client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("name", "mode"), CASES, ids=[f"{name}-{mode.value}" for name, mode in CASES])
def test_nothing_is_answered_that_is_not_described(
    demo: None, program: Program, name: str, mode: GenerationMode
) -> None:
    ask_many(program, name, mode)


def ask_many(program: Program, name: str, mode: GenerationMode) -> None:
    """Send some requests of an operation, and hold each answer against the document."""
    method, path, _ = operations()[name]
    operation: Any = SCHEMA[path][method.upper()]

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        headers = {"Authorization": f"Bearer {program.secret}"}
        case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

    ask()


@pytest.mark.parametrize("wrong", [{}, {"slug": "x", "more": 1}])
def test_an_answer_that_is_not_described_would_be_found(
    demo: None, program: Program, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any]
) -> None:
    monkeypatch.setattr("apps.publishing.api.listed.topic", lambda row: wrong)
    with pytest.raises(BaseExceptionGroup, match=r"violates schema|Schema"):
        ask_many(program, "topics", GenerationMode.POSITIVE)
