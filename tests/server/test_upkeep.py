"""What the knowledge base lacks and where it contradicts itself, over HTTP; retired and internal articles too."""

from datetime import timedelta

import pytest

from console.conversation.assist_events import QuestionUnanswered
from console.conversation.commands import Close, SendMessage
from console.conversation.events import WORKSPACE, NewEvent
from console.conversation.people import Role
from console.server import upkeep as module
from console.server.question_memory import digest
from tests.desks import MARTA, ROBIN, Clock, arrive
from tests.server.conftest import Served

TENT = "Do you rent out tents to schools?"


async def asked(served: Served, conversation: str = "c1", text: str = TENT) -> None:
    """Let a customer ask what no article answers."""
    desk = served.desk
    await arrive(desk, conversation, text)
    await desk.live.record([NewEvent(conversation, "assist", QuestionUnanswered(text, "m1"), desk.now())])


async def test_a_question_asked_in_vain_is_a_gap_until_an_article_answers_it(served: Served) -> None:
    """With the nearest article, and where it was asked."""
    await asked(served)
    async with served.client(Role.TRAINER) as client:
        (gap,) = (await client.get("/v1/gaps")).json()["gaps"]
        assert (gap["question"], gap["examples"][0]["conversation"]) == (TENT, "c1")
        assert gap["title"]
        lookup = served.desk.lookup
        index = lookup._articles._index  # type: ignore[attr-defined]
        folder = served.folder / "content/articles"
        (folder / "rent.md").write_text(
            f"# Renting tents\n{TENT} Yes, we rent out tents to schools.\n", encoding="utf-8"
        )
        index.update_from(folder)
        found = (await client.get("/v1/gaps")).json()
    assert (found["gaps"], found["answered"]) == ([], 1)


async def test_contradicting_articles_are_named_with_both_sentences(served: Served) -> None:
    """The retired one, which differs from both, is not among them."""
    async with served.client(Role.LEAD) as client:
        (pair,) = (await client.get("/v1/contradictions")).json()["pairs"]
    assert {pair["first"]["article"], pair["second"]["article"]} == {"late.md", "lost.md"}
    assert "14 days" in pair["first"]["text"]


async def test_a_look_up_in_vain_is_kept_as_a_gap(served: Served) -> None:
    """Whoever looked; what is answered is not."""
    async with served.client() as client:
        for query in ("rental of tents for schools", "lost parcel"):
            assert (await client.post("/v1/lookups", json={"query": query})).status_code == 204
    async with served.client(Role.LEAD) as client:
        (gap,) = (await client.get("/v1/gaps")).json()["gaps"]
    assert (gap["question"], gap["examples"][0]["agent"]) == ("rental of tents for schools", "robin-ashdale")


async def test_an_approved_draft_is_an_article_and_closes_the_gap(served: Served) -> None:
    """From the question to the article, with real retrieval."""
    await asked(served)
    desk = served.desk
    await desk.casework.claim(ROBIN, "c1")
    text = "Yes, we rent out tents to schools. The rental of a tent is free for two weeks."
    await desk.sending.send(ROBIN, "c1", SendMessage(text, "k1"))
    await desk.casework.close(ROBIN, "c1", Close("answered", resolved=True))
    async with served.client(Role.LEAD) as client:
        body = {"conversation": "c1", "message": "m1", "question": TENT}
        made = (await client.post("/v1/drafts", json=body)).json()
        assert made["title"] == TENT
        assert [line["sources"] for line in made["lines"]] == [["m2"], ["m2"]]
        before = (await client.get("/v1/search", params={"q": TENT})).json()
        assert made["title"] not in [hit["title"] for hit in before["hits"]]
        path = f"/v1/drafts/{made['id']}/approve"
        done = (await client.post(path, json={"audience": "public", "seen": made["seq"]})).json()
        assert done["status"] == "approved"
        folder = served.folder / "content/articles"
        desk.lookup._articles._index.update_from(folder)  # type: ignore[attr-defined]
        after = (await client.get("/v1/search", params={"q": TENT})).json()
        assert (after["hits"][0]["document"], after["answerable"]) == (done["file"], True)
        assert (await client.get("/v1/gaps")).json()["gaps"] == []


