"""Importing, storing and searching past conversations."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.assist.moments import moment_before
from console.assist.ports import Moment
from console.assist.vectors import VectorCache
from console.content.errors import ContentError
from console.past import PastCollection, add_conversation, collection, import_conversations, storage
from console.past.moments import PastCase, case_of
from console.past.storage import ADDED, MANIFEST, add
from console.server.followed_past import FollowedPast
from knowledge import Embedder
from tests.assist.making import BagOfWords, messages
from tests.past.making import transcript, usual


@pytest.fixture(scope="module")
def embed(embedder: Embedder) -> VectorCache:
    """The real model behind a cache."""
    return VectorCache(embedder)


def moment(*lines: str) -> Moment:
    """Return the moment after some messages."""
    return moment_before(messages(*lines), lambda message: message.text)


LATE = moment("c: my parcel never came")


def test_a_conversation_that_is_added_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Also where an earlier version left the file open to others."""
    case = PastCase("c1", "a digest", "another", ())
    for _ in range(2):
        add(tmp_path / "past", case)
        file = tmp_path / "past" / ADDED
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.parent.stat().st_mode & 0o777 == 0o700
        file.chmod(0o644)


def test_what_agents_usually_said_is_found(tmp_path: Path, embed: VectorCache) -> None:
    """With its slots, and in how many conversations."""
    import_conversations(usual(), tmp_path, embed)
    best = PastCollection.open(tmp_path, embed).search(LATE, 3)[0]
    assert best.templates[0] == "I'm sorry, {customer.first_name}. May I have your order number, please?"
    assert best.conversations == 4
    assert best.likeness > 0.6


def test_a_moment_like_none_before_finds_nothing(tmp_path: Path, embed: VectorCache) -> None:
    """No vote is cast by strangers."""
    import_conversations(usual(), tmp_path, embed)
    strange = moment("a: How many kilometres is it to the moon?", "c: purple elephants dance", "s: weather: none")
    assert list(PastCollection.open(tmp_path, embed).search(strange, 3)) == []


def test_an_empty_folder_is_an_empty_collection(tmp_path: Path) -> None:
    """Nothing to look for, nothing to complain about."""
    empty = PastCollection.open(tmp_path / "none", BagOfWords())
    assert len(empty) == 0
    assert list(empty.search(LATE, 3)) == []
    assert empty.version == ""


def test_an_unchanged_conversation_is_not_embedded_again(tmp_path: Path) -> None:
    """Only what is new or changed is."""
    embed = BagOfWords()
    first = import_conversations(usual(), tmp_path, embed)
    assert (first.added, first.moments) == (4, 8)
    embed.asked.clear()
    again = import_conversations(usual(), tmp_path, embed)
    assert (again.added, again.updated, again.unchanged, embed.asked) == (0, 0, 4, [])
    changed = [
        *usual()[1:],
        replace(usual()[0], messages=messages("c: quite another matter", "a: May I have your order number, please?")),
    ]
    third = import_conversations(changed, tmp_path, embed)
    assert (third.updated, third.unchanged) == (1, 3)
    assert all("another matter" in text or "order number" in text for text in embed.asked)


def test_a_conversation_added_live_is_found_at_the_next_opening(tmp_path: Path, embed: VectorCache) -> None:
    """And changes the version, cheaply noticed."""
    import_conversations(usual(), tmp_path, embed)
    before = PastCollection.open(tmp_path, embed)
    assert not before.changed()
    add_conversation(
        transcript("live", "c: my stove smells of gas", "a: Please close the valve and go outside."), tmp_path
    )
    assert before.changed()
    after = PastCollection.open(tmp_path, embed)
    assert after.version != before.version
    found = after.search(moment("c: my stove smells of gas"), 1)
    assert found[0].templates == ("Please close the valve and go outside.",)
    assert after.case_text("live") == (
        "Customer: my stove smells of gas\nAgent: Please close the valve and go outside.\n\nEnded: done, resolved"
    )


