"""The shapes of authored TOML files, checked key by key, and the values built from them."""

import re
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, model_validator

from console.content import behaviours, conditions, macros, opening, policies, tools
from console.content.patience import busy_with
from console.conversation.assistance import Severity
from console.conversation.handover import HandoverWhen
from console.conversation.message import Layer
from console.conversation.people import Identity
from console.text import clean, clean_line
from console.toml import Strict

__all__ = ["BehaviourFile", "CompanyFile", "MacroFile", "PolicyFile", "ScenarioIntent", "Strict"]


def _pattern(value: str) -> str:
    try:
        compiled = re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"not a regular expression: {error}") from error
    if compiled.search(""):
        raise ValueError("matches every text, also an empty one; write the words that it looks for")
    piece = busy_with(value)
    if piece:
        raise ValueError(
            f"takes too long on a text such as {piece * 3!r}…; bound its repeats ('.{{0,40}}' for '.*'), and let "
            "no two that match the same stand side by side"
        )
    return value


Pattern = Annotated[str, AfterValidator(_pattern)]
Line = Annotated[str, AfterValidator(clean_line), Field(min_length=1)]
Text = Annotated[str, AfterValidator(clean), Field(min_length=1)]
Cosine = Annotated[float, Field(ge=0, le=1)]
Slot = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]*$")]


class CompanyFile(Strict):
    """company.toml: whose desk this is."""

    name: str = ""
    without: tuple[str, ...] = ()
    skills: tuple[Line, ...] = ()
    hours: opening.HoursTable | None = None
    agent: tuple[opening.AgentTable, ...] = ()
    identify: tuple["CollectTable", ...] = ()


class ScenarioIntent(BaseModel):
    """The intent of scenarios/<id>.toml, whatever else stands there."""

    intent: str = ""


class TriggerTable(Strict):
    """[[trigger]] of a policy."""

    pattern: Pattern | None = None
    amount_over: float | None = None
    unless: Pattern | None = None
    examples: tuple[Text, ...] = ()
    threshold: Cosine = policies.DEFAULT_THRESHOLD
    matter: str = ""

    @model_validator(mode="after")
    def _something(self) -> "TriggerTable":
        if not self.pattern and not self.examples:
            raise ValueError("a trigger needs a pattern or examples")
        return self

    def build(self) -> policies.Trigger:
        """Return the trigger."""
        return policies.Trigger(
            pattern=re.compile(self.pattern) if self.pattern else None,
            amount_over=self.amount_over,
            unless=re.compile(self.unless) if self.unless else None,
            examples=self.examples,
            threshold=self.threshold,
            matter=self.matter,
        )


def _field(value: str) -> str:
    if value.startswith(conditions.ORDER) and value not in conditions.ORDER_FIELDS:
        near = get_close_matches(value, conditions.ORDER_FIELDS, n=1)
        raise ValueError(f"there is no field '{value}'" + (f"; did you mean '{near[0]}'?" if near else ""))
    return value


class WhenTable(Strict):
    """[[when]] of a policy, [[macro.when]] of a macro."""

    field: Annotated[str, AfterValidator(_field)]
    op: Literal["==", "!=", ">=", "<=", ">", "<", "in", "contains"] = "=="
    value: str | bool | int | float | list[str] = Field(alias="is")

    def build(self) -> conditions.Condition:
        """Return the condition."""
        return conditions.Condition(self.field, self.op, self.value)


class PolicyFile(Strict):
    """policies/<id>.toml."""

    title: Line
    clause: Line
    severity: Severity
    on: tuple[policies.Watched, ...] = Field(min_length=1)
    text: Text
    advice: Text
    trigger: tuple[TriggerTable, ...] = ()
    when: tuple[WhenTable, ...] = ()
    bot_advice: str = ""
    again: bool = False

    def build(self, name: str, *, built_in: bool = False) -> policies.Policy:
        """Return the policy called ``name``; ``built_in`` says that it comes with the product."""
        return policies.Policy(
            id=name,
            title=self.title,
            clause=self.clause,
            severity=self.severity,
            on=self.on,
            text=self.text,
            advice=self.advice,
            triggers=tuple(t.build() for t in self.trigger),
            when=tuple(w.build() for w in self.when),
            bot_advice=clean(self.bot_advice),
            again=self.again,
            built_in=built_in,
        )


def _slot(value: str) -> str:
    if not macros.KNOWN_SLOTS.fullmatch(value):
        raise ValueError(f"there is no slot '{value}'")
    return value


class MacroTable(Strict):
    """[[macro]]."""

    id: Line
    title: Line
    text: Text
    intents: tuple[str, ...] = ()
    situations: tuple[Text, ...] = ()
    tone: Literal["neutral", "warm", "apologetic"] = "neutral"
    layers: tuple[Layer, ...] = (Layer.ASSISTED,)
    stage: macros.Stage = macros.Stage.ANY
    acknowledges: bool = False
    asks: tuple[Annotated[str, AfterValidator(_slot)], ...] = ()
    when: tuple[WhenTable, ...] = ()
    after: Pattern | None = None
    done_when: Pattern | None = None

    def build(self) -> macros.Macro:
        """Return the macro."""
        return macros.Macro(
            id=self.id,
            title=self.title,
            text=self.text,
            intents=self.intents,
            situations=self.situations,
            tone=self.tone,
            layers=self.layers,
            stage=self.stage,
            acknowledges=self.acknowledges,
            asks=self.asks,
            when=tuple(w.build() for w in self.when),
            after=re.compile(self.after) if self.after else None,
            done_when=re.compile(self.done_when) if self.done_when else None,
        )