async def test_a_retired_article_ranks_last_and_says_so_everywhere(served: Served) -> None:
    """In the search by hand and in the source; an internal one is marked too."""
    async with served.client() as client:
        hits = (await client.get("/v1/search", params={"q": "a parcel is lost after a year"})).json()["hits"]
        source = (await client.get("/v1/sources/article", params={"id": "old.md"})).json()
    assert (hits[-1]["document"], hits[-1]["status"], hits[-1]["audience"]) == ("old.md", "retired", "internal")
    assert "retired: do not rely on it" in source["note"]
    assert "internal: not for customers" in source["note"]


async def test_what_a_lead_retires_is_found_no_more_and_its_questions_are_gaps(served: Served) -> None:
    """By the search, the contradictions and the gaps; who opens it by its citation reads that it is retired."""
    desk, question = served.desk, "when does a parcel count as lost?"
    await arrive(desk, "c1", question)
    await desk.live.record([NewEvent("c1", "assist", QuestionUnanswered(question, "m1"), desk.now())])
    async with served.client(Role.LEAD) as client:
        found = (await client.get("/v1/search", params={"q": question})).json()["hits"]
        assert {"lost.md", "late.md"} <= {hit["document"] for hit in found}
        assert (await client.get("/v1/gaps")).json()["gaps"] == []
        for name in ("lost.md", "late.md"):
            await desk.retiring.retire(MARTA, f"article:{name}")
        found = (await client.get("/v1/search", params={"q": question})).json()
        assert [hit["document"] for hit in found["hits"] if hit["document"] != "old.md"] == []
        assert not found["answerable"]
        assert (await client.get("/v1/contradictions")).json()["pairs"] == []
        assert [gap["question"] for gap in (await client.get("/v1/gaps")).json()["gaps"]] == [question]
        source = (await client.get("/v1/sources/article", params={"id": "lost.md"})).json()
        assert "retired: do not rely on it" in source["note"]
        await desk.retiring.bring_back(MARTA, "article:lost.md")
        found = (await client.get("/v1/search", params={"q": question})).json()
        assert (found["hits"][0]["document"], found["answerable"]) == ("lost.md", True)


async def test_old_questions_are_not_looked_at(served: Served) -> None:
    """A season is enough."""
    desk = served.desk
    await arrive(desk)
    at = desk.now() - timedelta(days=200)
    await desk.live.record([NewEvent("c1", "assist", QuestionUnanswered(TENT, "m1"), at)])
    async with served.client(Role.LEAD) as client:
        assert (await client.get("/v1/gaps")).json()["gaps"] == []


async def test_staff_are_told_what_of_the_index_cannot_be_used(served: Served) -> None:
    """Whoever asks who they are, and with what a look-up finds; the log has no word of it."""
    lookup = served.desk.lookup
    before = served.desk.live.seq
    async with served.client() as client:
        assert (await client.get("/v1/me")).json()["damage"] == ""
        lookup._articles.damage = "Searching by words only: …"  # type: ignore[attr-defined]
        assert (await client.get("/v1/me")).json()["damage"] == "Searching by words only: …"
        assert (await client.get("/v1/search", params={"q": "lost parcel"})).json()["damage"] == ""
    assert served.desk.live.seq == before


