"""What could be automated on a running desk: matters from the log, a draft, its dry run, and its publication."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from console.content.library import Library
from console.content.loader import load_library
from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Citation, Decision, SourceType, Suggestion, Support
from console.conversation.content_events import ContentPublished
from console.conversation.message import Author
from console.conversation.people import Agent, Customer, Role
from console.conversation.reviews import WEEKS
from console.desk.desk import Desk
from console.review.automating.report import automated
from console.review.automating.routine import Told
from console.review.keeping import keep_books
from console.server.automating import Automating, Looked
from console.server.behaviour_shelf import BehaviourFolderShelf
from console.server.following import Following
from tests.server.conftest import Served

ASKED = (
    "do you hire out tents for a week",
    "can I hire a tent from you",
    "is it possible to hire a tent for the weekend",
    "how much is it to hire a tent",
    "do you have tents for hire",
    "could we hire two tents in July",
)
OTHER = ("my parcel has not arrived yet", "the parcel with my boots is late", "has the courier lost my parcel")


async def talk(desk: Desk, name: str, question: str, *, source: str = "macro:hire-no", angry: bool = False) -> None:
    """Let somebody ask, an agent answer from a source, and close it."""
    kind, _, name_of_it = source.partition(":")
    cited = (Citation(SourceType(kind), name_of_it, ""),)
    reply = Suggestion("s-1", "We do not hire out.", "macro", 0.9, Support.FULL, cited)
    data: list[tuple[str, e.EventData]] = [
        (f"customer:{name}", e.ConversationOpened("webchat", Customer(id=name, name="Dana Kovel"))),
        (f"customer:{name}", e.MessageAdded(Author.CUSTOMER, question)),
        ("desk", e.HandedOver("asked for a person")),
        ("agent:robin", e.ConversationClaimed("robin", "Robin Ashdale")),
        ("assist", a.RepliesSuggested("m1", (reply,))),
        ("agent:robin", e.MessageAdded(Author.AGENT, reply.text, "Robin Ashdale", "s-1")),
        ("agent:robin", a.SuggestionDecided("s-1", Decision.ACCEPTED, reply.text, 0, 9.0)),
        ("agent:robin", e.ConversationClosed("answered", resolved=not angry)),
    ]
    await desk.live.record([e.NewEvent(name, actor, one, desk.now()) for actor, one in data])


async def asked(desk: Desk) -> None:
    """Twenty-two who want to hire a tent, one of them in vain, and six whose parcel is late."""
    for number in range(22):
        await talk(desk, f"hire-{number}", ASKED[number % len(ASKED)], angry=number == 3)
    for number in range(6):
        await talk(desk, f"late-{number}", OTHER[number % len(OTHER)], source="macro:late")


async def drafted(lead: httpx.AsyncClient, served: Served) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the matter and the draft made for it."""
    await asked(served.desk)
    found = (await lead.get("/v1/review/automation", params={"weeks": 9})).json()
    matter = next(one for one in found["matters"] if "hire" in one["question"])
    for weeks in (5, -248_884_444, 29_407_090):
        refused = await lead.post("/v1/review/automation/drafts", json={"matter": matter["id"], "weeks": weeks})
        assert (refused.status_code, "4, 9, 13, 26 weeks" in refused.text) == (400, True)
    made = await lead.post("/v1/review/automation/drafts", json={"matter": matter["id"], "weeks": 9})
    assert made.status_code == 200, made.text
    return matter, made.json()


def files(folder: Path) -> list[Path]:
    """Return what lies in a folder."""
    return list(folder.iterdir()) if folder.exists() else []


@pytest.fixture
def behaviours(served: Served) -> Path:
    """The folder of the behaviours."""
    return served.folder / "content" / "behaviours"


@pytest.fixture
def restarted(served: Served, tmp_path: Path) -> Callable[[], Automating]:
    """Return what looks for routine on a desk that was just started, and keeps its answers."""

    def start() -> Automating:
        content, desk = served.folder / "content", served.desk
        following = Following(desk.live, desk.now)
        return Automating(desk, following, content, BehaviourFolderShelf(content / "behaviours"), tmp_path / "books")

    return start


