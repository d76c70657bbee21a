"""Files, edits, deletions and what was read, in the transcript."""

import pytest

from console.conversation import events as e
from console.conversation.attachments import Attachment, size_words
from console.conversation.channel_events import MessagesRead, MessageWithdrawn
from console.conversation.message import Author
from console.terminal.timeline import timeline
from console.terminal.widgets.entry_face import entry_lines
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import app_of, at_work, notices, open_conversation, wait_until
from tests.terminal.scenes import full_desk

LABEL = Attachment("a" * 64, "label.png", "image/png", 186_000)
BILL = Attachment("b" * 64, "bill.pdf", "application/pdf", 4_718_592)


def with_files() -> FakeDesk:
    """A desk whose Dana has sent two files."""
    desk = full_desk()
    for attachment in (LABEL, BILL):
        data = e.MessageAdded(Author.CUSTOMER, f"[{attachment.name}]", attachments=(attachment,))
        desk.append("c-dana", data, "customer:dana")
    return desk


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 KB"), (186_000, "182 KB"), (1_048_576, "1 MB"), (4_718_592, "4.5 MB")]
)
def test_a_size_is_read_at_a_glance(size: int, words: str) -> None:
    """Never in bytes."""
    assert size_words(size) == words


def test_a_file_is_a_line_with_name_type_and_size() -> None:
    """Below the message that brought it."""
    entries = timeline(with_files().state("c-dana"))
    assert [entry.files for entry in entries[-3:] if entry.files] == [
        ("label.png · picture, 182 KB",),
        ("bill.pdf · PDF, 4.5 MB",),
    ]
    entry = next(entry for entry in entries if entry.files)
    for width in (30, 60, 100):
        lines = entry_lines(entry, width)
        assert all(line.cell_length <= width for line in lines)
        assert "open" in lines[-1].plain


async def test_the_key_opens_the_newest_file_and_then_the_one_before() -> None:
    """In the browser, by a link that the desk signs."""
    async with at_work(with_files()) as pilot:
        await open_conversation(pilot, "c-dana")
        opened: list[str] = []
        app_of(pilot).open_url = opened.append  # type: ignore[method-assign]
        await pilot.press("alt+7")
        await wait_until(pilot, lambda: len(opened) == 1)
        await pilot.press("alt+7")
        await wait_until(pilot, lambda: len(opened) == 2)
        assert [url.split("/")[-1].split("?")[0] for url in opened] == [BILL.id, LABEL.id]
        assert any("label.png" in words for words in notices(pilot))


async def test_without_a_file_the_key_says_so() -> None:
    """And opens nothing."""
    async with at_work(full_desk()) as pilot:
        await open_conversation(pilot, "c-dana")
        opened: list[str] = []
        app_of(pilot).open_url = opened.append  # type: ignore[method-assign]
        await pilot.press("alt+7")
        await wait_until(pilot, lambda: any("Nobody has sent a file" in words for words in notices(pilot)))
        assert opened == []


def test_an_edit_a_deletion_and_reading_are_told_in_words() -> None:
    """Nothing is replaced, nothing vanishes."""
    desk = full_desk()
    desk.append("c-dana", e.MessageAdded(Author.AGENT, "Hello Dana", "Robin Ashdale"), "agent:robin")
    ours = desk.state("c-dana").messages[-1]
    desk.append("c-dana", e.MessageAdded(Author.CUSTOMER, "88214, sorry", edits="m1"), "customer:dana")
    edited = desk.state("c-dana").messages[-1]
    desk.append("c-dana", MessageWithdrawn("m1"), "customer:dana")
    desk.append("c-dana", MessagesRead(ours.id), "customer:dana")
    entries = {entry.key: entry for entry in timeline(desk.state("c-dana"))}
    assert entries[edited.id].text == "(changes m1) 88214, sorry"
    assert entries["m1"].text.endswith("(deleted by the customer)")
    assert entries[ours.id].state == "read"
    assert any("read" in line.plain for line in entry_lines(entries[ours.id], 80))
