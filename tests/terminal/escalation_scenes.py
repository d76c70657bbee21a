"""Weeks of hand-overs for the tests of the review of escalations: one behaviour comes far too late."""

from datetime import timedelta

from console.conversation import events as e
from console.conversation.content_events import ContentPublished
from console.conversation.generated_events import GENERATED
from console.conversation.handover import HandoverWhen
from console.conversation.ranker_events import RankerPublished
from tests.review.escalating.talks import Log, answered, began, bot, handed, late, said
from tests.terminal.fake_desk import START, FakeDesk
from tests.terminal.review_scenes import reviewing_desk


def escalating_desk() -> FakeDesk:
    """A desk whose bot keeps those who want an invoice for three turns too long; conversation c-dana is the newest."""
    desk = reviewing_desk()
    log = Log()
    for number in range(26):
        at = START - timedelta(days=26 - number)
        log.add("c-dana" if number == 25 else f"i-{number:02}", at, *late(3 if number % 3 else 2))
        log.add(f"o-{number:02}", at, *began("opening-hours"), *said("when"), handed(HandoverWhen.ASKED), *answered())
    for number in range(8):
        talk = [*began("order-status", f"u-{number}"), *said("where is it"), bot(), *said("ok so when")]
        log.add(f"p-{number}", START - timedelta(days=5), *talk, handed(), *answered())
    renewed = ContentPublished({"macros": "2"}, ("macros",), ("macro late-where-it-is",))
    log.add(e.WORKSPACE, START - timedelta(days=9), renewed)
    log.add(e.WORKSPACE, START - timedelta(days=3), RankerPublished("r-2026-02", "built-in", by="Ines Vole"))
    for event in log.events:
        seq = len(desk.past) + 1
        desk.past.append(e.Event(seq, event.conversation, event.actor, event.data, event.at, GENERATED))
    return desk
