"""Every look of a lead, by name: what its route makes of the book and the log. For :mod:`bench.review_speed`."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from console.conversation.edits import AskedEdits
from console.conversation.escalations import Part
from console.conversation.layers import AskedTalks
from console.conversation.message import Layer
from console.conversation.quality_commands import AskedMarks
from console.conversation.review_commands import Asked
from console.conversation.reviews import Measure, ReviewQueue
from console.desk.live import LiveLog
from console.desk.log import EventLog
from console.review.book import Book
from console.review.escalating.patterns import escalations_of
from console.review.forecast.arrivals import Arrivals
from console.review.forecast.forecasting import Ways, forecast_of
from console.review.layers.behind import talks_behind
from console.review.layers.cohort import Money
from console.review.layers.looking import layers_of
from console.review.reading import event_at
from console.review.sources.look import sources_of
from console.server.asking import asked_by
from console.server.automating import Automating
from console.server.edits import EditReasons
from console.server.escalating import Escalating
from console.server.following import Following
from console.server.quality import QualityLook
from console.server.reviewing import Reviewing

CONTENT: Final = Path(__file__).parents[1] / "console" / "demo" / "content"

Look = Callable[[int], Awaitable[object]]
"""Takes in how many weeks."""


def looks(live: LiveLog, following: Following, now: Callable[[], datetime]) -> Mapping[str, Look]:
    """Return every look that is made of the book, or of the log, alone."""
    reviewing, edits = Reviewing(following), EditReasons(following)
    quality, escalating = QualityLook(following, lambda: None), Escalating(following, live, _none())

    def layers(book: Book, until: datetime, weeks: int) -> object:
        return layers_of(book, until, weeks, Money())

    def sources(book: Book, until: datetime, weeks: int) -> object:
        return sources_of(book, until, weeks, {})

    def forecast(book: Book, until: datetime, weeks: int) -> object:
        return forecast_of(book.of(Arrivals), until, weeks, Ways())

    def talks(weeks: int) -> Awaitable[object]:
        def find(log: EventLog, book: Book, until: datetime) -> object:
            return talks_behind(book, until, weeks, AskedTalks(Layer.ASSISTED), partial(event_at, log), Money())

        return following.read(weeks, find)

    return {
        "review": reviewing.look,
        "behind a figure": lambda weeks: reviewing.behind(weeks, Asked(measure=Measure.EDITED)),
        "a queue": lambda weeks: reviewing.queue(weeks, ReviewQueue.SURE_OVERRIDDEN, done=False),
        "edits": edits.look,
        "behind edits": lambda weeks: edits.behind(weeks, AskedEdits()),
        "escalations": lambda weeks: following.look("escalations", weeks, escalations_of),
        "behind a pattern": lambda weeks: escalating.cases(weeks, Part.ALL, "", None),
        "layers": lambda weeks: following.look("layers", weeks, layers),
        "behind a layer": talks,
        "quality": quality.look,
        "behind a mark": lambda weeks: quality.behind(weeks, AskedMarks("")),
        "to be marked": quality.waiting,
        "forecast": lambda weeks: following.look("forecast", weeks, forecast),
        "sources": lambda weeks: following.look("sources", weeks, sources),
        "what the gaps need": lambda _: asked_by(following, now()),
    }


def automating(live: LiveLog, now: Callable[[], datetime], embedder: Any, books: Path) -> Automating:  # noqa: ANN401
    """Return who looks for what could be automated, as after a start; ``embedder`` is what a desk has for it."""
    desk: Any = SimpleNamespace(live=live, librarian=embedder, now=now)
    return Automating(desk, Following(live, now, books), CONTENT, _none(), books)


def _none() -> Any:  # noqa: ANN401 - no look asks it for anything
    return SimpleNamespace()
