"""The one question at the end of a chat: asked once, of whoever was there, and of nobody in distress."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from console.conversation.assistance import Routing
from console.conversation.commands import Close
from console.conversation.events import NewEvent, RoutingChanged
from console.conversation.message import Layer, Status
from console.conversation.satisfaction_events import CsatGiven
from console.desk.channels.projection import Notice, NoticeKind
from console.desk.channels.webchat import Visitor, anonymous
from console.desk.satisfaction import WITHIN, NotAsked
from console.server.chat.rating import RATINGS_PER_MINUTE
from console.settings import WebChatSettings
from tests.chat.conftest import HELLO, Chat, browser, line, running
from tests.chat.test_webchat import take
from tests.desks import MARTA, ROBIN

VISITOR, OTHER = anonymous("ab" * 32), anonymous("cd" * 32)
END = 4
"""The number of the end in the customer's view: behind their message, that of the hand-over, and who joined."""


async def ended(chat: Chat, visitor: Visitor = VISITOR) -> str:
    """Let a customer write, be taken, and the conversation be closed."""
    await chat.webchat.write(visitor, "Hello", "key-0001")
    await chat.desk.casework.claim(ROBIN, visitor.conversation)
    await chat.desk.casework.close(ROBIN, visitor.conversation, Close("explained", resolved=True))
    return visitor.conversation


async def ratings(chat: Chat, conversation: str = VISITOR.conversation) -> list[tuple[int, str]]:
    """Return what the log says of how satisfied they were, and who said it."""
    history = await chat.desk.live.history(conversation)
    return [(event.data.score, event.actor) for event in history if isinstance(event.data, CsatGiven)]


async def test_the_first_rating_of_an_end_counts_once(chat: Chat) -> None:
    """Pressed twice, sent from two windows at once, or thought better of: the log has one, and it stays closed."""
    conversation = await ended(chat)
    await asyncio.gather(*(chat.webchat.rate(VISITOR, END, 4) for _ in range(3)))
    await chat.webchat.rate(VISITOR, END, 1)
    assert await ratings(chat) == [(4, f"customer:{VISITOR.customer.id}")]
    assert (await chat.desk.live.state(conversation)).status is Status.CLOSED


async def test_each_closing_is_rated_by_itself_and_an_earlier_one_no_more(chat: Chat) -> None:
    """Whoever writes again is not asked about what was before."""
    conversation = await ended(chat)
    await chat.webchat.write(VISITOR, "one more thing", "key-0002")
    with pytest.raises(NotAsked, match="gone on"):
        await chat.webchat.rate(VISITOR, END, 4)
    await chat.desk.casework.close(ROBIN, conversation, Close("explained", resolved=True))
    with pytest.raises(NotAsked):
        await chat.webchat.rate(VISITOR, END, 4)
    history = chat.webchat.follow(VISITOR, 0)
    items = [item for item in await take(history, 6) if isinstance(item, Notice) and item.notice is NoticeKind.CLOSED]
    await history.aclose()
    await chat.webchat.rate(VISITOR, items[-1].number, 5)
    assert [score for score, _ in await ratings(chat)] == [5]


async def test_nobody_rates_for_somebody_else_nor_what_is_no_end(chat: Chat) -> None:
    """A number means an item of the visitor's own view."""
    await ended(chat)
    for visitor, number in ((OTHER, END), (VISITOR, 1), (VISITOR, 2), (VISITOR, 999)):
        with pytest.raises(NotAsked):
            await chat.webchat.rate(visitor, number, 5)
    assert await ratings(chat) == []
    assert await chat.desk.live.history(OTHER.conversation) == []


async def test_what_is_for_people_alone_is_not_asked_about(chat: Chat) -> None:
    """The page is told so, and a request of somebody's own making is refused."""
    await chat.webchat.write(VISITOR, "Hello", "key-0001")
    await chat.desk.casework.claim(ROBIN, VISITOR.conversation)
    dark = RoutingChanged(Routing("bereavement", Layer.HUMAN_ONLY, 2))
    await chat.desk.live.record([NewEvent(VISITOR.conversation, "assist", dark, chat.desk.now())])
    await chat.desk.casework.close(ROBIN, VISITOR.conversation, Close("passed on", resolved=True))
    following = chat.webchat.follow(VISITOR, 0)
    closed = next(one for one in await take(following, 4) if isinstance(one, Notice) and one.notice == "closed")
    await following.aclose()
    assert not closed.asks
    with pytest.raises(NotAsked, match="nobody"):
        await chat.webchat.rate(VISITOR, closed.number, 5)


