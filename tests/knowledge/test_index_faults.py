"""Whatever happens during an update or to its files, the index that was there stays, or says what is wrong."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from knowledge import Document, IndexBusy, IndexDamaged, IndexOutdated, IndexUnwritable, KnowledgeIndex, Progress
from knowledge.vectors import FileStore
from tests.knowledge.fakes import WordEmbedder

ROOT = Path(__file__).parents[2]

RUN = """
import sys
from pathlib import Path
from knowledge import Document, KnowledgeIndex
from tests.knowledge.fakes import WordEmbedder

def report(progress):
    print(progress.stage, progress.done, flush=True)
    if f"{progress.stage} {progress.done}" == sys.argv[2]:
        sys.stdin.readline()

documents = [Document(f"new{n}", f"New {n}", f"new text {n}") for n in range(1200)]
KnowledgeIndex(Path(sys.argv[1]), WordEmbedder()).update(documents, source="s", progress=report)
"""


def _stopped_at(folder: Path, step: str) -> subprocess.Popen[str]:
    """Another process that updates the index, and has stopped at a step of its progress."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder), step],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert process.stdout
    for line in process.stdout:
        if line.strip() == step:
            return process
    raise AssertionError(f"the run ended before {step!r}")


def _close(process: subprocess.Popen[str]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
    process.wait()


@pytest.fixture
def index(tmp_path: Path, words: WordEmbedder, articles: list[Document]) -> KnowledgeIndex:
    """An index of the help centre."""
    index = KnowledgeIndex(tmp_path / "index", words)
    index.update(articles, source="s")
    return index


@pytest.mark.parametrize("step", ["reading 600", "embedding 512", "saving 0"])
def test_a_run_that_is_killed_leaves_the_old_index(index: KnowledgeIndex, articles: list[Document], step: str) -> None:
    """At any step; the next run cleans up and succeeds."""
    process = _stopped_at(index.folder, step)
    process.send_signal(signal.SIGKILL)
    _close(process)
    fresh = KnowledgeIndex(index.folder, WordEmbedder())
    fresh.verify()
    assert fresh.contents().documents == len(articles)
    assert fresh.search("parcel lost", k=1).hits[0].document == "lost.md"
    assert index.update(articles[:2], source="s").documents == 2
    assert len(list((index.folder / "generations").iterdir())) == 1


def test_what_a_killed_run_had_embedded_is_not_embedded_again(index: KnowledgeIndex) -> None:
    """The next run goes on where it ended, and leaves nothing of it behind."""
    process = _stopped_at(index.folder, "embedding 1024")
    process.send_signal(signal.SIGKILL)
    _close(process)
    words = WordEmbedder()
    documents = [Document(f"new{n}", f"New {n}", f"new text {n}") for n in range(1200)]
    report = KnowledgeIndex(index.folder, words).update(documents, source="s")
    assert (report.added, report.passages_embedded, len(words.embedded)) == (1200, 176, 176)
    assert sorted(path.name for path in index.folder.iterdir()) == ["CURRENT", "generations", "write.lock"]
    fresh = KnowledgeIndex(index.folder, words)
    fresh.verify()
    assert fresh.search("new text 7", k=1).hits[0].document == "new7"


def test_a_damaged_remainder_of_a_killed_run_is_thrown_away(index: KnowledgeIndex, articles: list[Document]) -> None:
    """It only saves work."""
    (index.folder / "unfinished.db").write_bytes(b"no database" * 200)
    assert index.update([*articles, Document("x", "X", "More")], source="s").added == 1


@pytest.mark.parametrize("size", [1, 300])
@pytest.mark.parametrize("place", [0.001, 0.02, 0.2, 0.35, 0.5, 0.65, 0.8, 0.99])
def test_a_remainder_with_flipped_bytes_harms_nothing(tmp_path: Path, place: float, size: int) -> None:
    """Wherever they lie: what is not as it was kept is embedded again."""
    documents = [Document(f"d{n}", f"Title {n}", f"text {n}") for n in range(600)]

    def stop(progress: Progress) -> None:
        if (progress.stage, progress.done) == ("saving", 0):
            raise KeyboardInterrupt

    words = WordEmbedder()
    with pytest.raises(KeyboardInterrupt):
        KnowledgeIndex(tmp_path, words).update(documents, source="s", progress=stop)
    file = tmp_path / "unfinished.db"
    data = bytearray(file.read_bytes())
    at = int(place * len(data))
    data[at : at + size] = bytes(byte ^ 0x55 for byte in data[at : at + size])
    file.write_bytes(data)
    index = KnowledgeIndex(tmp_path, words)
    assert index.update(documents, source="s").added == 600
    assert not file.exists()
    KnowledgeIndex(tmp_path / "other", words).update(documents, source="s")
    kept, made = (
        FileStore().open(next(folder.glob("generations/*/vectors")), words.dimensions).get(np.arange(600))
        for folder in (tmp_path, tmp_path / "other")
    )
    np.testing.assert_array_equal(kept, made)


def test_what_a_run_left_that_was_killed_at_its_very_end_is_removed(
    index: KnowledgeIndex, articles: list[Document]
) -> None:
    """By the next run, also where nothing changed since; until then the index counts as interrupted."""
    (generation,) = (index.folder / "generations").iterdir()
    shutil.copytree(generation, generation.with_name("000000-abcd"))
    for name in ("unfinished.db", "unfinished.db-journal", "CURRENT.12345678"):
        (index.folder / name).write_bytes(b"")
    assert index.interrupted()
    assert index.update(articles, source="s").unchanged == len(articles)
    assert sorted(path.name for path in index.folder.iterdir()) == ["CURRENT", "generations", "write.lock"]
    assert list((index.folder / "generations").iterdir()) == [generation]
    assert not index.interrupted()


def test_a_search_that_fails_on_silent_damage_goes_on_with_what_is_whole(index: KnowledgeIndex) -> None:
    """It is checked then, by every checksum, and the answer says what is damaged."""
    file = next(index.folder.glob("generations/*/vectors/*.numbers"))
    about = file.stat()
    file.write_bytes((np.fromfile(file, np.int64) + 1000).tobytes())
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    index.reload()
    answer = index.search("parcel lost", k=1)
    assert answer.hits[0].document == "lost.md"
    assert f"{file.name} was altered" in answer.damage


def test_a_model_of_other_dimensions_is_no_reason_to_stop_searching(index: KnowledgeIndex) -> None:
    """Its vectors cannot even be multiplied with those of the index."""
    other = WordEmbedder("wide")
    other.dimensions = 96
    wide = KnowledgeIndex(index.folder, other)
    answer = wide.search("parcel lost", k=1)
    assert (answer.hits[0].document, "another model" in answer.damage) == ("lost.md", True)
    assert wide.mend().passages_embedded == 4
    assert wide.search("parcel lost", k=1).damage == ""


def test_documents_of_other_sources_survive_damage_to_the_articles(index: KnowledgeIndex) -> None:
    """Indexing one source must not lose another, as long as its texts are as they were."""
    note = Document("note", "A note", "A parcel note for the team.")
    index.update([note], source="t")
    file = min(index.folder.glob("generations/*/articles/*.db"))
    os.utime(file, ns=(0, 0))
    data = bytearray(file.read_bytes())
    at = data.find(b"nine to six")
    data[at] ^= 0x20
    file.write_bytes(data)
    report = index.update([note], source="t")
    assert report.lost == {"s": 1}
    assert {document.id for document in index.documents()} == {"lost.md", "refunds.md", "password.md", "note"}
    index.verify()


def test_a_search_that_meets_a_generation_being_removed_finds_the_next(
    index: KnowledgeIndex, articles: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of its files are gone when it is opened, and another is in use since."""
    from knowledge.index import folder as places

    old = places.current(index.folder)
    other = KnowledgeIndex(index.folder, WordEmbedder())
    monkeypatch.setattr("shutil.rmtree", lambda folder, **_: None)
    index.update(articles[:2], source="s")
    max(old.glob("articles/*.db")).unlink()
    named = iter([old])
    current = places.current
    monkeypatch.setattr(places, "current", lambda folder: next(named, None) or current(folder))
    assert other.contents().documents == 2


def test_a_second_run_is_told_to_wait(index: KnowledgeIndex, articles: list[Document]) -> None:
    """While another process is writing; searching goes on."""
    process = _stopped_at(index.folder, "embedding 0")
    try:
        with pytest.raises(IndexBusy, match="another indexing run is at work"):
            index.update(articles[:1], source="s")
        assert index.search("parcel lost", k=1).hits[0].document == "lost.md"
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout
        process.stdout.read()
        assert process.wait() == 0
    finally:
        process.kill()
        _close(process)
    assert index.changed()
    index.reload()
    assert index.contents().documents == 1200


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)


def test_a_flipped_byte_in_the_articles_is_found(index: KnowledgeIndex, articles: list[Document]) -> None:
    """By its checksum when the index is opened; the next run builds the index anew."""
    file = next(index.folder.glob("generations/*/articles/*.db"))
    _flip(file)
    index.reload()
    with pytest.raises(IndexDamaged, match=f"{file.name} was altered"):
        index.search("parcel")
    report = index.update(articles, source="s")
    assert "damaged" in report.rebuilt
    assert report.passages_embedded == len(articles)
    index.verify()
    assert index.search("parcel lost", k=1).hits[0].document == "lost.md"


@pytest.mark.parametrize(
    ("pattern", "embedded"), [("vectors/*.f32", 5), ("vectors/*.numbers", 5), ("lexical/*.idx", 0)]
)
def test_search_goes_on_while_damaged_vectors_or_words_are_made_anew(
    index: KnowledgeIndex, words: WordEmbedder, pattern: str, embedded: int
) -> None:
    """By words without vectors, by meaning without words, and the answer says so; texts of all sources are kept."""
    index.update([Document("note", "A note", "A parcel note for the team.")], source="t")
    file = max(index.folder.glob(f"generations/*/{pattern}"), key=lambda path: path.stat().st_size)
    _flip(file)
    index.reload()
    answer = index.search("parcel lost", k=2)
    assert answer.hits[0].document == "lost.md"
    assert f"{file.name} was altered" in answer.damage
    words.embedded.clear()
    report = index.mend()
    assert f"{file.name} was altered" in report.rebuilt
    assert (report.passages_embedded, len(words.embedded)) == (embedded, embedded)
    index.verify()
    answer = index.search("parcel lost", k=2)
    assert (answer.damage, answer.hits[0].document) == ("", "lost.md")
    assert index.contents().documents == 5
    assert not index.mend().rebuilt


def test_another_model_is_no_reason_to_stop_searching(index: KnowledgeIndex) -> None:
    """By words, until the index is mended with the new model."""
    other = KnowledgeIndex(index.folder, WordEmbedder("other"))
    answer = other.search("parcel lost", k=1)
    assert answer.hits[0].document == "lost.md"
    assert "made with another model (words)" in answer.damage
    assert "the model changed" in other.mend().rebuilt
    assert other.search("parcel lost", k=1).damage == ""


def test_a_byte_that_flips_in_silence_is_found_by_verify(index: KnowledgeIndex) -> None:
    """Where the file's time gives no hint, the thorough check does."""
    file = next(index.folder.glob("generations/*/vectors/*.f32"))
    about = file.stat()
    data = bytearray(file.read_bytes())
    data[5] ^= 1
    file.write_bytes(data)
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    index.reload()
    with pytest.raises(IndexDamaged, match="checksum"):
        index.verify()


@pytest.mark.parametrize("name", ["articles/*.db", "manifest*.json"])
@pytest.mark.parametrize("how", ["cut", "gone"])
def test_a_file_that_is_cut_or_gone_is_named(
    index: KnowledgeIndex, articles: list[Document], name: str, how: str
) -> None:
    """The message says which, and what to run; that mends it. Of the manifest, its copy has to be hit too."""
    files = sorted(index.folder.glob(f"generations/*/{name}"), reverse=True)
    for file in files:
        if how == "cut":
            os.truncate(file, file.stat().st_size // 2)
        else:
            file.unlink()
    index.reload()
    with pytest.raises(IndexDamaged, match=rf"{files[0].name}.*run the index command again"):
        index.search("parcel")
    index.update(articles, source="s")
    index.verify()
    assert index.search("parcel lost", k=1).hits[0].document == "lost.md"


def test_an_index_of_another_format_is_built_anew(index: KnowledgeIndex, articles: list[Document]) -> None:
    """Its manifest has no checksum yet."""
    for file in index.folder.glob("generations/*/manifest*.json"):
        file.write_text('{"format": 1}')
    index.reload()
    with pytest.raises(IndexOutdated, match="has format 1"):
        index.search("parcel")
    assert index.update(articles, source="s").rebuilt == "the index had another format"


def test_a_disk_that_fills_up_leaves_the_old_index(index: KnowledgeIndex, articles: list[Document]) -> None:
    """The limit on the size of files stands in for the disk's end."""
    program = (
        "import resource, signal, sys; from pathlib import Path;"
        "from knowledge import Document, IndexUnwritable, KnowledgeIndex;"
        "from tests.knowledge.fakes import WordEmbedder;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, 120_000));"
        "index = KnowledgeIndex(Path(sys.argv[1]), WordEmbedder());"
        "documents = [Document(str(n), str(n), f'text {n} ' * 50) for n in range(1000)]\n"
        "try: index.update(documents, source='s')\n"
        "except IndexUnwritable as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(index.folder)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert "what was indexed before is unchanged" in done.stdout
    index.reload()
    index.verify()
    assert index.contents().documents == len(articles)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, words: WordEmbedder) -> None:
    """One clear line; here a file stands where the folder should be."""
    (tmp_path / "index").write_text("a file")
    with pytest.raises(IndexUnwritable, match="could not be written"):
        KnowledgeIndex(tmp_path / "index", words).update([], source="s")


def test_a_failure_while_documents_are_read_leaves_nothing_behind(index: KnowledgeIndex) -> None:
    """The draft is removed, the lock released and the old index in use."""

    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    documents = [Document(str(n), str(n), f"text {n}") for n in range(200)]
    with pytest.raises(KeyboardInterrupt):
        index.update(documents, source="s", progress=stop)
    assert len(list((index.folder / "generations").iterdir())) == 1
    assert index.update(documents, source="s").added == 200
