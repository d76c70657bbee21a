"""A scripted customer: what came before, and a small state machine of what they say next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from console.conversation.message import Author
from console.conversation.people import Customer


class Ending(StrEnum):
    """How a scripted customer goes."""

    RESOLVED = "resolved"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Line:
    """A message of the part before people took over, ``after`` seconds after the one before."""

    role: Author
    text: str
    after: float = 20.0


@dataclass(frozen=True, slots=True)
class Branch:
    """Where to go when the agent's message means one of ``when``."""

    when: tuple[str, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Step:
    """What the customer says at a point, and where the agent's answer leads."""

    id: str
    say: tuple[str, ...]
    branches: tuple[Branch, ...] = ()
    otherwise: str = ""
    wait: float = 90.0
    """Seconds of silence before ``impatient`` is said, once."""
    impatient: str = ""
    ends: Ending | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """A whole scripted conversation; the first step is where the live part begins."""

    id: str
    customer: Customer
    bot_part: tuple[Line, ...]
    steps: tuple[Step, ...]
    title: str = ""
    subject: str = ""
    reason: str = ""
    tier: int = 1
    minutes_ago: float = 10.0
    order: int = 100
    intent: str = ""
    difficulty: str = ""
    skills: tuple[str, ...] = ()
    by_id: dict[str, Step] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the steps."""
        object.__setattr__(self, "by_id", {step.id: step for step in self.steps})

    def problems(self) -> list[str]:
        """Return what makes the script unplayable, in words; empty when it can be played."""
        found: list[str] = []
        if not self.steps:
            return ["there is no [[step]]"]
        if len(self.by_id) < len(self.steps):
            found.append("two steps have the same id")
        for step in self.steps:
            lost = [target for target in _targets(step) if target not in self.by_id]
            found += [f"step '{step.id}' leads to '{target}', which is not a step" for target in lost]
            if step.ends and (step.branches or step.otherwise):
                found.append(f"step '{step.id}' ends, so nothing may follow it")
            if not step.ends and not step.otherwise:
                found.append(f"step '{step.id}' needs 'otherwise', or 'ends'")
        reached = _reachable(self)
        found += [f"step '{step.id}' cannot be reached" for step in self.steps if step.id not in reached]
        return found


def linear_script(script_id: str, customer: Customer, messages: Sequence[tuple[Author, str]]) -> Script:
    """Return a script that plays a plain conversation: what came before the first agent, then line by line.

    The customer's messages between two agent messages are said one after the other; each answer of the agent,
    whatever it says, leads on.
    """
    before: list[Line] = []
    turns: list[list[str]] = [[]]
    people = False
    for role, text in messages:
        if role is Author.AGENT:
            people = True
            if turns[-1]:
                turns.append([])
        elif not people:
            before.append(Line(role, text))
        elif role is Author.CUSTOMER:
            turns[-1].append(text)
    spoken = [turn for turn in turns if turn] or [["…"]]
    names = [f"turn-{place}" for place in range(1, len(spoken) + 1)] + ["end"]
    steps = [
        Step(name, tuple(say), otherwise=following)
        for name, say, following in zip(names, spoken, names[1:], strict=False)
    ]
    if before and steps:
        steps.insert(0, Step("start", (), otherwise=steps[0].id))
    steps.append(Step("end", (), ends=Ending.RESOLVED))
    return Script(script_id, customer, tuple(before), tuple(steps))


def _targets(step: Step) -> list[str]:
    return [branch.next for branch in step.branches] + ([step.otherwise] if step.otherwise else [])


def _reachable(script: Script) -> set[str]:
    reached: set[str] = set()
    ahead = [script.steps[0].id]
    while ahead:
        name = ahead.pop()
        if name in reached or name not in script.by_id:
            continue
        reached.add(name)
        ahead += _targets(script.by_id[name])
    return reached
