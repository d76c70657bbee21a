"""How well the bot does on labelled questions of the demo company's customers (``bot_questions.toml``).

    python -m bench.bot [--wrong]

Each question is a conversation of its own on a real desk with a real log, with the demo's articles, behaviours and
order system (over HTTP on this machine). It counts as resolved where the bot's last word is an answer from one of the
articles, or of one of the tools, that the question names, with the words that it names, if any. ``--wrong`` shows the
questions that went otherwise than they should.
"""

import argparse
import asyncio
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import Final

from bench.data import MODELS
from bench.figures import Figure, show
from bench.turn import DEMO
from console.assist.bot.making import mind_of
from console.assist.bot.mind import Mind
from console.assist.engine import Engine
from console.assist.vectors import VectorCache
from console.content.customers import load_customers
from console.content.loader import load_library
from console.content.tools import ToolKind
from console.conversation.bot_events import BotDecided, Decided, Outcome, ToolCalled
from console.conversation.events import IdentityChanged
from console.conversation.message import Author, Status
from console.conversation.people import Customer, Identity
from console.conversation.state import Conversation
from console.demo.order_system import postcode_of
from console.desk.bot import BotTerms
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.server.articles import Articles
from console.server.tools import DemoTools
from console.store import open_log
from knowledge import KnowledgeIndex, open_embedder

QUESTIONS: Final = Path(__file__).with_name("bot_questions.toml")

_DOES: Final = frozenset({Decided.ANSWER, Decided.LOOK_UP, Decided.ACT})


@dataclass(frozen=True, slots=True)
class Question:
    """A labelled question; see the file."""

    text: str
    expect: str
    who: str = ""
    of: str = ""
    then: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of a question."""

    question: Question
    state: Conversation
    unsafe: int
    """Actions of a customer whom nobody knew."""

    @property
    def answered(self) -> tuple[str, ...]:
        """The articles and tools that the bot answered from."""
        done = self.state.bot
        articles = (source.id for decision in done.decisions for source in decision.sources if source.type == "article")
        tools = (c.call.tool for c in done.calls if c.call.outcome is Outcome.FOUND and c.call.tool != "identify")
        return (*articles, *tools)

    @property
    def resolved(self) -> bool:
        """Whether the bot's last word is the answer that was asked for."""
        last = self.state.bot.last
        told = last is not None and last.decision is Decided.ANSWER and self.state.status is Status.BOT
        answer = next((m.text for m in reversed(self.state.messages) if m.role is Author.BOT), "")
        rightly = not self.question.says or any(words in answer for words in self.question.says)
        return told and rightly and bool(self.answered) and self.answered[-1] in self.question.by

    @property
    def handed_over(self) -> bool:
        """Whether people have it."""
        return self.state.status is not Status.BOT

    @property
    def did(self) -> bool:
        """Whether the bot answered, looked up or did anything."""
        return any(decision.decision in _DOES for decision in self.state.bot.decisions)

    @property
    def right(self) -> bool:
        """Whether it went as it should."""
        if self.question.expect == "resolved":
            return self.resolved
        return not self.did and (self.handed_over or self.question.expect != "reserved")


def questions() -> tuple[Question, ...]:
    """Return the questions."""
    rows = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["question"]
    listed = {"then", "by", "says"}
    return tuple(Question(**{k: tuple(v) if k in listed else v for k, v in row.items()}) for row in rows)


def figures(data: Path, *, models: Path = MODELS) -> Iterator[Figure]:
    """Measure; of ``data`` nothing is needed."""
    done, ms = asked(questions(), models)
    for name, held_out in (("held out", True), ("tuned on", False)):
        yield from _of([one for one in done if one.question.held_out is held_out], f"bot, {name}: ")
    yield Figure("bot: actions without identity", sum(one.unsafe for one in done), 0, at_most=True)
    yield Figure("bot: a decision, p50", quantiles(ms, n=20)[9], None, unit=" ms")
    yield Figure("bot: a decision, p95", quantiles(ms, n=20)[18], None, unit=" ms")


