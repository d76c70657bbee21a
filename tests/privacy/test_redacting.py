"""Redaction at rest: what must not be kept is replaced before it reaches the log."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from console.assist.withholding import PLACEHOLDERS, withheld
from console.conversation import commands as c
from console.desk.desk import Desk
from console.store import SqlEventLog
from tests.desks import ROBIN, Chair, Clock, arrive, writes

pytestmark = pytest.mark.slow

TOLD = (
    "I'm Dana, order LF-88213. Call 020 7946 0958 or write to dana.kovel@example.com, IBAN DE89 3704 0044 0532 0130 00,"
    " card 4111 1111 1111 1111"
)
SECRETS = (b"7946", b"dana.kovel@", b"0044 0532", b"4111 1111")


@pytest_asyncio.fixture
async def redacting(real_log: SqlEventLog, clock: Clock) -> AsyncIterator[Desk]:
    """A desk that keeps as little as it can."""
    desk = Desk(real_log, Chair(), now=clock, redact=True)
    await desk.start({})
    yield desk
    await desk.stop()


async def test_what_reaches_a_customer_elsewhere_never_reaches_the_log(redacting: Desk) -> None:
    """In the first message as in a later one; the order and the name stay, for without them nobody can help."""
    await arrive(redacting, "c1", TOLD)
    await writes(redacting, TOLD)
    first, second = (await redacting.live.state("c1")).messages
    assert first.text == second.text
    assert "Dana, order LF-88213" in first.text
    assert all(mark in first.text for mark in ("[phone]", "[e-mail]", "[bank account]"))
    place = redacting.live.log.database.path  # type: ignore[attr-defined]  # a real log
    kept = b"".join(file.read_bytes() for file in place.parent.iterdir() if file.is_file())
    assert [secret for secret in SECRETS if secret in kept] == []


async def test_what_agents_write_is_kept_as_they_wrote_it(redacting: Desk) -> None:
    """A number that the company gives out is what the customer needs."""
    await arrive(redacting, "c1", "How do I reach you?")
    await redacting.casework.claim(ROBIN, "c1")
    await redacting.sending.send(ROBIN, "c1", c.SendMessage("Call 020 7946 0958.", "k1"))
    assert (await redacting.live.state("c1")).messages[-1].text == "Call 020 7946 0958."


async def test_by_default_agents_read_what_was_written(desk: Desk) -> None:
    """But for cards, which are never kept."""
    await arrive(desk, "c1", TOLD)
    (message,) = (await desk.live.state("c1")).messages
    assert "020 7946 0958" in message.text
    assert "4111 1111" not in message.text


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("my customer number is 5550123456", "my customer number is 5550123456"),
        ("order 88213456, due 2026-03-01, 49.99", "order 88213456, due 2026-03-01, 49.99"),
        ("I live at 12 Elm Street, Leeds LS1 4AP.", "I live at [address]."),
        ("born 12.03.1980, call +49 170 1234567", "born [date of birth], call [phone]"),
    ],
)
def test_what_somebody_needs_to_help_stays(said: str, kept: str) -> None:
    """Numbers of orders and customers, dates and amounts; not where somebody lives or can be called."""
    assert withheld(said) == kept


@pytest.mark.parametrize("value", PLACEHOLDERS.values())
def test_a_placeholder_is_not_replaced_again(value: str) -> None:
    """What an agent sees says what stood there."""
    assert withheld(f"It is {value}, thanks.") == f"It is {value}, thanks."
