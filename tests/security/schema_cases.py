"""Requests made from the OpenAPI document of a running server, and what an answer to any of them may be."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation

from console.conversation.people import Role
from tests.security.serving import Team

SECONDS: Final = 20.0
"""Within which every request is answered: much longer than any should take, on a machine that does other things too."""

LAST: Final = ("/v1/sign-out", "/chat/session")
"""Routes after which whoever asked is nobody."""

KEPT: Final = frozenset({"/v1/customers/{customer}/erase"})
"""Routes that would take away what the others are asked about: nobody real is named to them."""

LONGEST_HEAD: Final = 20_000
"""Characters of an address, before they are written as bytes in hexadecimal, from which the server may hang up."""

NOT_HERE: Final = "/v1/conversations/{conversation}/rewrite"
"""A route that says 503 as long as no language model is set up, as here."""


@dataclass
class Answers:
    """What came back."""

    made: int = 0
    """Cases made from the document, each of which is asked as everybody there is."""
    cases: int = 0
    """Requests that were answered."""
    slowest: float = 0.0
    """Seconds that the slowest answer took."""
    slowest_of: str = ""
    """The request that it was an answer to."""
    statuses: dict[int, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    """What no answer may be: a fault of the server's own, silence, or something else than HTTP."""

    def lines(self) -> list[str]:
        """Return the figures of a run."""
        counts = ", ".join(f"{status}: {times}" for status, times in sorted(self.statuses.items()))
        slowest = f"slowest {self.slowest:.2f} s ({self.slowest_of})"
        return [
            f"{self.made} cases, {self.cases} requests, {slowest}",
            f"statuses {counts}",
            f"{len(self.faults)} faults",
            *self.faults,
        ]


class Prober:
    """Asks a server whatever its document allows, and what it does not, as everybody there is."""

    def __init__(self, team: Team, page: Mapping[str, str], real: Mapping[str, str]) -> None:
        """``page`` is the cookie of a customer's browser; ``real`` are path parameters that name something."""
        self._team, self._real = team, dict(real)
        self._line = requests.Session()
        self._line.trust_env = False
        self.answers = Answers()
        origin = {"Origin": team.url}
        self._people: dict[str, tuple[dict[str, str], dict[str, str]]] = {"nobody": ({}, {})}
        self._people |= {str(role): (team.bearer(role), {}) for role in Role}
        self._people["customer"] = (origin, dict(page))

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def operations(self) -> list[APIOperation]:
        """Return every route of the server's document, those last that end somebody's stay."""
        document = requests.get(f"{self._team.url}/openapi.json", timeout=SECONDS).json()
        found = [made.ok() for made in schemathesis.openapi.from_dict(document).get_all_operations()]
        return sorted(found, key=lambda one: one.path in LAST)

    def probe(self, operation: APIOperation, examples: int, *, new: bool) -> None:
        """Ask one route ``examples`` times, each time as everybody; ``new``: with other cases than the last time."""
        run = settings(
            max_examples=examples,
            derandomize=not new,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )

        @run
        @given(self._cases(operation))
        def ask(case: Case) -> None:
            self.answers.made += 1
            for who in self._people:
                self._ask(case, who)

        ask()

    def _cases(self, operation: APIOperation) -> st.SearchStrategy[Case]:
        names = {parameter.name for parameter in operation.path_parameters}
        real = {name: value for name, value in self._real.items() if name in names}
        ways = [operation.as_strategy(GenerationMode.POSITIVE)]
        if real and operation.path not in KEPT:
            ways.insert(0, operation.as_strategy(GenerationMode.POSITIVE, path_parameters=real))
            ways.append(operation.as_strategy(GenerationMode.NEGATIVE, path_parameters=real))
        elif names or list(operation.iter_parameters()) or operation.body:
            ways.append(operation.as_strategy(GenerationMode.NEGATIVE))
        return st.one_of(ways)

    def _ask(self, case: Case, who: str) -> None:
        headers, cookies = self._people[who]
        sent = case.as_transport_kwargs(base_url=self._team.url)
        sent["headers"] = {**dict(sent.get("headers") or {}), **headers}
        sent["cookies"] = {**dict(sent.get("cookies") or {}), **cookies}
        said = f"{case.method} {case.path} as {who}"
        began = time.monotonic()
        try:
            with self._line.request(**sent, stream=True, timeout=SECONDS, allow_redirects=False) as answer:
                if "event-stream" not in answer.headers.get("content-type", ""):
                    _ = answer.content
                status = answer.status_code
        except requests.RequestException as error:
            if len(sent["url"]) + len(str(sent.get("params"))) < LONGEST_HEAD:
                self.answers.faults.append(f"{said}: {type(error).__name__}: {error}\n{case.as_curl_command()}")
            return
        finally:
            self._line.cookies.clear()
        self._note(case, status, time.monotonic() - began, said)

    def _note(self, case: Case, status: int, seconds: float, said: str) -> None:
        answers = self.answers
        answers.cases += 1
        if seconds > answers.slowest:
            answers.slowest, answers.slowest_of = seconds, f"{said}: {status}"
        answers.statuses[status] = answers.statuses.get(status, 0) + 1
        told = status == requests.codes.unavailable and case.path == NOT_HERE
        if (status >= requests.codes.server_error and not told) or seconds > SECONDS:
            answers.faults.append(f"{said}: {status} in {seconds:.1f} s\n{case.as_curl_command()}")
