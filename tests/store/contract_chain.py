"""The contract of the event log, part three: the audit chain, what breaks it, and what an erasure leaves of it."""

# ruff: noqa: S608 - the statements are made of names that stand in this file

import os
import re
from pathlib import Path

import pytest

from console.conversation import events as e
from console.conversation.content_events import ContentPublished
from console.conversation.message import Author
from console.conversation.people import Customer, Identity
from console.desk.log import LogDamaged
from console.store import SqlEventLog
from tests.store.desks import Desk
from tests.store.making import IRIS, answered, new, opened, wrote

_BOTH = ("events", "payloads")


def _tell(desk: Desk) -> SqlEventLog:
    """Write ten events of two conversations into the desk's log, event 9 being the end of the second one."""
    log = desk.open()
    log.append([opened("c1"), wrote("where are my boots?", "c1")])
    log.append([opened("c2", IRIS), wrote("the lamp is broken", "c2", customer="u2")])
    log.append([answered("I will look", "c1"), answered("I am sorry", "c2")])
    log.append([wrote("still nothing", "c1", external_id="x7"), new(e.MessageDelivered("m2"), "c1")])
    log.append([new(e.ConversationClosed("solved", True), "c2")])
    log.append([new(ContentPublished({"policies": "2"}), e.WORKSPACE, "desk")])
    return log


class ChainContract:
    """What verify and export say of a log that nobody touched."""

    def test_an_untouched_log_is_whole(self, desk: Desk) -> None:
        """Empty or not, open or read beside the writer."""
        assert desk.open().verify().whole
        desk.close()
        verdict = _tell(desk).verify()
        assert (verdict.whole, verdict.events, verdict.erased, verdict.broken) == (True, 10, 0, None)
        assert desk.open(read_only=True).verify() == verdict

    def test_an_anchor_older_than_the_log_is_no_fault(self, desk: Desk) -> None:
        """After a crash between commit and anchor the log is ahead, and goes on."""
        log = desk.open()
        log.append([opened()])
        anchor = _anchor(desk)
        old = anchor.read_bytes()
        log.append([wrote("one")])
        anchor.write_bytes(old)
        assert log.verify().whole
        desk.close()
        assert desk.open().verify().whole

    def test_what_a_killed_writer_left_of_an_anchor_is_cleared_away(self, desk: Desk) -> None:
        """Only once it is old enough to be nobody's."""
        desk.open().append([opened()])
        desk.close()
        old, fresh = (_anchor(desk).with_name(f".{_anchor(desk).name}.{name}") for name in ("old", "fresh"))
        old.write_text("{")
        fresh.write_text("{")
        os.utime(old, (0, 0))
        assert desk.open().verify().whole
        assert (old.exists(), fresh.exists()) == (False, True)

    def test_verify_reports_how_far_it_is(self, desk: Desk) -> None:
        """A large log shows progress, and the last report is the whole."""
        log = desk.open()
        log.append([wrote(f"message {n}") for n in range(2500)])
        told: list[tuple[int, int]] = []
        assert log.verify(lambda done, total: told.append((done, total))).whole
        assert told == [(1000, 2500), (2000, 2500), (2500, 2500)]

    def test_export_gives_every_event_as_json(self, desk: Desk) -> None:
        """The rows read back as the events, and a start can be named."""
        log = _tell(desk)
        rows = list(log.export())
        assert [e.event_from_json(row) for row in rows] == log.read()
        assert [row["seq"] for row in log.export(8)] == [9, 10]

    def test_export_goes_on_past_a_page(self, desk: Desk) -> None:
        """More events than are read at a time come out each once."""
        log = desk.open()
        log.append([wrote(f"message {n}") for n in range(2100)])
        assert [row["seq"] for row in log.export()] == list(range(1, 2101))

    def test_the_key_lies_outside_the_workspace(self, desk: Desk) -> None:
        """No file of the workspace holds it, and no text of the log shows it."""
        log = _tell(desk)
        (path,) = desk.keys.glob("*.key")
        secret = path.read_text().strip()
        desk.close()
        for file in (file for file in desk.workspace.rglob("*") if file.is_file()):
            assert secret.encode() not in file.read_bytes()
            assert bytes.fromhex(secret) not in file.read_bytes()
        assert secret not in repr(vars(log))


