"""``secondchair doctor``: what is installed, configured and reachable, and what to do about what is not."""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import typer

from console.content.errors import ContentError
from console.server.lock import is_served, served
from console.settings import Settings, SettingsError, chosen_settings
from console.workspace import Workspace, cache_folder

PACKAGES: Final = ("textual", "httpx", "fastapi", "uvicorn", "sqlalchemy", "faiss-cpu", "onnxruntime", "tokenizers")
"""Distributions without which a part of the program does not run."""

CONTRADICTIONS: Final = 10
"""Pairs of articles that contradict each other that are named."""

_INTERRUPTED: Final = "a run is at work or was interrupted: index again to go on where it ended"
_MENDING: Final = "; 'secondchair index --mend' mends what can be mended"

SMALLEST: Final = (80, 24)
"""Columns and rows that the console needs."""


class Mark(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it is, and what to do where it is not well."""

    mark: Mark
    subject: str
    said: str


def examine(workspace: Workspace, config: Path | None) -> int:
    """Print a line for each thing looked at; returns 1 when something does not work, else 0."""
    failed = False
    for finding in findings(workspace, config):
        typer.echo(f"{finding.mark:<4}  {finding.subject}: {finding.said}")
        failed = failed or finding.mark is Mark.FAIL
    return 1 if failed else 0


def findings(workspace: Workspace, config: Path | None) -> Iterator[Finding]:
    """Look at everything, one after the other; a check that itself goes wrong is a finding too."""
    settings = Settings()
    try:
        settings = chosen_settings(config, workspace.config)
        settled = Finding(Mark.OK, "settings", str(config or workspace.config) if _made(workspace) else "defaults")
    except SettingsError as error:
        settled = Finding(Mark.FAIL, "settings", str(error))
    checks: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("python", _python),
        ("packages", _packages),
        ("model", lambda: _model(settings)),
        ("workspace", lambda: _workspace(workspace)),
        ("settings", lambda: settled),
        ("content", lambda: _content(workspace)),
        ("knowledge", lambda: _knowledge(workspace, settings)),
        ("articles", lambda: _articles(workspace, settings)),
        ("vectors", lambda: _vectors(workspace, settings)),
        ("past", lambda: _past(workspace, settings)),
        ("llm", lambda: _llm(workspace, settings)),
        ("log", lambda: _log(workspace, settings)),
        ("server", lambda: _server(workspace)),
        ("terminal", _terminal),
    )
    for subject, check in checks:
        try:
            yield check()
        except Exception as error:  # the doctor must come to the end of the round
            yield Finding(Mark.FAIL, subject, " ".join(str(error).split()) or type(error).__name__)


def _made(workspace: Workspace) -> bool:
    return workspace.config.exists()


def _python() -> Finding:
    return Finding(Mark.OK, "python", f"{platform.python_version()} ({sys.executable})")


def _packages() -> Finding:
    missing = [name for name in PACKAGES if not _installed(name)]
    if missing:
        return Finding(Mark.FAIL, "packages", f"{', '.join(missing)} missing; install secondchair again")
    return Finding(
        Mark.OK, "packages", f"secondchair {_installed('secondchair') or 'from source'}, all parts are there"
    )


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _model(settings: Settings) -> Finding:
    from knowledge import ModelError, open_embedder

    try:
        embedder = open_embedder(cache_folder() / "models", settings.model.name, threads=1)
        embedder.encode(["warm"])
    except (ModelError, OSError) as error:
        return Finding(Mark.FAIL, "model", str(error))
    if embedder.runtime.startswith("onnx"):
        return Finding(Mark.OK, "model", f"{embedder.name}, {embedder.runtime}")
    return Finding(Mark.WARN, "model", f"{embedder.name} runs slowly on {embedder.runtime}: no export could be made")


def _workspace(workspace: Workspace) -> Finding:
    root = workspace.root
    if not root.exists():
        parent = next(folder for folder in root.absolute().parents if folder.exists())
        if os.access(parent, os.W_OK):
            return Finding(Mark.OK, "workspace", f"{root} will be made when it is needed")
        return Finding(Mark.FAIL, "workspace", f"{root} cannot be made in {parent}; choose another --workspace")
    if not root.is_dir() or not os.access(root, os.W_OK | os.X_OK):
        return Finding(Mark.FAIL, "workspace", f"{root} cannot be written; mend its rights or choose another")
    free = shutil.disk_usage(root).free // 2**20
    if free < 200:  # noqa: PLR2004 - about what an index and a year of conversations take
        return Finding(Mark.WARN, "workspace", f"{root}: only {free} MB left on the disk")
    return Finding(Mark.OK, "workspace", f"{root} ({free // 1024} GB free)")


def _content(workspace: Workspace) -> Finding:
    from console.content.customers import load_customers
    from console.content.loader import load_library
    from console.desk.desk import utc_now

    try:
        library = load_library(workspace.content)
        records = workspace.content / "customers.jsonl"
        customers = load_customers(records, utc_now().date()) if records.exists() else {}
    except ContentError as error:
        first, *others = str(error).splitlines()
        more = f" (and {len(others)} more; the desk's log names all)" if others else ""
        return Finding(Mark.FAIL, "content", first + more)
    said = (
        f"{len(library.policies)} policies, {len(library.macros)} macros, {len(library.behaviours)} behaviours, "
        f"{len(customers)} customers"
    )
    own = not all([*(p.built_in for p in library.policies), *(b.built_in for b in library.behaviours)])
    if not (own or library.macros):
        return Finding(Mark.WARN, "content", f"{_only_articles(workspace)}; 'secondchair init --demo' shows how")
    if library.doubts:
        more = f" (and {len(library.doubts) - 1} more)" if len(library.doubts) > 1 else ""
        return Finding(Mark.WARN, "content", f"{said}; {library.doubts[0]}{more}")
    return Finding(Mark.OK, "content", said)


def _only_articles(workspace: Workspace) -> str:
    """What lies in a content folder without policies, macros and behaviours."""
    from knowledge.loaders.registry import loader_of

    files = (workspace.content / "articles").rglob("*")
    count = sum(1 for file in files if not file.name.startswith(".") and loader_of(file.name) and file.is_file())
    if not count:
        return f"none in {workspace.content}"
    return f"{count} article{'s' * (count != 1)}, but no policies, macros or behaviours in {workspace.content}"


def _knowledge(workspace: Workspace, settings: Settings) -> Finding:
    from console.commands.losses import told
    from console.server.index import open_index
    from knowledge import IndexDamaged, IndexMissing, KnowledgeError, open_embedder

    embedder = open_embedder(cache_folder() / "models", settings.model.name, threads=1)
    index = open_index(workspace, settings, embedder)
    try:
        contents = index.contents()
        index.verify()
        damage = index.search("is anybody there", 1).damage
    except IndexMissing:
        return _no_knowledge(workspace, interrupted=index.interrupted())
    except KnowledgeError as error:
        return Finding(Mark.FAIL, "knowledge", _mending(str(error)) if isinstance(error, IndexDamaged) else str(error))
    if damage:
        return Finding(Mark.FAIL, "knowledge", _mending(damage))
    said = (
        f"{contents.documents} documents, {contents.passages} passages, {contents.megabytes:.0f} MB, searched "
        f"{'by clusters' if contents.clustered else 'exactly'}; every checksum is right"
    )
    if contents.lost or index.interrupted():
        problems = [*told(contents.lost), *[_INTERRUPTED] * index.interrupted()]
        return Finding(Mark.WARN, "knowledge", f"{'; '.join(problems)}; {said}")
    return Finding(Mark.OK, "knowledge", said)


def _mending(damage: str) -> str:
    """What is damaged, with the one command that mends it in the place of the index's own advice."""
    return f"{damage.partition('; run the index command')[0]}{_MENDING}"


def _no_knowledge(workspace: Workspace, *, interrupted: bool) -> Finding:
    if interrupted:
        return Finding(Mark.WARN, "knowledge", f"no index yet; {_INTERRUPTED}")
    if (workspace.content / "articles").is_dir():
        return Finding(Mark.OK, "knowledge", "no index yet; the desk makes it from content/articles when it starts")
    return Finding(Mark.WARN, "knowledge", "no index yet; run 'secondchair index PATH'")


def _articles(workspace: Workspace, settings: Settings) -> Finding:
    """Look for articles that say the same with different figures."""
    from console.server.upkeep import Upkeep
    from knowledge import open_embedder

    if not workspace.knowledge.is_dir():
        return Finding(Mark.OK, "articles", "none indexed yet")
    pairs = Upkeep(workspace, settings, open_embedder(cache_folder() / "models", settings.model.name)).contradictions()
    if not pairs:
        return Finding(Mark.OK, "articles", "none contradict each other, as far as figures tell")
    told = "".join(
        f"\n        {pair.first.article}: “{pair.first.text}”\n        {pair.second.article}: “{pair.second.text}”"
        for pair in pairs[:CONTRADICTIONS]
    )
    more = f"\n        and {len(pairs) - CONTRADICTIONS} more; 'secondchair report' names them" * (
        len(pairs) > CONTRADICTIONS
    )
    count = "1 pair contradicts itself" if len(pairs) == 1 else f"{len(pairs)} pairs contradict each other"
    return Finding(Mark.WARN, "articles", f"{count}; correct one of the two, or retire it{told}{more}")


def _vectors(workspace: Workspace, settings: Settings) -> Finding:
    from console.server.index import vector_store
    from knowledge import KnowledgeError

    if not settings.knowledge.vectors:
        return Finding(Mark.OK, "vectors", f"in files below {workspace.knowledge}")
    try:
        from knowledge.vectors.postgres import PostgresStore

        store = vector_store(workspace, settings)
        assert isinstance(store, PostgresStore)  # noqa: S101 - by the settings
        return Finding(Mark.OK, "vectors", f"in {store.place}, which answers: {store.check()}")
    except KnowledgeError as error:
        return Finding(Mark.FAIL, "vectors", str(error))


def _past(workspace: Workspace, settings: Settings) -> Finding:
    from console.past.collection import PastCollection
    from knowledge import open_embedder

    if not workspace.past.is_dir():
        return Finding(Mark.OK, "past", "no past conversations; 'secondchair import FILE.jsonl' adds them")
    embedder = open_embedder(cache_folder() / "models", settings.model.name, threads=1)
    collection = PastCollection.open(workspace.past, embedder)
    return Finding(Mark.OK, "past", f"{len(collection)} replies of past conversations")


def _llm(workspace: Workspace, settings: Settings) -> Finding:
    from console.llm.probing import probe
    from console.server.language_model import key_of

    llm = settings.llm
    if not llm.address:
        return Finding(Mark.OK, "llm", "none set, none needed; [llm] in config.toml names one that drafts and rewrites")
    try:
        found = probe(llm.address, llm.model, key_of(workspace, llm))
    except ContentError as error:
        return Finding(Mark.FAIL, "llm", str(error))
    mark = Mark.OK if found.well else Mark.WARN if found.reached else Mark.FAIL
    return Finding(mark, "llm", found.said)


def _log(workspace: Workspace, settings: Settings) -> Finding:
    from console.desk.log import LogError
    from console.server.reading_log import log_to_read

    try:
        log = log_to_read(workspace, settings)
    except LogError as error:
        return Finding(Mark.FAIL, "log", str(error))
    if log is None:
        return Finding(Mark.OK, "log", "none yet; the desk begins it")
    try:
        verdict = log.verify()
    finally:
        log.close()
    if verdict.whole:
        return Finding(Mark.OK, "log", f"{verdict.events} events, the audit chain is whole")
    where = f"event {verdict.broken}: " if verdict.broken is not None else ""
    return Finding(Mark.FAIL, "log", f"broken: {where}{verdict.reason}")


def _server(workspace: Workspace) -> Finding:
    if not workspace.root.exists() or not is_served(workspace):
        return Finding(Mark.OK, "server", "none runs on this workspace; the console starts one")
    found = served(workspace)
    if found is None:
        return Finding(Mark.WARN, "server", "one is starting")
    import httpx

    try:
        ready = httpx.get(f"{found.url}/ready", timeout=5, verify=found.url.startswith("http:")).json()
    except (httpx.HTTPError, ValueError) as error:
        return Finding(Mark.FAIL, "server", f"process {found.pid} at {found.url} does not answer ({error}); end it")
    mark = Mark.OK if ready.get("ready") else Mark.WARN
    return Finding(mark, "server", f"process {found.pid} at {found.url}, assistance: {ready.get('assist')}")


def _terminal() -> Finding:
    if not sys.stdout.isatty():
        return Finding(Mark.OK, "terminal", "not looked at: the output goes elsewhere")
    columns, rows = shutil.get_terminal_size()
    problems = []
    if columns < SMALLEST[0] or rows < SMALLEST[1]:
        problems.append(f"{columns}×{rows} is small; {SMALLEST[0]}×{SMALLEST[1]} is the least")
    if os.environ.get("TERM", "dumb") == "dumb":
        problems.append("TERM says it can draw nothing; use another terminal")
    if "utf" not in (sys.stdout.encoding or "").lower():
        problems.append("it is not UTF-8; set LANG to one that is, such as C.UTF-8")
    if problems:
        return Finding(Mark.WARN, "terminal", "; ".join(problems))
    colours = "no colour (NO_COLOR)" if os.environ.get("NO_COLOR") else os.environ.get("COLORTERM", "colours")
    return Finding(Mark.OK, "terminal", f"{columns}×{rows}, {os.environ.get('TERM')}, {colours}")