def unmade(automating: Automating, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have it fail where it would put questions together."""

    async def never(*_: object) -> None:
        raise AssertionError("it was made anew")

    monkeypatch.setattr(automating, "_made", never)


async def test_an_answer_outlives_the_server_without_a_word_that_a_customer_wrote(
    served: Served, restarted: Callable[[], Automating], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Questions are read from the log again; a draft is made of them as before."""
    await asked(served.desk)
    found = await restarted().look(9)
    (file,) = (tmp_path / "books").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert not [word for word in ("a tent", "tents", "parcel", "Kovel") if word in file.read_text()]
    again = restarted()
    with monkeypatch.context() as patched:
        unmade(again, patched)
        assert await again.look(9) == found
    drafting, question, _, _ = await again.draft(9, found.matters[0].id)
    assert question == found.matters[0].question
    assert drafting.text
    report = automated(
        await again._following.read(9, lambda _, book, __: book),
        served.desk.live.log,  # type: ignore[arg-type] - the one of a file
        served.desk.now(),
        9,
        served.desk.librarian,  # type: ignore[arg-type] - it embeds
        load_library(served.folder / "content"),
        tmp_path / "books",
    )
    assert report == found


async def test_answers_are_made_ahead_where_the_log_is_long(
    served: Served, restarted: Callable[[], Automating], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One for each stretch of weeks; where nobody looked, nothing of them stays in memory."""
    await asked(served.desk)
    ahead = restarted()
    await ahead.keep_up()
    assert not files(tmp_path / "books")
    monkeypatch.setattr("console.server.automating.LONG", 200)
    await ahead.keep_up()
    assert len(files(tmp_path / "books")) == len(WEEKS)
    assert (ahead._kept, ahead._vectors) == (None, None)
    unmade(ahead, monkeypatch)
    for weeks in WEEKS:
        assert any("hire" in matter.question for matter in (await ahead.look(weeks)).matters)


async def test_who_looks_first_sees_what_the_newest_tell_while_the_others_are_read(
    served: Served, restarted: Callable[[], Automating], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As soon as it is there, and then how far the rest is, until all are read."""
    monkeypatch.setattr("console.server.automating.NEWEST", 8)
    await asked(served.desk)
    automating, whole = restarted(), asyncio.Event()
    put_together = automating._put_together

    async def halting(found: Told, left: int, library: Library, weeks: int) -> Looked:
        if len(found.ids) > 8:
            await whole.wait()
        return await put_together(found, left, library, weeks)

    monkeypatch.setattr(automating, "_put_together", halting)
    first = await automating.look(9, 60)
    assert (first.conversations, first.left_out, first.early) == (8, 20, True)
    assert (await automating.look(9, 0.01)).conversations == 8
    await served.desk.erasure.erase(Agent("marta", "Marta", Role.ADMIN), "late-5")
    assert (await automating.look(9, 0.01)).conversations == 0
    whole.set()
    assert (await automating.look(9)).early is False


async def test_answers_are_made_anew_soon_after_new_content_or_an_erasure(
    served: Served, restarted: Callable[[], Automating], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits an hour for them."""
    for name, value in (("LONG", 1), ("FIRST", 0.0), ("SETTLED", 0.0)):
        monkeypatch.setattr(f"console.server.automating.{name}", value)
    await asked(served.desk)
    automating, rounds = restarted(), asyncio.Queue[int]()
    keep_up = automating.keep_up

    async def counting() -> None:
        await keep_up()
        rounds.put_nowait(len(files(tmp_path / "books")))

    monkeypatch.setattr(automating, "keep_up", counting)
    running = asyncio.create_task(automating.run())
    try:
        assert await rounds.get() == len(WEEKS)
        await served.desk.erasure.erase(Agent("marta", "Marta", Role.ADMIN), "hire-5")
        assert await rounds.get() == len(WEEKS)
        published = ContentPublished({"macros": "another"})
        await served.desk.live.record([e.NewEvent("", "desk", published, served.desk.now())])
        assert await rounds.get() == len(WEEKS)
    finally:
        running.cancel()


async def test_an_answer_is_made_anew_where_something_is_new_or_the_content_is(
    served: Served, restarted: Callable[[], Automating], tmp_path: Path
) -> None:
    """One conversation is more than one in a hundred of these; other weeks have an answer of their own."""
    await asked(served.desk)
    first = await restarted().look(9)
    await talk(served.desk, "hire-new", ASKED[0])
    more = await restarted().look(9)
    assert more.conversations == first.conversations + 1
    (file,) = (tmp_path / "books").iterdir()
    before = file.read_text()
    known = served.folder / "content" / "rubric.toml"
    known.write_text('[[criterion]]\nid = "x"\ntitle = "X"\ntext = "It greets."\nlook = "greeting"\n')
    await restarted().look(9)
    assert file.read_text() != before
    await restarted().look(4)
    assert len(files(tmp_path / "books")) == 2
    file.write_text("{}")
    assert await restarted().look(9) == more


async def test_an_erasure_takes_the_answer_with_it(
    served: Served, restarted: Callable[[], Automating], tmp_path: Path
) -> None:
    """At once on a desk that runs; one that did not run hears of it before it looks, and when it starts."""
    await asked(served.desk)
    automating, books = restarted(), tmp_path / "books"
    await automating.look(9)
    (kept,) = (file.read_text() for file in books.iterdir())
    await served.desk.erasure.erase(Agent("marta", "Marta", Role.ADMIN), "hire-5")
    assert files(books) == []
    (books / "automation-9.json").write_text(kept)
    found = await restarted().look(9)
    assert "hire-5" not in {one.conversation for matter in found.matters for one in matter.samples}
    (books / "automation-9.json").write_text(kept)
    (books / "automation-4.json").write_text("none")
    now = served.desk.now()
    await served.desk.live.call(lambda log: keep_books(log, books, now, now))
    assert not list(books.glob("automation-*"))


async def test_a_draft_is_tried_published_and_taken_back(served: Served, behaviours: Path) -> None:
    """A lead drafts, an admin publishes; nothing is there before."""
    async with served.client(Role.LEAD) as lead, served.client(Role.ADMIN) as admin:
        matter, draft = await drafted(lead, served)
        assert (matter["conversations"], matter["routine"]["part"], matter["covered"]) == (22, 21, "none")
        assert matter["answers"] == [{"source": "macro:hire-no", "conversations": 22}]
        assert 'layer = "autonomous"' in draft["text"]
        assert "Dana" not in draft["text"]
        assert draft["tried"]["of"] == 22
        assert draft["tried"]["caught"] >= 18
        assert draft["tried"]["others"] == 6
        assert files(behaviours) == []
        told = (await lead.get("/v1/review/automation", params={"weeks": 9})).json()
        assert [one["conversation"] for one in told["wrong"]] == draft["tried"]["wrong"]
        assert all("tent" in one["question"] for one in told["wrong"])
        again = await lead.post("/v1/review/automation/drafts", json={"matter": matter["id"], "weeks": 9})
        assert again.json()["id"] == draft["id"]
        path = f"/v1/review/automation/drafts/{draft['id']}"
        bad = await lead.put(path, json={"text": "title = 1", "seen": draft["seq"]})
        assert bad.status_code == 400
        text = draft["text"].replace("tier = 1", "tier = 2")
        edited = (await lead.put(path, json={"text": text, "seen": draft["seq"]})).json()
        assert (await lead.post(f"{path}/approve", json={"seen": edited["seq"]})).status_code == 403
        assert (await admin.post(f"{path}/approve", json={"seen": draft["seq"]})).status_code == 409
        approved = (await admin.post(f"{path}/approve", json={"seen": edited["seq"]})).json()
        assert (behaviours / approved["file"]).read_text() == edited["text"]
        for who, publishes in ((lead, False), (admin, True)):
            told = (await who.get("/v1/review/automation", params={"weeks": 9})).json()
            assert (told["publishes"], told["drafts"][0]["status"]) == (publishes, "approved")
        reopened = (await admin.post(f"{path}/reopen")).json()
        assert reopened["status"] == "open"
        assert files(behaviours) == []
        rejected = await lead.post(f"{path}/reject", json={"reason": "too rare", "seen": reopened["seq"]})
        assert rejected.json()["status"] == "rejected"


async def test_what_is_erased_takes_the_drafts_that_quote_it_along(served: Served) -> None:
    """And is gone from the matters."""
    async with served.client(Role.LEAD) as lead, served.client(Role.ADMIN) as admin:
        matter, draft = await drafted(lead, served)
        for number in range(6):
            await admin.post(f"/v1/customers/hire-{number}/erase")
        found = (await lead.get("/v1/review/automation", params={"weeks": 9})).json()
        assert found["drafts"] == []
        assert sum(one["conversations"] for one in found["matters"]) == 16
        assert (await lead.get(f"/v1/review/automation/drafts/{draft['id']}")).status_code == 404
        assert matter["conversations"] == 22
