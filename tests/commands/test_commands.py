"""Every command as a script uses it: exit codes, JSON lines and nothing else on standard output, one line of error."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from typer.testing import CliRunner

from console import __version__
from console.cli import app
from console.commands.doctor import Mark, findings
from console.conversation.assist_events import QuestionUnanswered
from console.conversation.events import NewEvent
from console.desk.desk import Desk
from console.store import open_log
from console.workspace import Workspace, config_folder
from tests.commands.running import process, secondchair, write_lines
from tests.desks import Chair, arrive, suggest, suggestion
from tests.knowledge.loaders.sites import running
from tests.postgres import Server

PARCEL = "# Lost parcels\nA parcel counts as lost when its tracking has not moved for seven days.\n"
TALK = {
    "id": "c1",
    "resolved": True,
    "messages": [
        {"role": "customer", "text": "my parcel has not moved for a week"},
        {"role": "agent", "text": "I am sorry. I will send another one today."},
        {"role": "customer", "text": "thank you so much"},
    ],
}
TENT = "# Cleaning a tent\nWash the fly sheet by hand with lukewarm water, and dry it in the shade.\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder that holds other files and is no workspace yet."""
    root = tmp_path / "desk"
    root.mkdir()
    (root / "notes.txt").write_text("mine", encoding="utf-8")
    return root


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Two documents."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "lost.md").write_text(PARCEL, encoding="utf-8")
    (folder / "tent.md").write_text(TENT, encoding="utf-8")
    return folder


@pytest.fixture
async def logged(workspace: Path) -> Path:
    """A workspace whose log holds a conversation with suggestions."""
    desk = Desk(open_log(workspace, config_folder()), Chair())
    await desk.start({})
    desk.assistance.ready(desk.assistant)
    await arrive(desk, "c1", "My boots are late \u202e")
    made = suggestion("I can reship it.")
    await suggest(desk, made)
    await desk.stop()
    return workspace


