"""Whatever is sent to a route, by whomever: an answer comes soon, and it is no fault of the server's."""

import os
import time
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.security.serving import Team

if TYPE_CHECKING:  # Schemathesis takes seconds, in every process that collects tests
    from tests.security.schema_cases import Prober

CASES = int(os.environ.get("SECONDCHAIR_TEST_CASES", "10000"))
"""Requests of the long form."""


@pytest.fixture
def prober(team: Team) -> "Iterator[Prober]":
    """Somebody who asks about a conversation, a customer and an article that are there."""
    from tests.security.schema_cases import Prober

    with team.customer("hello, my parcel LF-88213 has not moved for nine days PROBED") as page:
        conversation = team.conversation_with("PROBED")
        real = {"conversation": conversation, "kind": "article", "name": "chat.js"}
        with closing(Prober(team, dict(page.cookies), real)) as made:
            yield made


def test_no_route_fails_or_hangs_whatever_is_asked(prober: "Prober") -> None:
    """A request to each route as everybody, within what its description allows or beside it."""
    operations = prober.operations()
    for operation in operations:
        prober.probe(operation, 1, new=False)
    assert not prober.answers.faults, "\n".join(prober.answers.faults)
    assert prober.answers.cases >= 7 * len(operations) * 0.9


@pytest.mark.slow
def test_ten_thousand_requests_find_no_fault(prober: "Prober") -> None:
    """The same with ten thousand requests, other ones each time (``SECONDCHAIR_TEST_CASES``)."""
    from tests.security.schema_cases import LAST

    operations = prober.operations()
    began = time.monotonic()
    lasting = [operation for operation in operations if operation.path not in LAST]
    while prober.answers.cases < CASES:
        for operation in lasting:
            prober.probe(operation, 4, new=True)
        print(*prober.answers.lines(), f"{time.monotonic() - began:.0f} s so far", sep="\n", flush=True)
    for operation in operations[len(lasting) :]:
        prober.probe(operation, 20, new=True)
    print(*prober.answers.lines(), f"{len(operations)} routes, {time.monotonic() - began:.0f} s", sep="\n")
    assert not prober.answers.faults, "\n".join(prober.answers.faults)
