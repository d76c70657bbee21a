"""The figures that are counted while the server runs, in a registry of their own."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

WAITS: Final = (5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200)
"""Seconds a customer may have waited."""

COMPUTING: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
"""Seconds that a part of the assistance takes."""

ANSWERING: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
"""Seconds until a request is answered."""

ASKING: Final = (0.25, 0.5, 1, 2.5, 5, 10, 20, 60)
"""Seconds that a language model takes."""


class Instruments:
    """Counters and histograms of one server; adding up those of all servers gives the desk's."""

    def __init__(self) -> None:
        self.registry = one = CollectorRegistry()
        self.events = Counter("secondchair_events", "Events that this server wrote.", ["kind"], registry=one)
        self.lag = Histogram(
            "secondchair_event_publish_seconds",
            "From when an event happened, on any server, until this one has passed it on.",
            buckets=ANSWERING,
            registry=one,
        )
        self.assist = Histogram(
            "secondchair_assist_seconds",
            "Until a part of the assistance for a message was there, by the event that holds it.",
            ["part"],
            buckets=COMPUTING,
            registry=one,
        )
        self.claimed = Histogram(
            "secondchair_wait_at_claim_seconds",
            "How long customers had waited when an agent took them.",
            ["tier"],
            buckets=WAITS,
            registry=one,
        )
        self.llm = Histogram(
            "secondchair_llm_seconds",
            "Calls of the language model, by what became of them.",
            ["purpose", "outcome"],
            buckets=ASKING,
            registry=one,
        )
        self.tokens = Counter("secondchair_llm_tokens", "Tokens that it read and wrote.", ["way"], registry=one)
        self.cost = Counter("secondchair_llm_cost", "Its price, by the prices in the settings.", registry=one)
        self.requests = Counter(
            "secondchair_http_requests", "Requests, by route.", ["method", "route", "status"], registry=one
        )
        self.answered = Histogram(
            "secondchair_http_request_seconds",
            "Until a request was answered; a stream counts until it began.",
            ["method", "route"],
            buckets=ANSWERING,
            registry=one,
        )
        ProcessCollector(registry=one)
        PlatformCollector(registry=one)