_DROP_C2 = tuple(f"DELETE FROM {table} WHERE seq IN (3, 4, 6, 9)" for table in ("payloads", "events"))
_RENUMBER = tuple(
    f"UPDATE {table} SET seq = {there} WHERE seq = {here}"
    for table in _BOTH
    for here, there in ((5, 3), (7, 4), (8, 5), (10, 6))
)
_FORGET_C2 = ("DELETE FROM conversations WHERE id = 'c2'", "DELETE FROM outbox WHERE conversation = 'c2'")

TAMPERED = {
    **{
        f"the {column} of an event changed": (
            (f"UPDATE events SET {column} = {value} WHERE seq = 5",),
            5,
            "was changed",
        )
        for column, value in {
            "kind": "'note-added'",
            "actor": "'agent:eve'",
            "at": "'2020-01-01T00:00:00+00:00'",
            "channel": "'web'",
            "external_id": "'x'",
            "conversation": "'c2'",
            "batch": "4",
            "digest": "mac",
            "previous": "mac",
            "mac": "digest",
        }.items()
    },
    **{
        f"the {column} of a payload changed": ((f"UPDATE payloads SET {column} = {value} WHERE seq = 4",), 4, "payload")
        for column, value in {
            "payload": "replace(payload, 'broken', 'lovely')",
            "actor": "'customer:eve'",
            "customer": "'eve'",
            "salt": "(SELECT salt FROM payloads WHERE seq = 1)",
        }.items()
    },
    "two events swapped": (
        tuple(
            f"UPDATE {table} SET seq = {there} WHERE seq = {here}"
            for table in _BOTH
            for here, there in ((3, -3), (4, 3), (-3, 4))
        ),
        3,
        "was changed",
    ),
    "two payloads swapped": (
        tuple(f"UPDATE payloads SET seq = {there} WHERE seq = {here}" for here, there in ((2, -2), (7, 2), (-2, 7))),
        2,
        "payload of event 2 was changed",
    ),
    "an event removed from the middle": (("DELETE FROM events WHERE seq = 5",), 5, "event 5 is missing"),
    "the tail dropped": (
        ("DELETE FROM events WHERE seq > 7", "DELETE FROM payloads WHERE seq > 7"),
        8,
        "ends at event 7, but event 10 was anchored: 3 were cut off",
    ),
    "a conversation dropped": ((*_DROP_C2, *_FORGET_C2), 3, "event 3 is missing"),
    "a conversation dropped and the rest renumbered": ((*_DROP_C2, *_RENUMBER, *_FORGET_C2), 3, "event 3 was changed"),
    "everything dropped": (
        tuple(f"DELETE FROM {table}" for table in (*_BOTH, "conversations", "outbox")),
        1,
        "cut off",
    ),
    "an event put at the end": (
        (
            "INSERT INTO events SELECT 11, 11, conversation, kind, actor, at, channel, '', digest, mac, mac FROM events"
            " WHERE seq = 10",
        ),
        11,
        "event 11 was changed",
    ),
    "an event put before the first": (
        (
            "INSERT INTO events SELECT 0, 0, conversation, kind, actor, at, channel, '', digest, mac, mac FROM events"
            " WHERE seq = 10",
        ),
        1,
        "event 1 is missing; event 0 comes next",
    ),
    "a payload removed": (("DELETE FROM payloads WHERE seq = 2",), 2, "was removed, and not by an erasure"),
    "a payload emptied": (
        ("UPDATE payloads SET payload = NULL, salt = NULL, actor = NULL, customer = NULL WHERE seq = 2",),
        2,
        "was removed, and not by an erasure",
    ),
    "an erasure forged": (
        ("UPDATE payloads SET payload = NULL, erased = (SELECT mac FROM events WHERE seq = 2) WHERE seq = 2",),
        2,
        "was removed, and not by an erasure",
    ),
    "an inbox row changed": (("UPDATE conversations SET agent = 'eve' WHERE id = 'c1'",), None, "'c1'"),
    "an inbox row emptied": (("UPDATE conversations SET row = '{}' WHERE id = 'c1'",), None, "'c1'"),
    "an inbox row removed": (("DELETE FROM conversations WHERE id = 'c2'",), None, "'c2'"),
    "a message taken out of the outbox": (("DELETE FROM outbox WHERE conversation = 'c2'",), None, "outbox"),
}