async def test_a_gap_put_aside_stays_away_until_a_customer_asks_again(served: Served, clock: Clock) -> None:
    """What staff look up does not bring it back; who put it aside, and when, is in the log."""
    desk, again = served.desk, "Can schools rent tents from you?"
    await asked(served)
    async with served.client(Role.LEAD) as client:
        (gap,) = (await client.get("/v1/gaps")).json()["gaps"]
        body = {"question": gap["question"], "last": gap["last"]}
        assert (await client.post("/v1/gaps/aside", json=body)).status_code == 204
        found = (await client.get("/v1/gaps")).json()
        assert (found["gaps"], [put["question"] for put in found["aside"]]) == ([], [TENT])
        assert found["aside"][0]["aside"]["by"] == "Marta Quill"
        event = (await desk.live.history(WORKSPACE))[-1]
        assert (event.kind, event.actor) == ("gap-put-aside", "agent:marta-quill")
        clock.forward(60)
        assert (await client.post("/v1/lookups", json={"query": "rental of tents for schools"})).status_code == 204
        assert (await client.get("/v1/gaps")).json()["gaps"] == []
        await asked(served, "c2", again)
        (back,) = (await client.get("/v1/gaps")).json()["gaps"]
        assert (back["customers"], back["aside"]["by"]) == (2, "Marta Quill")
        assert back["aside_as"] == TENT


async def test_a_gap_is_brought_back(served: Served) -> None:
    """Once; what is no gap cannot be put aside."""
    await asked(served)
    async with served.client(Role.LEAD) as client:
        (gap,) = (await client.get("/v1/gaps")).json()["gaps"]
        body = {"question": gap["question"], "last": gap["last"]}
        await client.post("/v1/gaps/aside", json=body)
        for _ in range(2):
            assert (await client.post("/v1/gaps/back", json={"question": TENT})).status_code == 204
        found = (await client.get("/v1/gaps")).json()
        assert (len(found["gaps"]), found["aside"], found["gaps"][0]["aside"]) == (1, [], None)
        kinds = [event.kind for event in await served.desk.live.history(WORKSPACE)]
        assert kinds.count("gap-brought-back") == 1
        missing = await client.post("/v1/gaps/aside", json={**body, "question": "Nobody asked this"})
        assert (missing.status_code, missing.json()["error"]["code"]) == (404, "not-found")


async def test_a_time_to_come_puts_nothing_aside_for_good(served: Served, clock: Clock) -> None:
    """What is asked after the decision brings the gap back, whatever the console said it had seen."""
    await asked(served)
    async with served.client(Role.LEAD) as client:
        await client.post("/v1/gaps/aside", json={"question": TENT, "last": "2199-01-01T00:00:00Z"})
        assert (await client.get("/v1/gaps")).json()["gaps"] == []
        clock.forward(60)
        await asked(served, "c2")
        assert len((await client.get("/v1/gaps")).json()["gaps"]) == 1


async def test_what_was_worked_on_ahead_is_there_when_a_lead_looks(served: Served) -> None:
    """Stopped in between, the rest is worked out by the look."""
    upkeep = served.desk.librarian
    upkeep.work_ahead([TENT], lambda: False)  # type: ignore[attr-defined]
    assert upkeep._asked._answers == {}  # type: ignore[attr-defined]
    upkeep.work_ahead([TENT])  # type: ignore[attr-defined]
    (known,) = upkeep._asked._answers.values()  # type: ignore[attr-defined]
    assert (known.answerable, upkeep.progress) == (False, "")
    await asked(served)
    async with served.client(Role.LEAD) as client:
        (gap,) = (await client.get("/v1/gaps", params={"wait": 30})).json()["gaps"]
    assert gap["question"] == TENT


async def test_of_many_questions_worked_on_ahead_the_oldest_are_forgotten(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though no lead ever looks: what is kept of them must not grow for ever, in memory or on the disk."""
    monkeypatch.setattr(module, "MOST", 8)
    upkeep = served.desk.librarian
    for number in range(30):
        upkeep.work_ahead([f"Do you rent out tent number {number}?"])  # type: ignore[attr-defined]
    kept = upkeep._asked  # type: ignore[attr-defined]
    assert 8 <= len(kept) <= 8 * module.SPARE + 1
    assert digest("Do you rent out tent number 29?") in kept._answers
    assert kept._memory.embedded() == kept._embedded
