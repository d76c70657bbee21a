"""Draft articles: who may do what, and that nothing is published by itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from console.assist.ports import Vectors
from console.content.conversations import Transcript
from console.conversation import commands as c
from console.conversation import events as e
from console.conversation import upkeep_commands as u
from console.conversation.drafts import ArticleDraft, Drafted, DraftStatus
from console.conversation.message import DraftLine
from console.conversation.people import Agent, Role
from console.conversation.upkeep import Contradiction, Gaps
from console.desk.desk import Desk
from console.desk.errors import Forbidden, NotFound, Refused, Taken
from console.desk.library import NewArticle, Unpublishable
from console.past.gathering import AskedOnce
from console.server.article_shelf import ArticleShelf, name_of
from console.store import SqlEventLog
from knowledge import Document, load
from tests.desk.test_lookups import Found
from tests.desks import MARTA, ROBIN, SAM, Chair, Clock, arrive

TEO = Agent("teo", "Teo Brandt", Role.TRAINER)
LINES = (DraftLine("problem", "Do you wrap gifts?", ("m1",)), DraftLine("step", "We wrap them for £4.", ("m2",)))


class Librarian:
    """Drafts the same of every conversation, unless it is about nothing."""

    progress = ""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Not asked here."""
        raise NotImplementedError

    def gaps(self, history: object, now: object) -> Gaps:
        """Not asked here."""
        raise NotImplementedError

    def was_asked(self, history: object, question: str) -> bool:
        """Not asked here."""
        raise NotImplementedError

    def contradictions(self) -> tuple[Contradiction, ...]:
        """Not asked here."""
        raise NotImplementedError

    def draft(self, transcript: Transcript, turn: str, question: str) -> Drafted | None:
        """Return the draft."""
        if "nothing" in transcript.messages[0].text:
            return None
        return Drafted(question or "Do you wrap gifts?", LINES)

    def gather(self, asked: Sequence[AskedOnce], question: str, times: int) -> Drafted:
        """Return a line for each conversation, with what is known of it."""
        said = ((f"asked {times}, rated {one.rating}, poor {sorted(one.poor)}", one) for one in asked)
        lines = (DraftLine("step", text, (one.turn,), one.transcript.id) for text, one in said)
        return Drafted(question, tuple(lines))


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """The folder of the articles."""
    return tmp_path / "content" / "articles"


@pytest.fixture
async def resolved(real_log: SqlEventLog, chair: Chair, clock: Clock, articles: Path) -> Desk:
    """A desk with a conversation that Robin resolved."""
    desk = Desk(real_log, chair, now=clock, shelf=ArticleShelf(articles))
    await desk.start({})
    desk.equip(chair, Found(), Librarian())
    await close(desk, "c1")
    return desk


async def close(desk: Desk, conversation: str, text: str = "Do you wrap gifts?", *, resolved: bool = True) -> None:
    """Let Robin take a conversation and close it."""
    await arrive(desk, conversation, text)
    await desk.casework.claim(ROBIN, conversation)
    await desk.casework.close(ROBIN, conversation, c.Close("answered", resolved))


def files(folder: Path) -> list[str]:
    """What lies in a folder, also what is hidden."""
    return [path.name for path in folder.iterdir()] if folder.exists() else []


def write(file: Path, text: str) -> None:
    """Write a file, and its folder."""
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")


async def drafted(desk: Desk, agent: Agent = ROBIN) -> ArticleDraft:
    """Draft an article."""
    return await desk.drafts.begin(agent, u.DraftArticle("c1"))


async def test_a_draft_waits_and_is_no_article(resolved: Desk, articles: Path) -> None:
    """Whoever resolved the conversation asks for it; asked again it is the same."""
    draft = await drafted(resolved)
    assert (draft.status, draft.by, draft.by_name) == (DraftStatus.OPEN, "robin", "Robin Ashdale")
    assert draft.text == "## What to do\n\nWe wrap them for £4."
    assert (await drafted(resolved)).id == draft.id
    assert files(articles) == []


async def test_a_draft_that_is_only_shown_leaves_nothing(resolved: Desk) -> None:
    """No event, no id; one that is kept already is shown as it stands."""
    shown = await resolved.drafts.begin(ROBIN, u.DraftArticle("c1", keep=False))
    assert (shown.id, shown.text) == ("", "## What to do\n\nWe wrap them for £4.")
    assert await resolved.drafts.all(ROBIN) == ()
    assert not await resolved.live.history(e.WORKSPACE)
    kept = await drafted(resolved)
    assert await resolved.drafts.begin(ROBIN, u.DraftArticle("c1", keep=False)) == kept