def test_indexing_twice_embeds_nothing_twice(workspace: Path, articles: Path) -> None:
    """In a folder that was not made for it; what changed is embedded again, what is gone is gone."""
    first = secondchair("index", articles, "--workspace", workspace)
    assert (first.code, first.out) == (0, "")
    assert "2 added, 0 updated, 0 removed, 0 unchanged, 0 skipped" in first.err
    assert "0 added, 0 updated, 0 removed, 2 unchanged" in secondchair("index", articles, "--workspace", workspace).err
    (articles / "tent.md").unlink()
    (articles / "lost.md").write_text(PARCEL + "Then we send another.\n", encoding="utf-8")
    assert "0 added, 1 updated, 1 removed, 0 unchanged" in secondchair("index", articles, "--workspace", workspace).err
    assert (workspace / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_unreadable_documents_are_named_and_the_rest_indexed(workspace: Path, articles: Path) -> None:
    """Empty or wrongly encoded: skipped, with a count, exit 0."""
    (articles / "empty.md").write_text("", encoding="utf-8")
    (articles / "binary.txt").write_bytes(b"\x00\xff\xfe\x80" * 50)
    done = secondchair("index", articles, "--workspace", workspace)
    assert done.code == 0
    assert "2 added" in done.err
    assert "2 skipped" in done.err
    assert "empty.md" in done.err
    assert "binary.txt" in done.err


def test_a_site_is_indexed_by_its_address(workspace: Path) -> None:
    """One on a private address only where that is asked for; a wrong address is bad input."""
    with running() as site:
        site.html("/", "Lost parcels", '<a href="/gone">gone</a>')
        refused = secondchair("index", site.url, "--workspace", workspace)
        assert refused.code == 2
        assert "private hosts are read only where that is asked for: give --private-hosts" in refused.err
        done = secondchair("index", site.url, "--private-hosts", "--workspace", workspace)
        assert done.code == 0
        assert f"skipped {site.url}gone: is not there (404)" in done.err
        assert f"{site.url}: 1 added, 0 updated, 0 removed, 0 unchanged, 1 skipped" in done.err
    assert secondchair("index", "http://", "--workspace", workspace).code == 2


def test_searching_prints_json_lines_and_nothing_else(workspace: Path, articles: Path, tmp_path: Path) -> None:
    """A line for each query, by text or by conversation."""
    secondchair("index", articles, "--workspace", workspace)
    asked = write_lines(
        tmp_path / "queries.jsonl",
        [
            {"id": "q1", "query": "my parcel has not moved for a week"},
            {"id": "q2", "messages": [{"role": "customer", "text": "how do I wash my tent?"}]},
        ],
    )
    done = secondchair("search", "--queries", asked, "-k", 2, "--workspace", workspace)
    assert (done.code, done.err) == (0, "")
    one, two = done.rows
    assert [row["id"] for row in (one, two)] == ["q1", "q2"]
    assert (one["hits"][0]["document"], two["hits"][0]["document"]) == ("lost.md", "tent.md")
    assert set(one) >= {"id", "ms", "answerable", "hits"}
    assert set(one["hits"][0]) >= {"document", "title", "passage", "score"}
    single = secondchair("search", "washing a tent", "--json", "--workspace", workspace)
    assert single.rows[0]["hits"][0]["document"] == "tent.md"
    shown = secondchair("search", "washing a tent", "--workspace", workspace)
    assert "Cleaning a tent" in shown.out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"id": "q1", "query": "x"}\n{broken\n', "queries.jsonl:2: expected"),
        (b'{"query": "x"}\n', "queries.jsonl:1: expected"),
        (b'{"id": "q1", "messages": [{"role": "customer"}]}\n', "queries.jsonl:1: expected"),
        (b'\xff\xfe{"id": "q1"}\n', "queries.jsonl:1: expected"),
    ],
)
def test_bad_queries_are_named_by_line_before_anything_is_printed(tmp_path: Path, content: bytes, said: str) -> None:
    """Exit 2; nothing half-done."""
    file = tmp_path / "queries.jsonl"
    file.write_bytes(content)
    done = secondchair("search", "--queries", file, "--workspace", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert said in done.complaint


def test_conversations_are_imported_and_assisted(workspace: Path, articles: Path, tmp_path: Path) -> None:
    """A line for every message that is not the agent's, with every key of the contract; the log is not touched."""
    secondchair("index", articles, "--workspace", workspace)
    file = write_lines(tmp_path / "talks.jsonl", [TALK])
    imported = secondchair("import", file, "--workspace", workspace)
    assert (imported.code, imported.out) == (0, ""), imported.err
    assert "1 added" in imported.err
    done = secondchair("assist", file, "--workspace", workspace)
    assert done.code == 0, done.err
    assert [(row["conversation"], row["turn"]) for row in done.rows] == [("c1", "m1"), ("c1", "m3")]
    keys = {"conversation", "turn", "ms", "summary", "replies", "knowledge", "flags", "mood", "routing"}
    assert all(set(row) >= keys for row in done.rows)
    assert done.rows[0]["routing"]["layer"] == "assisted"
    assert done.rows[0]["knowledge"][0]["document"] == "lost.md"
    assert not (workspace / "desk.db").exists()


def test_what_is_made_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Conversations above all; a folder that was there keeps its mode."""
    talks = write_lines(tmp_path / "talks.jsonl", [TALK])
    there, new = tmp_path / "there", tmp_path / "new"
    there.mkdir(mode=0o755)
    there.chmod(0o755)
    for folder in (there, new):
        assert process("init", "--workspace", folder).code == 0
        assert process("import", talks, "--workspace", folder).code == 0
        assert process("token", "agent", "Robin", "--workspace", folder).code == 0
        open_ = [p for p in folder.rglob("*") if p.stat().st_mode & 0o077]
        assert open_ == []
    assert (there.stat().st_mode & 0o777, new.stat().st_mode & 0o777) == (0o755, 0o700)


@pytest.mark.parametrize("command", ["import", "assist"])
def test_a_bad_conversation_file_is_named_by_line(tmp_path: Path, command: str) -> None:
    """And nothing of it is taken."""
    file = tmp_path / "talks.jsonl"
    file.write_text('{"id": "c1", "messages": [{"role": "customer", "text": "x"}]}\n{"id": "c2"}\n', encoding="utf-8")
    done = secondchair(command, file, "--workspace", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "talks.jsonl:2: " in done.complaint
    assert not (tmp_path / "past").exists()


def test_the_log_is_exported_line_by_line(logged: Path) -> None:
    """As the events' own JSON."""
    done = process("export", "--workspace", logged)
    assert (done.code, done.err) == (0, "")
    assert [row["seq"] for row in done.rows] == list(range(1, len(done.rows) + 1))
    assert {row["kind"] for row in done.rows} >= {"conversation-opened", "message-added", "suggestions-shown"}
    texts = [row["data"]["text"] for row in done.rows if row["kind"] == "message-added"]
    assert texts == ["My boots are late"]


def test_the_report_is_a_table_or_json_or_a_page(logged: Path, tmp_path: Path) -> None:
    """Of the same figures."""
    as_json = secondchair("report", "--json", "--workspace", logged)
    (report,) = as_json.rows
    assert (report["total"]["shown"], report["conversations"]["opened"]) == (1, 1)
    assert "1 opened" in secondchair("report", "--workspace", logged).out
    table = secondchair("report", "--csv", tmp_path / "report.csv", "--weeks", "4", "--workspace", logged)
    assert "Written to" in table.out + table.err
    assert (tmp_path / "report.csv").read_text(encoding="utf-8").startswith("table,by,name,week,measure,part,of,")
    page = secondchair("report", "--html", tmp_path / "report.html", "--workspace", logged)
    assert (page.code, page.out) == (0, "")
    assert "<table>" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_verifying_says_no_to_a_log_that_was_tampered_with(logged: Path) -> None:
    """Exit 1 and the first broken event; exit 0 before."""
    assert secondchair("verify", "--workspace", logged).code == 0
    connection = sqlite3.connect(logged / "desk.db", isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    changed = connection.execute("UPDATE payloads SET payload = replace(payload, 'boots', 'boats') WHERE seq = 3")
    assert changed.rowcount == 1
    connection.close()
    done = secondchair("verify", "--workspace", logged)
    assert (done.code, "event 3" in done.out) == (1, True), done.out
    doctor = secondchair("doctor", "--workspace", logged)
    assert doctor.code == 1
    assert any(line.startswith("fail  log: broken: event 3") for line in doctor.out.splitlines())


async def test_the_report_names_what_customers_asked_in_vain(workspace: Path, articles: Path, tmp_path: Path) -> None:
    """Until an article answers it; and articles that contradict each other, as the doctor does."""
    desk = Desk(open_log(workspace, config_folder()), Chair())
    await desk.start({})
    for name, text in (("c1", "Do you offer gift wrapping?"), ("c2", "Is gift wrapping possible?")):
        await arrive(desk, name, text)
        question = QuestionUnanswered(text, "m1", "tent.md", "Cleaning a tent", 0.2)
        await desk.live.record([NewEvent(name, "assist", question, desk.now())])
    await desk.stop()
    (articles / "late.md").write_text("# Late\nA parcel counts as lost when tracking has not moved for 14 days.\n")
    assert "not looked for" in secondchair("report", "--workspace", workspace).out
    secondchair("index", articles, "--workspace", workspace)
    (report,) = secondchair("report", "--json", "--workspace", workspace).rows
    (gap,) = report["gaps"]
    assert (gap["questions"], gap["examples"][0]["conversation"]) == (2, "c2")
    assert {report["contradictions"][0][side]["article"] for side in ("first", "second")} == {"late.md", "lost.md"}
    told = secondchair("report", "--workspace", workspace).out
    assert "gift wrapping" in told
    assert "14 days" in " ".join(told.split())
    secondchair("report", "--html", tmp_path / "r.html", "--workspace", workspace)
    assert "gift wrapping" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "warn  articles: 1 pair" in secondchair("doctor", "--workspace", workspace).out
    (articles / "wrap.md").write_text("# Gift wrapping\nWe offer gift wrapping for £4. Gift wrapping is possible.\n")
    secondchair("index", articles, "--workspace", workspace)
    (after,) = secondchair("report", "--json", "--workspace", workspace).rows
    assert (after["gaps"], after["questions"]["answered_since"]) == ([], 2)


@pytest.mark.parametrize("command", ["export", "verify", "report"])
def test_without_a_log_it_is_said_so(workspace: Path, command: str) -> None:
    """One line, exit 2."""
    done = secondchair(command, "--workspace", workspace)
    assert (done.code, done.out) == (2, "")
    assert "there is no event log here yet" in done.complaint


def test_the_report_needs_no_log(workspace: Path, articles: Path, tmp_path: Path) -> None:
    """Of an index alone it has no figures, but the articles that contradict each other; and it says so."""
    (articles / "late.md").write_text("# Late\nA parcel counts as lost when tracking has not moved for 14 days.\n")
    secondchair("index", articles, "--workspace", workspace)
    as_json = secondchair("report", "--json", "--workspace", workspace)
    assert as_json.code == 0
    assert "there is no event log here yet; the figures are those of no conversation" in as_json.err
    (report,) = as_json.rows
    assert (report["total"]["shown"], len(report["contradictions"])) == (0, 1)
    told = secondchair("report", "--workspace", workspace).out
    assert "0 opened" in told
    assert "14 days" in " ".join(told.split())
    assert secondchair("report", "--html", tmp_path / "r.html", "--workspace", workspace).code == 0
    assert not (workspace / "desk.db").exists()


def test_the_doctor_says_that_there_are_articles_and_nothing_else(workspace: Path) -> None:
    """And that there is nothing, where there is nothing."""
    content = {f.subject: f for f in findings(Workspace(workspace), None)}["content"]
    assert (content.mark, content.said.partition(";")[0]) == (Mark.WARN, f"none in {workspace / 'content'}")
    (workspace / "content" / "articles" / "parcels").mkdir(parents=True)
    (workspace / "content" / "articles" / "parcels" / "lost.md").write_text(PARCEL, encoding="utf-8")
    (workspace / "content" / "articles" / "parcels" / "lost.png").write_bytes(b"a picture")
    content = {f.subject: f for f in findings(Workspace(workspace), None)}["content"]
    assert content.mark is Mark.WARN
    assert content.said.startswith("1 article, but no policies, macros or behaviours")


def test_a_workspace_is_made_once_and_the_doctor_likes_it(tmp_path: Path) -> None:
    """With the demo's content; made again it is refused, and nothing is lost."""
    root = tmp_path / "new" / "desk"
    assert secondchair("init", "--workspace", root, "--demo").code == 0
    assert len(list((root / "content" / "scenarios").glob("*.toml"))) >= 20
    again = secondchair("init", "--workspace", root)
    assert (again.code, "there is a workspace here already" in again.complaint) == (2, True)
    doctor = secondchair("doctor", "--workspace", root)
    lines = doctor.out.splitlines()
    assert doctor.code == 0, doctor.out
    assert [line.split()[1].rstrip(":") for line in lines] == [
        "python",
        "packages",
        "model",
        "workspace",
        "settings",
        "content",
        "knowledge",
        "articles",
        "vectors",
        "past",
        "llm",
        "log",
        "server",
        "terminal",
    ]
    assert all(line.startswith(("ok  ", "warn")) for line in lines)


def test_vectors_can_lie_in_postgresql(workspace: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a setting; the doctor says where, and what is wrong where they do not, never the password."""
    (workspace / "help").mkdir()
    (workspace / "help" / "lost.md").write_text("# Lost parcels\n\nSeven days without a scan: lost.\n")
    dsn = postgres.dsn.replace("app@", "app:hunter2@")
    monkeypatch.setenv("SECONDCHAIR_KNOWLEDGE__VECTORS", dsn)
    assert secondchair("index", workspace / "help", "--workspace", workspace).code == 0
    assert not list((workspace / "knowledge").rglob("*.f32"))
    found = secondchair("search", "my parcel is lost", "--workspace", workspace)
    assert "Lost parcels" in found.out
    doctor = {f.subject: f for f in findings(Workspace(workspace), None)}
    assert doctor["vectors"].mark is Mark.OK
    assert "/postgres, which answers: PostgreSQL" in doctor["vectors"].said
    assert doctor["knowledge"].mark is Mark.OK
    monkeypatch.setenv("SECONDCHAIR_KNOWLEDGE__VECTORS", "postgresql://app:hunter2@127.0.0.1:1/desk")
    doctor = {f.subject: f for f in findings(Workspace(workspace), None)}
    assert doctor["vectors"].mark is doctor["knowledge"].mark is Mark.FAIL
    down = secondchair("index", workspace / "help", "--workspace", workspace)
    assert (down.code, "app@127.0.0.1:1/desk cannot be used" in down.complaint) == (2, True)
    assert "hunter2" not in f"{doctor}{down.complaint}{found}"


def test_the_doctor_names_what_is_wrong_and_comes_to_the_end(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken settings, broken content and a missing model are three lines of twelve."""
    (workspace / "config.toml").write_text("[server]\nprt = 1\n", encoding="utf-8")
    (workspace / "content/policies").mkdir(parents=True)
    (workspace / "content/policies/x.toml").write_text("title = 1\n", encoding="utf-8")
    found = {f.subject: f for f in findings(Workspace(workspace), None)}
    assert len(found) == 14
    assert {name for name, f in found.items() if f.mark is Mark.FAIL} == {"settings", "content"}
    assert "did you mean 'port'" in found["settings"].said
    (workspace / "config.toml").write_text(f"[model]\nname = '{workspace / 'none'}'\n", encoding="utf-8")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    found = {f.subject: f for f in findings(Workspace(workspace), None)}
    assert found["model"].mark is Mark.FAIL
    assert found["knowledge"].mark is Mark.FAIL
    missing = {f.subject: f for f in findings(Workspace(workspace), workspace / "elsewhere.toml")}
    assert "there is no such file" in missing["settings"].said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["index", "nowhere"], "nowhere: there is no such file or folder"),
        (["search"], "give either a query or --queries FILE"),
        (["search", "--queries", "none.jsonl"], "none.jsonl: No such file or directory"),
        (["import", "none.jsonl"], "none.jsonl"),
        (["index", ".", "--config", "none.toml"], "none.toml: there is no such file"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(
    workspace: Path, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That names what was wrong."""
    monkeypatch.chdir(workspace)
    done = secondchair(*arguments, "--workspace", workspace)
    assert (done.code, done.out) == (2, "")
    assert said in done.complaint


def test_options_that_do_not_exist_are_bad_usage() -> None:
    """And a workspace before the command would go unheard, so it is refused."""
    runner = CliRunner()
    assert runner.invoke(app, ["export", "--wrkspace", "x"]).exit_code == 2
    assert runner.invoke(app, ["token", "emperor", "Robin"]).exit_code == 2
    misplaced = runner.invoke(app, ["--workspace", "x", "export"])
    assert misplaced.exit_code == 2
    assert "put it after 'export'" in misplaced.output
    assert runner.invoke(app, ["--version"]).output.strip() == __version__


def test_every_command_explains_itself() -> None:
    """With help for each, and in an instant: nothing heavy is imported for it."""
    runner = CliRunner()
    commands = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    assert set(commands) >= {
        "init", "demo", "serve", "token", "index", "search", "import", "assist", "export", "report", "verify", "doctor"
    }  # fmt: skip
    for name in commands:
        shown = runner.invoke(app, [name, "--help"])
        assert shown.exit_code == 0
        assert "Usage" in shown.output
    code = "import sys, console.cli; print(*(m for m in ('torch', 'fastapi', 'textual', 'numpy') if m in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""


@pytest.fixture
def locked() -> Iterator[Path]:
    """A workspace with settings that the user of the test below may read but not write."""
    root = Path(mkdtemp(prefix="secondchair-locked-"))
    (root / "config.toml").write_text("", encoding="utf-8")
    root.chmod(0o555)
    yield root
    root.chmod(0o755)
    shutil.rmtree(root)


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may write anywhere")
@pytest.mark.parametrize("arguments", [["serve", "--port", "0"], ["init"], ["token", "agent", "Robin"]])
def test_a_read_only_workspace_is_one_clear_line(locked: Path, arguments: list[str]) -> None:
    """Exit 2, naming the folder."""
    if arguments == ["init"]:
        (locked / "config.toml").unlink()
    command = [sys.executable, "-m", "console", *arguments, "--workspace", str(locked)]
    if os.geteuid() == 0:  # root without its power to pass by rights is like anybody else
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    (complaint,) = done.stderr.strip().splitlines()
    assert done.returncode == 2
    assert str(locked) in complaint
    assert "Permission denied" in complaint


def test_output_that_nobody_reads_any_more_is_no_fault(logged: Path) -> None:
    """``secondchair export | head -1``."""
    command = f"{sys.executable} -m console export --workspace {logged} | head -n 1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["seq"] == 1
    assert "Traceback" not in done.stderr


def test_searching_where_nothing_was_indexed_finds_nothing_and_says_so(tmp_path: Path) -> None:
    """A folder needs no preparation: the answer is that there is none, with what to run."""
    file = tmp_path / "queries.jsonl"
    file.write_text('{"id": "q1", "query": "lost parcel"}\n', encoding="utf-8")
    done = secondchair("search", "--queries", file, "--workspace", tmp_path / "new")
    assert done.code == 0
    line = json.loads(done.out)
    assert (line["id"], line["answerable"], line["hits"]) == ("q1", False, [])


@pytest.mark.parametrize("arguments", [[], ["demo"]])
def test_the_console_needs_a_terminal(tmp_path: Path, arguments: list[str]) -> None:
    """Painted into a pipe it would be a blank screen; nothing is made for it."""
    workspace = tmp_path / "desk"
    done = secondchair(*arguments, "--workspace", workspace)
    assert (done.code, done.out) == (2, "")
    assert "the console needs a terminal" in done.complaint
    assert not workspace.exists()


def test_a_search_where_nothing_was_indexed_says_so(tmp_path: Path) -> None:
    """It is no answer of a knowledge base."""
    found = secondchair("search", "a lost parcel", "--workspace", tmp_path / "empty")
    assert "Nothing has been indexed in" in found.err