def _of(done: Sequence[Outcomes], name: str) -> Iterator[Figure]:
    alone = [one for one in done if one.question.expect == "resolved"]
    reserved = [one for one in done if one.question.expect == "reserved"]
    others = [one for one in done if one.question.expect == "people"]
    yield Figure(f"{name}autonomous questions resolved", _share(one.resolved for one in alone), 0.7)
    wrong = [one for one in alone if one.answered and not one.resolved and not one.handed_over]
    yield Figure(f"{name}autonomous questions answered wrongly", len(wrong) / len(alone))
    yield Figure(f"{name}answers on what is reserved for people", sum(one.did for one in reserved), 0, at_most=True)
    yield Figure(f"{name}reserved questions handed over", _share(one.handed_over for one in reserved))
    yield Figure(f"{name}answers on what else is people's", sum(one.did for one in others))
    yield Figure(f"{name}escalated, of all", _share(one.handed_over for one in done))


def _share(holds: Iterator[bool]) -> float:
    found = list(holds)
    return sum(found) / len(found)


def asked(chosen: Sequence[Question], models: Path = MODELS) -> tuple[list[Outcomes], list[float]]:
    """Return what became of the questions, and the milliseconds of each decision."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_asked(chosen, Path(folder), models))


async def _asked(chosen: Sequence[Question], folder: Path, models: Path) -> tuple[list[Outcomes], list[float]]:
    library, embedder = load_library(DEMO), open_embedder(models)
    index, embed = KnowledgeIndex(folder / "index", embedder), VectorCache(embedder)
    index.update_from(DEMO / "articles")
    articles = Articles(index)
    engine = Engine(library, embed, articles)
    mind = mind_of(library, engine, embed, articles, articles.text)
    customers = load_customers(DEMO / "customers.jsonl", date.today())  # noqa: DTZ011 - as the desk's own
    terms = BotTerms(library.company, customers.get, opens=True)
    done, ms = [], []
    for number, question in enumerate(chosen):
        tools = DemoTools(customers, 4.0)
        desk = Desk(open_log(folder / f"w{number}", folder / "keys"), engine, tools=tools, bot=terms)
        await desk.start({})
        try:
            desk.bot.ready(mind)
            done.append(await _one(desk, mind, question, customers))
        finally:
            await desk.stop()
        ms += [decision.ms for decision in done[-1].state.bot.decisions]
    return done, ms


async def _one(desk: Desk, mind: Mind, question: Question, customers: dict[str, Customer]) -> Outcomes:
    known = customers.get(question.who)
    level = Identity.VERIFIED if known else Identity.ANONYMOUS
    await desk.intake.open("bench", known or Customer("nobody"), conversation="c", level=level)
    owner = customers.get(question.of)
    values = {"order": owner.orders[0].number, "postcode": postcode_of(owner.id)} if owner and owner.orders else {}
    for text in (question.text, *question.then):
        state = await desk.live.state("c")
        if state.status is not Status.BOT or (state.bot.last and state.bot.last.decision is not Decided.ASK):
            break
        await desk.intake.receive("c", Incoming(Author.CUSTOMER, text.format(**values)))
        await desk.bot.settled("c")
    sure, intent, unsafe = level, "", 0
    for event in await desk.live.history("c"):
        if isinstance(event.data, IdentityChanged):
            sure = event.data.level
        if isinstance(event.data, BotDecided):
            intent = event.data.intent
        if isinstance(event.data, ToolCalled):
            tool = mind.tool(intent, event.data.tool)
            unsafe += tool is not None and tool.kind is ToolKind.ACTION and not sure.reaches(Identity.MATCHED)
    return Outcomes(question, await desk.live.state("c"), unsafe)


def main() -> None:
    """Measure, or show what goes wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--wrong", action="store_true", help="show what goes wrong, of the questions tuned on alone")
    chosen = parser.parse_args()
    if not chosen.wrong:
        show("The bot on the demo company's questions", figures(Path(), models=chosen.models))
        return
    done, _ = asked([q for q in questions() if not q.held_out], chosen.models)
    for one in done:
        if not one.right:
            print(f"\n[{one.question.expect} by {', '.join(one.question.by)}] {one.question.text}")
            for message in one.state.messages[1:]:
                print(f"    {message.role.value}: {message.text[:200]!r}")
            print(f"    {[(d.decision.value, d.reason) for d in one.state.bot.decisions]}")
    show("Tuned on", _of(done, ""))


if __name__ == "__main__":
    main()