class TamperingContract:
    """What verify says of a log that somebody changed."""

    @pytest.mark.parametrize(("statements", "broken", "reason"), TAMPERED.values(), ids=TAMPERED)
    def test_what_was_done_behind_the_logs_back_shows(
        self, desk: Desk, statements: tuple[str, ...], broken: int | None, reason: str
    ) -> None:
        """The verdict names the first broken event and says why."""
        _tell(desk)
        desk.tamper(*statements)
        verdict = desk.open(read_only=True).verify()
        assert not verdict.whole
        assert verdict.broken == broken
        assert re.search(reason, verdict.reason), verdict.reason

    def test_a_log_whose_tail_was_dropped_is_not_written_to(self, desk: Desk) -> None:
        """Going on would bury the evidence under a new anchor."""
        _tell(desk)
        desk.tamper("DELETE FROM events WHERE seq > 7", "DELETE FROM payloads WHERE seq > 7")
        with pytest.raises(LogDamaged, match="event 10"):
            desk.open()
        assert not desk.open(read_only=True).verify().whole

    def test_another_end_of_the_same_length_shows(self, desk: Desk) -> None:
        """An older copy that went its own way is not the log that was anchored."""
        log = desk.open()
        log.append([opened()])
        anchor = _anchor(desk)
        log.append([wrote("one")])
        right = anchor.read_bytes()
        desk.tamper("DELETE FROM events WHERE seq = 2", "DELETE FROM payloads WHERE seq = 2")
        anchor.unlink()
        desk.open().append([wrote("two")])
        anchor.write_bytes(right)
        verdict = desk.open(read_only=True).verify()
        assert (verdict.whole, verdict.broken) == (False, 2)
        assert "not the one that was anchored" in verdict.reason

    def test_a_missing_or_forged_anchor_shows(self, desk: Desk) -> None:
        """Without a true anchor nobody can tell that nothing was cut off."""
        log = _tell(desk)
        anchor = _anchor(desk)
        anchor.write_text(anchor.read_text().replace('"events": 10', '"events": 7'))
        assert "was not written with this workspace's key" in log.verify().reason
        anchor.write_text("no anchor")
        assert "damaged" in log.verify().reason
        anchor.unlink()
        assert "the anchor is missing" in log.verify().reason
        assert not log.verify().whole

    def test_an_anchor_that_a_power_cut_emptied_is_made_anew(self, desk: Desk) -> None:
        """It holds nothing that could be buried; one with a false signature is not written over."""
        _tell(desk)
        desk.close()
        anchor = _anchor(desk)
        sound = anchor.read_text()
        anchor.write_text("")
        assert desk.open().verify().whole
        desk.close()
        anchor.write_text(sound.replace('"events": 10', '"events": 7'))
        with pytest.raises(LogDamaged, match="not written with this workspace's key"):
            desk.open()

    def test_rebuilding_mends_the_read_models(self, desk: Desk) -> None:
        """What the events say comes back."""
        before = _tell(desk).inbox(closed=True)
        desk.tamper("DELETE FROM conversations", "DELETE FROM outbox")
        log = desk.open()
        assert not log.verify().whole
        log.rebuild()
        assert log.verify().whole
        assert log.inbox(closed=True) == before

    def test_read_models_of_another_fold_are_made_anew_when_the_log_is_opened(self, desk: Desk) -> None:
        """A version of the program with other rows finds its own rows."""
        before = _tell(desk).inbox(closed=True)
        desk.tamper("UPDATE meta SET value = 'older' WHERE name = 'fold'", "UPDATE conversations SET row = '{}'")
        log = desk.open()
        assert log.inbox(closed=True) == before
        assert log.verify().whole