async def test_a_lead_publishes_what_they_read(resolved: Desk, articles: Path, clock: Clock) -> None:
    """As a file that the knowledge base reads; its source is in the front matter, not in the text."""
    draft = await drafted(resolved)
    edited = await resolved.drafts.edit(
        ROBIN, draft.id, u.EditDraft("Gift wrapping: yes!", "We wrap for £4.", draft.seq)
    )
    done = await resolved.drafts.approve(MARTA, draft.id, u.ApproveDraft("internal", edited.seq))
    assert (done.status, done.file, done.decided_by) == (DraftStatus.APPROVED, "gift-wrapping-yes.md", "Marta Quill")
    (article,) = load(articles)
    assert isinstance(article, Document)
    assert (article.title, article.text, article.audience) == ("Gift wrapping: yes!", "We wrap for £4.", "internal")
    assert article.updated == clock().date().isoformat()
    assert "drafted_from: conversation c1, m1, m2" in (articles / done.file).read_text(encoding="utf-8")
    actors = [event.actor for event in await resolved.live.history(e.WORKSPACE)]
    assert actors == ["agent:robin", "agent:robin", *2 * ["agent:marta"]]  # the last is the mark of a change


async def test_a_decision_can_be_taken_back(resolved: Desk, articles: Path) -> None:
    """The article goes, unless somebody has changed it since; a rejection too."""
    draft = await drafted(resolved)
    done = await resolved.drafts.approve(MARTA, draft.id, u.ApproveDraft("public", draft.seq))
    open_again = await resolved.drafts.reopen(MARTA, draft.id)
    assert (open_again.status, files(articles)) == (DraftStatus.OPEN, [])
    no = await resolved.drafts.reject(MARTA, draft.id, u.RejectDraft("We stopped that", open_again.seq))
    assert (no.status, no.reason) == (DraftStatus.REJECTED, "We stopped that")
    again = await resolved.drafts.reopen(MARTA, draft.id)
    done = await resolved.drafts.approve(MARTA, draft.id, u.ApproveDraft("public", again.seq))
    file = articles / done.file
    file.write_text(file.read_text(encoding="utf-8") + "\nOnly in December.\n", encoding="utf-8")
    with pytest.raises(Refused, match="changed since"):
        await resolved.drafts.reopen(MARTA, draft.id)
    assert file.exists()


async def test_an_article_of_the_same_name_is_never_overwritten(resolved: Desk, articles: Path) -> None:
    """The new one gets a number."""
    write(articles / "do-you-wrap-gifts.md", "# Ours\nWritten by hand.\n")
    draft = await drafted(resolved)
    done = await resolved.drafts.approve(MARTA, draft.id, u.ApproveDraft("public", draft.seq))
    assert done.file == "do-you-wrap-gifts-2.md"
    assert "Written by hand" in (articles / "do-you-wrap-gifts.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Quote [order number] to us.", "brackets"),
        ("Write […] to us.", "brackets"),
        ("Ask Dana Kovel about it.", "Dana Kovel"),
    ],
)
async def test_what_is_left_open_or_tells_of_the_customer_is_not_published(
    resolved: Desk, articles: Path, text: str, why: str
) -> None:
    """A link is no open place."""
    draft = await drafted(resolved)
    edited = await resolved.drafts.edit(MARTA, draft.id, u.EditDraft("Gifts", text, draft.seq))
    with pytest.raises(Refused, match=why):
        await resolved.drafts.approve(MARTA, draft.id, u.ApproveDraft("public", edited.seq))
    assert files(articles) == []
    fine = await resolved.drafts.edit(
        MARTA, draft.id, u.EditDraft("Gifts", "See [our shop](https://x.example).", edited.seq)
    )
    assert (await resolved.drafts.approve(MARTA, draft.id, u.ApproveDraft("public", fine.seq))).file == "gifts.md"


async def test_nobody_decides_on_what_they_have_not_read(resolved: Desk) -> None:
    """Somebody changed it meanwhile; decided is decided."""
    draft = await drafted(resolved)
    await resolved.drafts.edit(ROBIN, draft.id, u.EditDraft("Gifts", "We wrap.", draft.seq))
    with pytest.raises(Taken, match="meanwhile"):
        await resolved.drafts.approve(MARTA, draft.id, u.ApproveDraft("public", draft.seq))
    with pytest.raises(Taken, match="meanwhile"):
        await resolved.drafts.edit(MARTA, draft.id, u.EditDraft("Other", "Text.", draft.seq))
    (now,) = await resolved.drafts.all(MARTA)
    rejected = await resolved.drafts.reject(MARTA, draft.id, u.RejectDraft("no", now.seq))
    with pytest.raises(Refused, match="rejected already"):
        await resolved.drafts.approve(MARTA, draft.id, u.ApproveDraft("public", rejected.seq))