def test_the_next_import_folds_added_conversations_in(tmp_path: Path) -> None:
    """None is lost, none counted twice."""
    embed = BagOfWords()
    add_conversation(transcript("live", "c: gas", "a: Please close the valve."), tmp_path)
    assert len(PastCollection.open(tmp_path, embed)) == 1
    done = import_conversations(usual(), tmp_path, embed)
    assert (done.added, done.conversations) == (4, 5)
    assert len(PastCollection.open(tmp_path, embed)) == 9


def test_a_first_reply_is_added_where_an_import_had_none(tmp_path: Path) -> None:
    """A generation without moments can grow."""
    embed = BagOfWords()
    import_conversations([transcript("p", "c: hi", "a: Let me look.", resolved=False)], tmp_path, embed)
    add_conversation(transcript("live", "c: gas", "a: Please close the valve."), tmp_path)
    found = PastCollection.open(tmp_path, embed).search(moment("c: gas"), 1)
    assert found[0].templates == ("Please close the valve.",)


def test_of_a_conversation_that_was_not_resolved_only_its_end_counts(tmp_path: Path) -> None:
    """Nothing that was written in it is said again."""
    add_conversation(transcript("live", "c: gas", "a: Please close the valve.", resolved=False), tmp_path)
    past = PastCollection.open(tmp_path, BagOfWords())
    assert len(past) == 0
    assert [(case.done, case.resolved) for case in past.similar("gas", 3)] == [("done", False)]
    assert past.case_text("live") == "Customer: gas\n\nEnded: done, not resolved"


def test_a_crash_before_the_last_step_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The generation in force is named in one step, after everything else is written."""
    embed = BagOfWords()
    import_conversations(usual(2), tmp_path, embed)

    def crash(path: Path, text: str) -> None:
        raise OSError("the power is gone")

    monkeypatch.setattr("console.past.storage.replace_file", crash)
    with pytest.raises(OSError, match="power"):
        import_conversations(usual(4), tmp_path, embed)
    monkeypatch.undo()
    assert len(PastCollection.open(tmp_path, embed)) == 4
    assert import_conversations(usual(4), tmp_path, embed).moments == 8


def test_damaged_files_say_what_to_do(tmp_path: Path) -> None:
    """Import again."""
    import_conversations(usual(), tmp_path, BagOfWords())
    generation = json.loads((tmp_path / MANIFEST).read_text())["generation"]
    (tmp_path / generation / "vectors.npy").write_bytes(b"no array")
    with pytest.raises(ContentError, match="import them again"):
        PastCollection.open(tmp_path, BagOfWords())


def test_importing_again_mends_what_is_damaged(tmp_path: Path) -> None:
    """And says so; what was added since is there too."""
    import_conversations(usual(4), tmp_path, BagOfWords())
    generation = json.loads((tmp_path / MANIFEST).read_text())["generation"]
    (tmp_path / generation / "vectors.npy").write_bytes(b"no array")
    add_conversation(transcript("c99"), tmp_path)
    done = import_conversations(usual(4), tmp_path, BagOfWords())
    assert "damaged" in done.damaged
    assert done.conversations == 5
    assert len(PastCollection.open(tmp_path, BagOfWords())) == 8
    assert not import_conversations(usual(4), tmp_path, BagOfWords()).damaged


def test_what_is_added_is_taken_up_at_the_cost_of_itself(tmp_path: Path) -> None:
    """What was embedded before is not embedded again; and it is found as in a collection that was opened anew."""
    embed = BagOfWords()
    import_conversations(usual(), tmp_path, embed)
    followed = FollowedPast(tmp_path, embed)
    add_conversation(transcript("first", "c: my tent has a hole", "a: We mend it."), tmp_path)
    assert followed.case("first") is not None
    embed.asked.clear()
    add_conversation(transcript("second", "c: my stove is cold", "a: Please turn the valve."), tmp_path)
    assert followed.case("second") is not None
    assert embed.asked
    assert not any("tent" in text for text in embed.asked)
    stove = moment("c: my stove is cold")
    found, anew = followed.search(stove, 1), PastCollection.open(tmp_path, embed).search(stove, 1)
    assert found[0].templates == anew[0].templates == ("Please turn the valve.",)


def test_replies_are_grouped_again_without_asking_the_model_again(tmp_path: Path) -> None:
    """A desk that closes chat after chat embeds each once, whatever was imported."""
    for imported in (0, 4):
        folder, embed = tmp_path / str(imported), BagOfWords()
        import_conversations(usual(imported), folder, embed)
        add_conversation(transcript("c0", "c: my tent has a hole", "a: We mend it."), folder)
        followed = FollowedPast(folder, embed)
        for name in ("c1", "c2", "c3"):
            embed.asked.clear()
            add_conversation(transcript(name, f"c: my stove {name} is cold", "a: Please turn the valve."), folder)
            assert followed.search(moment(f"c: my stove {name} is cold"), 1)[0].case == name
            assert not any("tent" in text for text in embed.asked)


def test_only_the_newest_of_a_desks_own_conversations_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside all that were imported; an older one that a reply was taken from can still be read."""
    monkeypatch.setattr(collection, "NEWEST", 4)
    embed = BagOfWords()
    import_conversations(usual(), tmp_path, embed)
    followed = FollowedPast(tmp_path, embed)
    sizes = []
    for letter in "abcdefghijklmnopqrst":
        matter = f"my {5 * letter} is cold"
        add_conversation(transcript(letter, f"c: {matter}", "a: Please turn the valve."), tmp_path)
        assert followed.similar(matter, 1)[0].case == letter
        sizes.append(len(followed.similar("is cold", 99)))
    assert max(sizes) == 4 + 5 + 1  # grouped again beyond a quarter more
    assert followed.similar("my aaaaa is cold", 1)[0].case != "a"
    assert "Please turn the valve." in (followed.case("a") or "")
    assert {case.case for case in followed.similar("my parcel", 99)} >= {"p0", "p1", "p2", "p3"}
    assert followed.case("none") is None


