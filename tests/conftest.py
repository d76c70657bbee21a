"""What all tests share: a home of their own, the real model, a real log, a desk over it, a clock that tests move."""

import gc
import itertools
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import settings

from console.desk.desk import Desk
from console.server.article_shelf import ArticleShelf
from console.store import SqlEventLog, open_log
from console.workspace import cache_folder
from knowledge import Embedder, open_embedder
from tests.desks import Chair, Clock
from tests.postgres import Server

os.environ.setdefault("OMP_NUM_THREADS", "1")

LONG_FOLDERS = {"web", "privacy", "oidc", "backup"}
LONG_FILES = {
    "commands/test_stopping.py", "commands/test_web.py", "end_to_end/test_bot.py",
    "end_to_end/test_console_in_browser.py", "faults/test_kills.py", "knowledge/test_contradictions.py",
    "knowledge/test_index_damage.py", "knowledge/test_index_kills.py", "llm/test_llama.py",
    "loaders/test_page_shapes.py", "loaders/test_site_faults.py", "security/test_every_widget.py",
    "terminal/test_barred.py", "terminal/test_correcting.py", "terminal/test_following.py",
    "terminal/test_notes.py", "terminal/test_small_screens.py", "terminal/test_sources.py",
    "terminal/test_task_looks.py", "terminal/test_upkeep.py", "terminal/test_widths.py", "tests/test_patterns.py",
}  # fmt: skip

# A busy machine is no fault of the code, and a change is judged by the same examples as the one before it;
# `make fuzz` looks for new ones.
settings.register_profile("project", max_examples=60, deadline=None, derandomize=True)
settings.register_profile("fuzz", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("SECONDCHAIR_TEST_PROFILE", "project"))


@pytest.fixture(scope="session")
def models(pytestconfig: pytest.Config) -> Path:
    """The folder of the exported model; it is made once and kept from run to run."""
    assert pytestconfig.cache is not None
    return pytestconfig.cache.mkdir("secondchair-models")


@pytest.fixture(scope="session")
def embedder(models: Path) -> Embedder:
    """The real model."""
    return open_embedder(models, threads=1)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of folders that are not there yet, without end.

    Numbered here: ``mktemp`` reads the names of all folders that there are, for each test.
    """
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _own_home(homes: Iterator[Path], models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a home, settings and a cache of its own; only the exported model is shared."""
    home = next(homes)
    home.mkdir()
    for name in list(os.environ):
        if name.startswith("SECONDCHAIR_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("SECONDCHAIR_REPLAY__HISTORY", "0")  # demos without a past, but where a test asks for one
    for kind in ("CONFIG", "CACHE", "DATA", "STATE", "RUNTIME"):
        monkeypatch.setenv(f"XDG_{kind}_{'DIR' if kind == 'RUNTIME' else 'HOME'}", str(home / kind.lower()))
    cache_folder().mkdir(parents=True)
    (cache_folder() / "models").symlink_to(models)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until the test moves it."""
    return Clock()


@pytest.fixture
def chair() -> Chair:
    """An assist engine whose words the test writes."""
    return Chair()


@pytest.fixture
def real_log(tmp_path: Path) -> Iterator[SqlEventLog]:
    """A real event log on disk."""
    log = open_log(tmp_path / "workspace", tmp_path / "keys")
    yield log
    log.close()


@pytest_asyncio.fixture
async def desk(real_log: SqlEventLog, chair: Chair, clock: Clock, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk over the real log, with the test's engine at work, the test's clock, and no channel."""
    shelf = ArticleShelf(tmp_path / "content" / "articles")
    desk = Desk(real_log, chair, name="Test desk", now=clock, shelf=shelf)
    await desk.start({})
    desk.assistance.ready(chair)
    yield desk
    await desk.stop()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real PostgreSQL with pgvector. It outlives the test: use names of your own in it."""
    server = Server(fsync="off")
    server.start()
    yield server
    server.remove()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count suites that take longest, most of which start servers and browsers over and over, among the long ones."""
    for item in items:
        folder = item.path.parent.name
        if folder in LONG_FOLDERS or f"{folder}/{item.path.name}" in LONG_FILES:
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """Have the garbage collector leave alone what was imported and collected, as the console and its server do.

    It stays until the end; walking through it again and again costs more than many a test.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
