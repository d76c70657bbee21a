"""``secondchair practice``: the scenarios of a workspace, played in a plain terminal."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.commands.knowledge import embedder_of
from console.commands.outcome import CommandError, say
from console.commands.progress import shown
from console.content.customers import load_customers
from console.content.practice import load_practice
from console.conversation.assist_events import RepliesSuggested
from console.conversation.assistance import Suggestion
from console.conversation.message import Author, Message
from console.practice.debrief import Debrief, debriefed, strong
from console.practice.hearing import Ear
from console.practice.judging import case_of_played, talk_of_played
from console.practice.play import Played, begin, cut_off, keep_silent
from console.practice.play import say as said
from console.practice.recognising_acts import acts_in
from console.practice.scenario import Scenario
from console.practice.scoring import Score, scored
from console.server.engines import Equipment, build_engine
from console.settings import Settings
from console.text import clean
from console.workspace import Workspace

END = "/end"
"""Typed instead of a message: close the chat."""


def list_scenarios(workspace: Workspace, settings: Settings, *, as_json: bool) -> None:
    """Print the scenarios of a workspace, one a line."""
    del settings
    for scenario in _scenarios(workspace):
        if as_json:
            row = {"id": scenario.id, "title": scenario.title, "difficulty": scenario.difficulty}
            print(json.dumps({**row, "skills": scenario.skills, "intent": scenario.intent}, ensure_ascii=False))
        else:
            skills = ", ".join(scenario.skills)
            print(f"{scenario.id:<28} {scenario.difficulty:<7} {scenario.title}  ({skills})")


def play_scenario(
    workspace: Workspace, settings: Settings, name: str, seed: int, answers: Path | None, *, as_json: bool
) -> None:
    """Play a scenario: the agent's messages come from ``answers`` or from standard input; print what it was worth."""
    scenarios = {scenario.id: scenario for scenario in _scenarios(workspace)}
    if name not in scenarios:
        raise CommandError(f"there is no scenario '{name}'; 'secondchair practice list' names them")
    with shown("Getting ready"):
        embedder = embedder_of(settings)
        equipment = build_engine(workspace, settings, embedder)
    ear = Ear(
        scenarios[name],
        equipment.vectors,
        lambda text: [(one.sentence, one.acts) for one in acts_in(text, equipment.vectors)],
    )
    lines = answers.read_text(encoding="utf-8").splitlines() if answers else _typed()
    played = _played(begin(scenarios[name], seed, datetime.now(UTC)), ear, lines, aloud=not as_json, paced=not answers)
    score, debrief = _judged(played, ear, equipment)
    if as_json:
        print(json.dumps(_told(played, score, debrief), ensure_ascii=False, default=str))
    else:
        _print(played, score, debrief)


def _scenarios(workspace: Workspace) -> list[Scenario]:
    folder, records = workspace.content / "practice", workspace.content / "customers.jsonl"
    if not folder.is_dir():
        raise CommandError(
            f"{folder}: there are no practice scenarios; --workspace names one that has some, "
            "and 'secondchair init --workspace NAME --demo' makes one"
        )
    today = datetime.now().astimezone().date()
    return load_practice(folder, load_customers(records, today) if records.exists() else {}, today)


def _typed() -> Iterator[str]:
    while True:
        try:
            yield input("you> ")
        except EOFError:
            return


def _played(played: Played, ear: Ear, lines: Sequence[str] | Iterator[str], *, aloud: bool, paced: bool) -> Played:
    """Return the session after these messages; ``paced`` takes times from the clock, else a calm pace is assumed."""
    shown_so_far, at, coming = 0, datetime.now(UTC), iter(lines)
    while True:
        if aloud:
            shown_so_far = _show(played.messages, shown_so_far)
        line = None if played.ending else next(coming, None)
        if line is None or line.strip() == END:
            return cut_off(played)
        at = datetime.now(UTC) if paced else at + timedelta(seconds=played.scenario.persona.waits / 2)
        text = clean(line).strip()
        played = said(played, ear, text, at, "You") if text else keep_silent(played, at)


def _show(messages: Sequence[Message], after: int) -> int:
    names = {Author.CUSTOMER: "customer", Author.BOT: "bot", Author.SYSTEM: "system", Author.AGENT: "you"}
    for message in messages[after:]:
        if message.role is not Author.AGENT:
            say(f"{names[message.role]:>8}  {message.text}")
    return len(messages)


def _judged(played: Played, ear: Ear, equipment: Equipment) -> tuple[Score, Debrief]:
    marks = equipment.examiner.marks(case_of_played(played)) if equipment.examiner else ()

    def suggest(messages: Sequence[Message], told: frozenset[str]) -> Sequence[Suggestion]:
        events = equipment.engine.turn(talk_of_played(played, messages))
        found = [one for event in events if isinstance(event, RepliesSuggested) for one in event.suggestions]
        return strong(found, ear, played.scenario, told)

    return scored(played, marks), debriefed(played, suggest)


def _told(played: Played, score: Score, debrief: Debrief) -> dict[str, object]:
    messages = [{"id": m.id, "role": m.role, "text": m.text} for m in played.messages]
    points = [asdict(point) for point in score.points]
    outside = [words for turn in played.turns for words in turn.answer.outside]
    return {
        "scenario": played.scenario.id,
        "seed": played.seed,
        "ending": played.ending,
        "won": score.won,
        "score": score.total,
        "points": points,
        "outside": outside,
        "debrief": asdict(debrief),
        "messages": messages,
    }


def _print(played: Played, score: Score, debrief: Debrief) -> None:
    print(f"\n{played.scenario.title}: {'won' if score.won else 'not won'}, {score.total:.0f} of 100 ({played.ending})")
    for point in score.points:
        value = "  –" if point.value is None else f"{point.value:.0%}"
        print(f"  {value:>4}  {point.title}: {point.reason}")
    for title, words in (("Keep", debrief.keep), ("Change", debrief.change)):
        if words:
            print(f"{title}: {words}")
    for turning in debrief.points:
        causes = ", ".join(effect.cause for effect in turning.effects)
        print(f"  {turning.change:+.2f} at {turning.message or 'a silence'}: {causes}")
        for better in turning.better:
            sources = ", ".join(f"{source.type} {source.id}" for source in better.sources)
            print(f"        rather: {better.text}  [{sources}]")
    print(played.scenario.notes)