class ErasureContract:
    """What an erasure takes away, and what it leaves."""

    def test_an_erased_customer_is_gone_and_the_chain_is_whole(self, desk: Desk) -> None:
        """Events, rows, queue and drafts of that customer go; those of others stay."""
        log = _tell(desk)
        log.save_draft("ola", "c2", "dear Iris")
        log.save_draft("ola", "c1", "dear Dana")
        others = log.read(conversation="c1")
        assert log.erase("u2").events == 4
        assert log.read(conversation="c2") == []
        assert log.read(conversation="c1") == others
        assert (log.row("c2"), log.drafts("ola")) == (None, {"c1": "dear Dana"})
        assert [event.conversation for event in log.undelivered("web")] == []
        verdict = log.verify()
        assert (verdict.whole, verdict.events, verdict.erased) == (True, 11, 4)

    def test_nothing_that_names_the_customer_stays_where_the_log_lies(self, desk: Desk) -> None:
        """Not in the tables; of a file of our own, not in the space they freed or in the log of changes either."""
        log = desk.open()
        log.append([opened("c1"), wrote("keep this", "c1")])
        named = "iris.tam@example.test"
        log.append([opened("c2", Customer(named, "Iris Tam")), wrote("the lamp is broken", "c2", customer=named)])
        log.save_draft("ola", "c2", "dear Iris")
        assert log.erase(named).events == 2
        traces = (b"Iris", b"iris.tam", b"the lamp")  # long ones: any two letters stand in a checksum now and then
        for name, content in desk.bytes_kept():
            assert [trace for trace in traces if trace in content] == [], name
        assert log.row("c1") is not None

    def test_a_conversation_that_was_anonymous_at_first_is_erased_whole(self, desk: Desk) -> None:
        """What was said before the desk knew who it was goes too."""
        log = desk.open()
        visitor = opened("c1", IRIS)
        log.append([opened("c2"), visitor, wrote("my secret", "c1", customer="u2")])
        log.append([new(e.IdentityChanged(Identity.VERIFIED, Customer("u9", "Noor Vale")), "c1")])
        assert log.erase("u9").events == 3
        assert [event.conversation for event in log.read()] == ["c2", e.WORKSPACE]

    def test_export_says_which_events_are_erased(self, desk: Desk) -> None:
        """They keep number, kind and time, and lose what was said and by whom."""
        log = _tell(desk)
        log.erase("u2")
        row = next(row for row in log.export() if row["seq"] == 4)
        assert (row["data"], row["erased"], row["actor"], row["kind"]) == (None, True, "customer", "message-added")
        assert e.event_from_json(row) is None

    def test_an_erased_log_goes_on(self, desk: Desk) -> None:
        """The same customer may write again, is counted from the start, and can be erased again."""
        log = _tell(desk)
        log.erase("u2")
        log.append([opened("c2", IRIS), answered("hello again", "c2", Author.BOT)])
        row = log.row("c2")
        assert row is not None
        assert row.messages == 1
        log.rebuild()
        assert log.row("c2") == row
        assert log.verify().whole
        assert log.erase("u2").events == 2
        assert log.erase("u2").events == 0
        assert log.verify().whole

    def test_a_repeat_of_an_erased_delivery_is_still_known(self, desk: Desk) -> None:
        """A channel that delivers again does not bring back what was erased."""
        log = _tell(desk)
        log.erase("u1")
        again = log.append([wrote("still nothing", "c1", external_id="x7")])
        assert again.repeated
        assert again.events == ()

    def test_erasing_nobody_is_refused(self, desk: Desk) -> None:
        """An empty name must not match everything that has none."""
        log = _tell(desk)
        with pytest.raises(ValueError, match="name the customer"):
            log.erase("")
        assert log.erase("unknown").events == 0
        assert log.verify().erased == 0


def _anchor(desk: Desk) -> Path:
    (path,) = desk.keys.glob("*.anchor")
    return path