def test_grouping_again_keeps_what_it_knows_and_reads_the_newest_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case that still counts is the same object as before; what no longer counts is not even read."""
    monkeypatch.setattr(collection, "NEWEST", 4)
    import_conversations(usual(), tmp_path, BagOfWords())
    add_conversation(transcript("c0", "c: my tent has a hole", "a: We mend it."), tmp_path)
    past = before = PastCollection.open(tmp_path, BagOfWords())
    monkeypatch.setattr(storage, "read", lambda folder: pytest.fail("the imported ones are known"))
    read: list[str] = []
    from_json = PastCase.from_json
    monkeypatch.setattr(PastCase, "from_json", lambda row: read.append(row["id"]) or from_json(row))
    for number in range(1, 12):
        add_conversation(transcript(f"c{number}", "c: my stove is cold", "a: Please turn the valve."), tmp_path)
        read.clear()
        past, before = past.followed(), past
        if len(read) > 1:
            break
    assert read == [f"c{n}" for n in range(number - 3, number + 1)]
    assert {case.id for case in past.cases} == {"p0", "p1", "p2", "p3", *read}
    same = {id(case) for case in before.cases}
    assert [case.id for case in past.cases if id(case) not in same] == [f"c{number}"]


@given(st.lists(st.sampled_from(["whole", "damaged", "half"]), max_size=8), st.integers(1, 6))
def test_the_newest_are_read_whatever_stands_before_them(lines: list[str], most: int) -> None:
    """As many as are asked for, of what is whole; a last line that is still being written is left for later."""
    with tempfile.TemporaryDirectory() as name:
        folder, whole = Path(name), b""
        case = json.dumps(case_of(usual()[0]).to_json()).encode()
        for number, kind in enumerate(lines):
            last = number == len(lines) - 1
            whole += {"whole": case + b"\n", "damaged": b"{\n", "half": case[:9] if last else b"{}\n"}[kind]
        (folder / ADDED).write_bytes(whole)
        every, end = storage.added_from(folder, 0)
        found, behind = storage.newest(folder, most)
        assert behind == end
        counted = lines[:-1] if lines and lines[-1] == "half" else lines
        assert len(found) == counted[-most:].count("whole") <= len(every)


def test_a_conversation_that_is_still_being_written_is_taken_up_once_it_is_whole(tmp_path: Path) -> None:
    embed = BagOfWords()
    import_conversations(usual(), tmp_path, embed)
    followed = FollowedPast(tmp_path, embed)
    add_conversation(replace(usual()[0], id="c-new"), tmp_path)
    whole = (tmp_path / ADDED).read_bytes()
    (tmp_path / ADDED).unlink()
    (tmp_path / ADDED).write_bytes(whole[:-9])
    assert followed.case("c-new") is None
    with (tmp_path / ADDED).open("ab") as file:
        file.write(whole[-9:])
    assert followed.case("c-new") is not None


def test_damage_silences_past_replies_alone_until_it_is_mended(tmp_path: Path, embed: VectorCache) -> None:
    """A desk that follows the folder goes on without them, and takes them up again by itself."""
    import_conversations(usual(), tmp_path, embed)
    generation = json.loads((tmp_path / MANIFEST).read_text())["generation"]
    (tmp_path / generation / "vectors.npy").write_bytes(b"no array")
    followed = FollowedPast(tmp_path, embed)
    assert (followed.search(LATE, 3), followed.case("c1"), followed.version) == ((), None, "damaged")
    import_conversations(usual(), tmp_path, embed)
    assert followed.search(LATE, 3)
    assert followed.version != "damaged"


def test_vectors_of_another_model_are_refused(tmp_path: Path, embed: VectorCache) -> None:
    """They cannot be compared."""
    import_conversations(usual(), tmp_path, BagOfWords())
    with pytest.raises(ContentError, match="another model"):
        PastCollection.open(tmp_path, embed)


def test_a_head_is_trained_where_there_are_many_moments(tmp_path: Path) -> None:
    """And ranks the reply first that always followed."""
    lines = {"red": "Red is sold out.", "blue": "Blue is in stock.", "green": "Green comes next week."}
    many = [
        transcript(f"t{n}", f"c: is {colour} there, number {n % 7}?", f"a: {answer}")
        for n in range(750)
        for colour, answer in [list(lines.items())[n % 3]]
        for _ in "x"
    ]
    many += [replace(t, id=f"{t.id}-{copy}") for t in many for copy in range(2)]
    embed = BagOfWords()
    import_conversations(many, tmp_path, embed)
    past = PastCollection.open(tmp_path, embed)
    assert past.trained
    best = past.search(moment("c: is blue there, number 3?"), 2)[0]
    assert best.templates[0] == "Blue is in stock."
    assert best.weight > 0.6


def test_replies_of_a_slot_alone_are_told_apart_by_what_fills_them(tmp_path: Path, embed: VectorCache) -> None:
    """A question of a quiz is no instruction of a doctor."""
    quiz = [transcript(f"q{n}", "c: ask me", f's: {{"Question": "Who is {n}?"}}', f"a: Who is {n}?") for n in range(3)]
    steps = [
        transcript(f"d{n}", "c: go on", f's: {{"Advice": "Rest {n} days"}}', f"a: Rest {n} days.") for n in range(3)
    ]
    import_conversations([*quiz, *steps], tmp_path, embed)
    found = PastCollection.open(tmp_path, embed).search(moment("c: ask me", "s: question"), 5)
    assert {"{lookup.question}", "{lookup.advice}."} <= {template for reply in found for template in reply.templates}
    assert all(len({t.strip(".") for t in reply.templates}) == 1 for reply in found)