async def test_a_late_rating_is_not_taken(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what was longer ago nobody remembers how it was."""
    await ended(chat)
    later = chat.desk.now() + WITHIN + timedelta(seconds=1)
    monkeypatch.setattr(chat.desk.satisfaction, "_now", lambda: later)
    with pytest.raises(NotAsked, match="long ago"):
        await chat.webchat.rate(VISITOR, END, 5)


async def test_a_rating_is_erased_with_its_customer(chat: Chat) -> None:
    """It is an event of their conversation."""
    await ended(chat)
    await chat.webchat.rate(VISITOR, END, 5)
    await chat.desk.erasure.erase(MARTA, VISITOR.customer.id)
    assert await ratings(chat) == []
    with pytest.raises(NotAsked):
        await chat.webchat.rate(VISITOR, END, 5)


async def closed_by_request(chat: Chat, page: httpx.AsyncClient) -> int:
    """Let a browser's chat be closed; return the number of its end."""
    assert (await page.post("/chat/messages", json=HELLO)).status_code == 204
    conversation = (await chat.only()).id
    await chat.desk.casework.claim(ROBIN, conversation)
    await chat.desk.casework.close(ROBIN, conversation, Close("explained", resolved=True))
    return END


async def test_a_browser_rates_its_own_chat(chat: Chat, page: httpx.AsyncClient) -> None:
    """With 204, and again; the session says that it is asked."""
    assert (await page.post("/chat/session", json={})).json()["asks"] is True
    number = await closed_by_request(chat, page)
    for _ in range(2):
        assert (await page.post("/chat/rating", json={"number": number, "score": 2})).status_code == 204


@pytest.mark.parametrize(
    "body",
    [
        {"number": 3}, {"score": 3}, {"number": 3, "score": 0}, {"number": 3, "score": 6}, {"number": 3, "score": "5"},
        {"number": 3, "score": 4.5}, {"number": 3, "score": True}, {"number": 3, "score": None},
        {"number": -1, "score": 3}, {"number": 3, "score": 3, "conversation": "w-other"}, [3, 3],
        {"number": 3, "score": 10**30},
    ],
)  # fmt: skip
async def test_hostile_ratings_are_refused_in_one_line(chat: Chat, page: httpx.AsyncClient, body: Any) -> None:  # noqa: ANN401
    """Nothing of them reaches the log."""
    await closed_by_request(chat, page)
    answer = await page.post("/chat/rating", json=body)
    assert (answer.status_code, line(answer)) == (422, "invalid")


async def test_without_a_visit_from_elsewhere_too_often_or_not_asked_it_is_refused(
    chat: Chat, page: httpx.AsyncClient, tmp_path: Path
) -> None:
    """Each with its own status."""
    number = await closed_by_request(chat, page)
    rating = {"number": number, "score": 5}
    async with browser(chat) as stranger:
        assert (await stranger.post("/chat/rating", json=rating)).status_code == 401
    foreign = await page.post("/chat/rating", json=rating, headers={"Origin": "https://evil.example"})
    assert (foreign.status_code, line(foreign)) == (403, "origin")
    typed = await page.post("/chat/rating", content="{}", headers={"Content-Type": "text/plain"})
    assert typed.status_code == 415
    assert (await page.post("/chat/rating", json={"number": 1, "score": 5})).status_code == 409
    for _ in range(RATINGS_PER_MINUTE):
        last = await page.post("/chat/rating", json=rating)
    assert (last.status_code, line(last)) == (429, "too-fast")
    async with running(tmp_path / "off", WebChatSettings(asks_satisfaction=False)) as off, browser(off) as other:
        assert (await other.post("/chat/session", json={})).json()["asks"] is False
        number = await closed_by_request(off, other)
        refused = await other.post("/chat/rating", json={"number": number, "score": 5})
        assert (refused.status_code, line(refused)) == (409, "not-asked")
