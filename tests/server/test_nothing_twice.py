"""A turn embeds what is new, each text once, wherever in it the text is asked for."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from console.assist.talk import Talk
from console.content.conversations import transcript_from_record
from console.conversation.message import Author, Message
from console.conversation.people import Customer
from console.past import import_conversations
from console.server.engines import build_engine
from console.settings import Settings
from console.workspace import Workspace
from knowledge import Document, Embedder, KnowledgeIndex
from tests.server.counting import Counting

LOST = Document(
    "lost.md", "Lost parcels", "A parcel counts as lost after seven days without a scan. Then we send another."
)
TALK = Talk(
    "c1",
    Customer(id="u1", name="Dana Kovel"),
    (
        Message("m1", Author.CUSTOMER, "My parcel has not come and I have waited for nine days now."),
        Message("m2", Author.AGENT, "I am sorry to hear that. Let me look it up for you."),
        Message("m3", Author.CUSTOMER, "When does a parcel count as lost? Can you send another?"),
    ),
)


def past_chat(number: int) -> dict[str, object]:
    """A past conversation on the matter."""
    messages = [{"role": m.role.value, "text": m.text} for m in TALK.messages]
    answer = {"role": "agent", "text": "I can send another one today. Shall I do that?"}
    return {"id": f"p{number}", "customer": {"id": f"u{number}"}, "resolved": True, "messages": [*messages, answer]}


def test_turns_embed_each_text_once(tmp_path: Path, embedder: Embedder) -> None:
    workspace, counting = Workspace(tmp_path), Counting(embedder)
    KnowledgeIndex(workspace.knowledge, embedder).update([LOST], source="help")
    import_conversations([transcript_from_record(past_chat(n)) for n in range(4)], workspace.past, embedder)
    engine = build_engine(workspace, Settings(), counting).engine  # type: ignore[arg-type]
    counting.texts.clear()

    events = list(engine.turn(TALK))

    assert {"KnowledgeFound", "RepliesSuggested", "SummaryUpdated"} <= {type(event).__name__ for event in events}
    embedded = len(counting.texts)
    assert embedded

    list(engine.turn(TALK))
    assert len(counting.texts) == embedded

    said = Message("m4", Author.CUSTOMER, "And will I have it by Friday then?")
    list(engine.turn(replace(TALK, messages=(*TALK.messages, said))))
    assert len(counting.texts) > embedded
    assert max(Counter(counting.texts).values()) == 1
