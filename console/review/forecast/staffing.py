"""How many agents hand-overs need so that enough of them are answered in time: Erlang's formula. Pure; arrays.

Work is offered at ``load`` erlangs: hand-overs a second times the seconds that an agent is busy with each. An agent who
works several chats at once is that many servers, whom they keep all at work (Little's law gives the chats under way).
The chance that somebody waits is Erlang's (1917) C; of those who wait, a share exp(-(n - load) t / busy) waits longer
than ``t``. It is a formula for calls that arrive singly and wait patiently: where customers leave it asks for too many.
"""

from typing import Final

import numpy as np

from console.review.intervals import Floats

SHARE: Final = 0.8
"""Of hand-overs that are to be answered in time."""

MOST: Final = 2_000
"""Servers that are looked at."""


def agents(rates: Floats, handling: float, at_once: int, within: float) -> Floats:
    """Return the agents that hand-overs (an hour) need; ``handling`` and ``within`` are in seconds."""
    load = np.asarray(rates, dtype=np.float64) * handling / 3600
    found = np.zeros(len(load))
    blocked = np.ones(len(load))
    for servers in range(1, MOST + 1):
        blocked = load * blocked / (servers + load * blocked)  # Erlang's B, by its recursion
        open_ = (found == 0) & (load > 0)
        if not open_.any():
            break
        enough = open_ & (load < servers) & (_late(load, blocked, servers, handling, within) <= 1 - SHARE)
        found[enough] = np.ceil(servers / at_once)
    return np.where((found == 0) & (load > 0), np.ceil(MOST / at_once), found)


def _late(load: Floats, blocked: Floats, servers: int, handling: float, within: float) -> Floats:
    """Return the chance to wait longer than ``within``."""
    waits = blocked / np.maximum(1 - load / servers * (1 - blocked), 1e-9)
    late: Floats = waits * np.exp(-np.maximum(servers - load, 0.0) * within / handling)
    return late