async def test_agents_draft_from_what_they_resolved_and_see_their_own(resolved: Desk) -> None:
    """Leads and trainers may from all, and see all."""
    with pytest.raises(Taken, match="only who resolved"):
        await drafted(resolved, SAM)
    draft = await drafted(resolved, TEO)
    assert [await resolved.drafts.all(who) for who in (SAM, ROBIN, MARTA, TEO)] == [(), (), (draft,), (draft,)]
    with pytest.raises(Forbidden):
        await resolved.drafts.edit(SAM, draft.id, u.EditDraft("Gifts", "Mine.", draft.seq))


@pytest.mark.parametrize("edit", [("", "text"), ("title", " \n ")])
async def test_an_article_needs_a_title_and_a_text(resolved: Desk, edit: tuple[str, str]) -> None:
    """And a rejection a reason."""
    draft = await drafted(resolved)
    with pytest.raises(Refused):
        await resolved.drafts.edit(ROBIN, draft.id, u.EditDraft(*edit, draft.seq))
    with pytest.raises(Refused):
        await resolved.drafts.reject(MARTA, draft.id, u.RejectDraft(" ", draft.seq))


async def test_only_resolved_conversations_give_drafts(resolved: Desk) -> None:
    """And only where something can be quoted."""
    await close(resolved, "c2", resolved=False)
    await close(resolved, "c3", "nothing much")
    for name in ("c2", "c3"):
        with pytest.raises(Refused):
            await resolved.drafts.begin(MARTA, u.DraftArticle(name))
    with pytest.raises(NotFound):
        await resolved.drafts.begin(MARTA, u.DraftArticle("c-none"))
    with pytest.raises(NotFound):
        await resolved.drafts.reopen(MARTA, "d-none")


async def test_for_a_question_all_conversations_it_was_asked_in_are_looked_at(resolved: Desk, articles: Path) -> None:
    """With the customer's rating and the suggestions that were rated low; one that is gone is left out."""
    await close(resolved, "c2")
    await resolved.satisfaction.rate("c2", resolved.live.seq, 2)
    wanted = u.DraftArticle(
        "c1", "m1", "Do you wrap gifts?", also=(u.AskedIn("c2", "m1"), u.AskedIn("c-none", "m1")), times=7
    )
    draft = await resolved.drafts.begin(MARTA, wanted)
    assert [(line.conversation, line.text) for line in draft.lines] == [
        ("c1", "asked 7, rated 0, poor []"),
        ("c2", "asked 7, rated 2, poor []"),
    ]
    assert (await resolved.drafts.begin(MARTA, replace(wanted, keep=False))).id == draft.id
    done = await resolved.drafts.approve(MARTA, draft.id, u.ApproveDraft("public", draft.seq))
    written = (articles / done.file).read_text(encoding="utf-8")
    assert "drafted_from: conversation c1, m1; conversation c2, m1" in written
    with pytest.raises(Taken):
        await resolved.drafts.begin(ROBIN, wanted)


async def test_a_blank_in_a_draft_is_filled_in_before_it_is_published(resolved: Desk) -> None:
    """It says that no agent's answer was good enough."""
    said = "No agent's answer was good enough to take over; the question was asked 1,000 times."
    draft = await drafted(resolved)
    text = Drafted("Gifts", (DraftLine("missing", said, ("m1",)),)).text
    edited = await resolved.drafts.edit(MARTA, draft.id, u.EditDraft("Gifts", text, draft.seq))
    with pytest.raises(Refused, match="No agent's answer"):
        await resolved.drafts.approve(MARTA, draft.id, u.ApproveDraft("public", edited.seq))


async def test_drafts_are_there_after_a_restart(resolved: Desk, chair: Chair, clock: Clock, articles: Path) -> None:
    """They are events; a decision is known too."""
    first = await drafted(resolved)
    clock.forward(timedelta(minutes=1).total_seconds())
    await resolved.drafts.reject(MARTA, first.id, u.RejectDraft("no", first.seq))
    second = await drafted(resolved)
    again = Desk(resolved.live.log, chair, now=clock, shelf=ArticleShelf(articles))
    await again.live.start()
    assert [(d.id, d.status) for d in await again.drafts.all(MARTA)] == [
        (second.id, DraftStatus.OPEN),
        (first.id, DraftStatus.REJECTED),
    ]


def test_what_the_knowledge_base_would_not_read_is_not_written(articles: Path) -> None:
    """It would be published and never found."""
    with pytest.raises(Unpublishable, match="is empty"):
        ArticleShelf(articles).put(NewArticle("Gifts", " ", "public", "2026-03-02", "c1"))
    assert files(articles) == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Do you wrap gifts?", "do-you-wrap-gifts"),
        ("../../etc/passwd", "etc-passwd"),
        ("Ärger: Zölle", "arger-zolle"),
        ("…", "article"),
    ],
)
def test_a_title_makes_a_plain_file_name(title: str, name: str) -> None:
    """That stays in its folder."""
    assert name_of(title) == name