class MacroFile(Strict):
    """macros/<group>.toml."""

    macro: tuple[MacroTable, ...] = Field(min_length=1)


class TriggersTable(Strict):
    """[triggers] of a behaviour."""

    patterns: tuple[Pattern, ...] = ()
    examples: tuple[Text, ...] = ()
    threshold: Cosine = behaviours.DEFAULT_THRESHOLD
    policies: tuple[str, ...] = ()


class CollectTable(Strict):
    """[[collect]] of a behaviour."""

    fact: Line
    slot: Slot
    ask: Text
    pattern: Pattern | None = None

    def build(self) -> behaviours.Fact:
        """Return the fact to collect."""
        return behaviours.Fact(self.fact, self.slot, self.ask, re.compile(self.pattern) if self.pattern else None)


class StepTable(Strict):
    """[[step]] of a behaviour."""

    title: Line
    say: Text
    done_when: Pattern | None = None

    def build(self) -> behaviours.Step:
        """Return the step."""
        return behaviours.Step(self.title, self.say, re.compile(self.done_when) if self.done_when else None)


class ToolTable(Strict):
    """[[tool]] of a behaviour."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
    kind: tools.ToolKind
    title: Line
    needs: tuple[Slot, ...] = ()
    takes: tuple[Slot, ...] = ()
    identity: Identity = Identity.MATCHED
    returns: dict[Slot, Pattern] = Field(default_factory=dict)
    say: tuple[Text, ...] = ()
    nothing: str = ""
    confirm: str | tuple[Text, ...] = ""
    examples: tuple[Text, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    threshold: Cosine = tools.DEFAULT_THRESHOLD

    @model_validator(mode="after")
    def _sayable(self) -> "ToolTable":
        if not self.say:
            raise ValueError("a tool needs 'say': what the bot tells the customer of its answer")
        for text in self.say:
            for slot in macros.SLOT.findall(text):
                if slot not in self.returns:
                    near = get_close_matches(slot, list(self.returns), n=1)
                    hint = f"; did you mean '{near[0]}'?" if near else ""
                    raise ValueError(f"'say' uses {{{slot}}}, which 'returns' does not name{hint}")
        if self.kind is tools.ToolKind.ACTION and self.identity is Identity.ANONYMOUS:
            raise ValueError("an action needs an identity: 'matched' or 'verified'")
        return self

    def build(self) -> tools.Tool:
        """Return the tool."""
        return tools.Tool(
            name=self.name,
            kind=self.kind,
            title=self.title,
            needs=self.needs,
            takes=self.takes,
            identity=self.identity,
            returns={name: re.compile(pattern) for name, pattern in self.returns.items()},
            say=self.say,
            nothing=clean(self.nothing),
            confirm=tuple(filter(None, map(clean, (self.confirm,) if isinstance(self.confirm, str) else self.confirm))),
            examples=self.examples,
            patterns=tuple(re.compile(p) for p in self.patterns),
            threshold=self.threshold,
        )


class HandoverTable(Strict):
    """[[handover]] of a behaviour."""

    when: HandoverWhen
    after: int = Field(default=2, ge=0)
    context: tuple[str, ...] = Field(default=(), alias="with")
    to: str = ""


class BehaviourFile(Strict):
    """behaviours/<intent>.toml."""

    title: Line
    layer: Layer
    tier: int = Field(ge=1, le=3)
    stakes: behaviours.Stakes = behaviours.Stakes.MEDIUM
    priority: int = Field(default=50, ge=0, le=100)
    allowed_actions: tuple[str, ...] = ()
    say: str = ""
    skills: tuple[str, ...] = ()
    triggers: TriggersTable
    collect: tuple[CollectTable, ...] = ()
    handover: tuple[HandoverTable, ...] = ()
    step: tuple[StepTable, ...] = ()
    when: tuple[WhenTable, ...] = ()
    again: bool = False
    articles: tuple[Line, ...] = ()
    tool: tuple[ToolTable, ...] = ()

    def build(self, name: str, *, built_in: bool = False) -> behaviours.Behaviour:
        """Return the behaviour of the intent ``name``; ``built_in`` says that it comes with the product."""
        return behaviours.Behaviour(
            intent=name,
            title=self.title,
            layer=self.layer,
            tier=self.tier,
            stakes=self.stakes,
            patterns=tuple(re.compile(p) for p in self.triggers.patterns),
            examples=self.triggers.examples,
            threshold=self.triggers.threshold,
            priority=self.priority,
            allowed_actions=self.allowed_actions,
            say=clean(self.say),
            skills=self.skills,
            collect=tuple(c.build() for c in self.collect),
            handover=tuple(behaviours.HandoverRule(h.when, h.after, h.context, h.to) for h in self.handover),
            steps=tuple(s.build() for s in self.step),
            policies=self.triggers.policies,
            when=tuple(w.build() for w in self.when),
            again=self.again,
            built_in=built_in,
            articles=self.articles,
            tools=tuple(t.build() for t in self.tool),
        )
