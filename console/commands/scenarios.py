"""``secondchair practice make`` and ``import``: draft scenarios out of conversations, for people to check."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from console.commands.knowledge import embedder_of
from console.commands.outcome import CommandError, say
from console.commands.progress import shown
from console.content.customers import load_customers
from console.content.errors import ContentError
from console.content.loader import load_library
from console.content.practice import read_scenario, scenario_of, trained_in
from console.conversation.state import fold
from console.practice.hearing import Ear, Recognise
from console.practice.making.checking import Checked, checked, unwritten
from console.practice.making.drafting import Company, Draft, draft_of
from console.practice.making.escalation import Escalation, from_conversation
from console.practice.making.importing import read_runs
from console.practice.recognising_acts import acts_in
from console.practice.scenario import Scenario
from console.server.engines import public_texts
from console.server.reading_log import log_to_read
from console.settings import Settings
from console.workspace import Workspace
from knowledge import Embedder

MOST = 100_000
"""Events of a conversation that are read."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which runs are drafted, and what they train."""

    only: tuple[str, ...] = ()
    """Ids; all where there are none."""
    resolved: bool = False
    """Only those that ended well."""
    skills: tuple[str, ...] = ()

    def has(self, run: Escalation) -> bool:
        """Return whether a run is one of them."""
        return (not self.only or run.id.removeprefix("import-") in self.only) and (run.resolved or not self.resolved)


def make(workspace: Workspace, settings: Settings, conversation: str, folder: Path | None, *, as_json: bool) -> None:
    """Draft a scenario from a conversation of the log: to ``folder``, else to standard output."""
    source = _conversation(workspace, settings, conversation)
    _draft(workspace, settings, [source], folder, "", as_json=as_json)


def import_runs(
    workspace: Workspace,
    settings: Settings,
    file: Path,
    chosen: Chosen,
    rules: Path | None,
    folder: Path | None,
    *,
    as_json: bool,
) -> None:
    """Draft scenarios from the runs of a file, all of them or those ``chosen``."""
    runs = [run for run in read_runs(file, datetime.now().astimezone().date()) if chosen.has(run)]
    if not runs:
        wanted = f"no run has the id {', '.join(chosen.only)}" if chosen.only else "there are no runs"
        raise CommandError(f"{file}: {wanted}{' that ended well' if chosen.resolved else ''}")
    runs = [replace(run, skills=chosen.skills) for run in runs]
    document = rules.read_text(encoding="utf-8") if rules else ""
    _draft(workspace, settings, runs, folder, document, as_json=as_json)


def check(workspace: Workspace, settings: Settings, files: Sequence[Path], *, as_json: bool) -> None:
    """Say of scenario files, else of all of the content, what is wrong and whether each can be won and lost."""
    paths = list(files) or sorted((workspace.content / "practice").glob("*.toml"))
    if not paths:
        raise CommandError(f"{workspace.content / 'practice'}: there are no practice scenarios")
    with shown("Getting ready"):
        embedder = embedder_of(settings)
    records, today = workspace.content / "customers.jsonl", datetime.now().astimezone().date()
    customers = load_customers(records, today) if records.exists() else {}
    poor = 0
    for path in paths:
        found = _checked(partial(read_scenario, path, customers, today), embedder)
        left = "" if isinstance(found, str) else unwritten(path.read_text(encoding="utf-8"))
        poor += bool(left) or isinstance(found, str) or not (found.playable or (found.by_deed and found.lost))
        if as_json:
            print(json.dumps({"file": str(path), "check": _told(found), "unwritten": left}, ensure_ascii=False))
        elif isinstance(found, str):
            print(found)
        else:
            blocked = (f"  {one.title}: {one.blocks}" for one in found.resolutions if one.blocks)
            print("\n".join((f"{path}: {', '.join((*_verdict(found), *filter(None, (left,))))}", *blocked)))
    if poor:
        raise CommandError(f"{poor} of {len(paths)} are not ready to be played")


def _conversation(workspace: Workspace, settings: Settings, name: str) -> Escalation:
    log = log_to_read(workspace, settings)
    if log is None:
        raise CommandError(f"{workspace.root}: there is no event log here, so there is no conversation")
    try:
        history = list(log.read(conversation=name, limit=MOST))
    finally:
        log.close()
    if not history:
        raise CommandError(f"there is no conversation '{name}'")
    return from_conversation(fold(name, history), datetime.now().astimezone().date())


def _draft(
    workspace: Workspace,
    settings: Settings,
    sources: Iterable[Escalation],
    folder: Path | None,
    rules: str,
    *,
    as_json: bool,
) -> None:
    with shown("Getting ready"):
        embedder = embedder_of(settings)
        company = company_of(workspace, settings, embedder, rules)
    for source in sources:
        draft = draft_of(source, company, lambda text: acts_in(text, embedder))
        found = _played(draft, embedder)
        if as_json:
            print(json.dumps(asdict(draft) | {"check": _told(found)}, ensure_ascii=False, default=str))
            continue
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            place = folder / f"{draft.id}.toml"
            place.write_text(draft.text, encoding="utf-8")
            say(f"{source.id}: {place}")
        else:
            sys.stdout.write(draft.text)
        for line in _remarks(draft, found):
            say(f"  {line}")


def company_of(workspace: Workspace, settings: Settings, embedder: Embedder, rules: str = "") -> Company:
    """Return what a workspace's content says and rules, and the numbers that are real ones."""
    library = load_library(workspace.content)
    records = workspace.content / "customers.jsonl"
    today = datetime.now().astimezone().date()
    known = load_customers(records, today).values() if records.exists() else ()
    orders = [order for customer in known for order in customer.orders]
    trained = trained_in(workspace.content / "practice")
    return Company.of(library, public_texts(workspace, settings, embedder), orders, rules, trained)


def _played(draft: Draft, embedder: Embedder) -> Checked | str:
    file, today = Path(f"{draft.id}.toml"), datetime.now().astimezone().date()
    return _checked(lambda: scenario_of(draft.text, file, {}, today), embedder)


def _checked(read: Callable[[], Scenario], embedder: Embedder) -> Checked | str:
    """Return what playing a scenario through shows; what is wrong with its file where it cannot be read."""
    try:
        scenario = read()
    except ContentError as error:
        return str(error)
    return checked(scenario, Ear(scenario, embedder, _recogniser(embedder)))


def _recogniser(embedder: Embedder) -> Recognise:
    """Return what a customer reads an agent's message by."""
    return lambda text: [(said.sentence, said.acts) for said in acts_in(text, embedder)]


def _told(found: Checked | str) -> object:
    return {"problem": found} if isinstance(found, str) else asdict(found) | {"playable": found.playable}


def _remarks(draft: Draft, found: Checked | str) -> Iterable[str]:
    if draft.doubtful:
        yield f"may be somebody's own: {', '.join(draft.doubtful)}"
    unsure = [one.words for one in draft.replaced if not one.sure]
    if unsure:
        yield f"replaced, and may have been a thing: {', '.join(unsure)}"
    if isinstance(found, str):
        yield f"cannot be played yet: {found}"
        return
    for one in found.resolutions:
        yield f"{one.title}: {one.blocks or 'can be reached'}"
    yield from _verdict(found)
    yield from filter(None, (unwritten(draft.text),))


def _verdict(found: Checked) -> Iterable[str]:
    if found.by_deed and not found.won:
        yield found.why
    else:
        yield "can be won" if found.won else f"cannot be won: {found.why}"
    if not found.lost:
        yield "cannot be lost"
