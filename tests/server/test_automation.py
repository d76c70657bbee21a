"""What could be automated on a running desk: matters from the log, a draft, its dry run, and its publication."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Citation, Decision, SourceType, Suggestion, Support
from console.conversation.message import Author
from console.conversation.people import Customer, Role
from console.desk.desk import Desk
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
