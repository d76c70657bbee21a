"""The simulated customer: what they know of the conversation, and how they answer. Pure, and the same by seed."""

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from console.practice.acts import Act
from console.practice.asked_for import on_record
from console.practice.effects import Cause, Effect, effect
from console.practice.hearing import KIND, Heard
from console.practice.phrases import Cue, phrases
from console.practice.scenario import SURE, Duty, Fact, Resolution, Scenario, Told
from console.practice.seeds import pick
from console.practice.writing import in_their_hand

SHORT: Final = 0.3
"""Patience below which the customer says that it is getting short."""

SILENCES: Final = 3
"""Times that they wait in vain, one after the other, before they leave."""

MATTER: Final = frozenset({Act.ASK, Act.CONFIRM, Act.EXPLAIN, Act.OFFER, Act.PROMISE, Act.DONE, Act.REFUSE})


_ONCE: Final = frozenset({Cue.LISTENING, Cue.EMPTY, Cue.REFUSED, Cue.UNCONVINCED, Cue.DEPENDS, Cue.UNKNOWN})
"""What nobody says twice in the same words: they say what they want instead."""


class Ending(StrEnum):
    """How a session ends for the customer."""

    SETTLED = "settled"
    """With a resolution, and a goodbye."""
    GAVE_UP = "gave up"
    """They left."""
    CUT_OFF = "cut off"
    """The agent ended it before anything was settled."""


@dataclass(frozen=True, slots=True)
class State:
    """Where the customer stands. ``patience`` and ``trust`` lie between 0 and 1."""

    patience: float
    trust: float
    turn: int = 0
    """Messages of the agent so far."""
    told: frozenset[str] = frozenset()
    """Facts that they have told."""
    mistaken: frozenset[str] = frozenset()
    """Facts that they have told wrongly and not put right."""
    offers: tuple[str, ...] = ()
    """Resolutions that were offered and not taken yet."""
    held: frozenset[str] = frozenset()
    """Facts that they were asked for and would not tell yet."""
    volunteered: frozenset[str] = frozenset()
    """Facts that nobody had asked for when they told them."""
    settled: str = ""
    """The resolution that they took."""
    ending: Ending | None = None
    silences: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    """How often each cause, cue and duty came up."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the customer says, why, and where they stand then."""

    state: State
    says: tuple[str, ...] = ()
    """Sentences in order; none where they say nothing."""
    effects: tuple[Effect, ...] = ()
    outside: tuple[str, ...] = ()
    """Questions that the scenario has no answer to."""


def at_first(scenario: Scenario) -> State:
    """Return where the customer stands before the agent has written."""
    first = [fact for fact in scenario.facts if fact.told is Told.FIRST]
    return State(
        scenario.persona.patience,
        scenario.persona.trust,
        told=frozenset(fact.id for fact in first),
        mistaken=frozenset(fact.id for fact in first if fact.wrong),
    )


def left_waiting(scenario: Scenario, state: State, seed: int) -> Answer:
    """Return what the customer says once nobody has written for as long as they wait."""
    if state.ending or state.settled:
        return Answer(state)
    turn = _Turn(scenario, replace(state, silences=state.silences + 1), seed)
    turn.moved(Cause.SILENT)
    if turn.state.silences >= SILENCES:
        return turn.leaves()
    turn.says(Cue.SILENCE)
    return turn.ended()


def answered(scenario: Scenario, state: State, heard: Heard, seed: int) -> Answer:
    """Return what the customer makes of an agent's message."""
    if state.ending:
        return Answer(state)
    turn = _Turn(scenario, replace(state, turn=state.turn + 1, silences=0), seed)
    turn.take(heard)
    return turn.ended()


class _Turn:
    """One answer in the making."""

    def __init__(self, scenario: Scenario, state: State, seed: int) -> None:
        self.scenario, self.state, self._seed = scenario, replace(state, counts=Counter(state.counts)), seed
        self._said: list[str] = []
        self._effects: list[Effect] = []
        self._outside: tuple[str, ...] = ()
        self._put_off = False  # by an insult, by what means nothing, by a pasted text: nobody chats on then

    def take(self, heard: Heard) -> None:
        """React to everything that was heard, in the order in which a person would."""
        self._put_off = bool(heard.insult or heard.brushed_off) or heard.nonsense or heard.pasted
        if heard.insult:
            self.moved(Cause.INSULTED, heard.insult)
            self.says(Cue.INSULTED)
            return
        if heard.nonsense:
            self.moved(Cause.MEANT_NOTHING)
            self.says(Cue.NOT_UNDERSTOOD)
            return
        if heard.pasted:
            self._skims(heard)
            return
        if heard.brushed_off:
            self.moved(Cause.BRUSHED_OFF, heard.brushed_off)
            self.says(Cue.INSULTED)
        self._feel(heard)
        for duty in (*self.scenario.musts, *self.scenario.must_nots):
            if duty.id in heard.duties:
                self._duty(duty, heard.duties[duty.id])
        for name, words in heard.read_back.items():
            self._put_right(self.scenario.fact(name), words)
        for name, words in heard.asked.items():
            if name not in heard.read_back:
                self._asked(self.scenario.fact(name), words)
        self._now_trusted()
        self._asked_outside(heard)
        self._offered(heard)
        self._rest(heard)

    def moved(self, cause: Cause, words: str = "", about: str = "") -> None:
        """Let something move the customer."""
        self.state.counts[cause] += 1
        self._apply(effect(cause, words, about, self.state.counts[cause]))

    def says(self, cue: Cue) -> None:
        """Say a phrase, another one each time."""
        own = self.scenario.own_words.get(cue) or phrases()[self.scenario.persona.manner][cue]
        if cue in _ONCE and self.state.counts[cue] >= len(own):
            self._want()  # all of it was said: they come back to what they are here for
        else:
            self._said.append(in_their_hand(pick(own, self._seed, cue, self.state.counts[cue]), self.scenario))
        self.state.counts[cue] += 1

    def leaves(self) -> Answer:
        """Go, with a word."""
        self._said.clear()
        self.says(Cue.LEAVES)
        self.state = replace(self.state, ending=Ending.GAVE_UP)
        return self._answer()

    def ended(self) -> Answer:
        """Return the answer: with what they bring up by themselves, or with their leaving, once patience is out."""
        if self.state.ending is None and self.state.patience <= 0:
            return self.leaves()
        if self.state.patience < SHORT and not self.state.counts[Cue.UPSET] and not self.state.settled:
            self.says(Cue.UPSET)
            self._said.insert(0, self._said.pop())
        if self.state.ending is None and not self.state.silences and not self._put_off:
            for place, interruption in enumerate(self.scenario.interruptions):
                once = f"interruption {place}"
                if interruption.turn <= self.state.turn and not self.state.counts[once]:
                    self.state.counts[once] += 1
                    self._said += interruption.say
        return self._answer()

    def _answer(self) -> Answer:
        return Answer(self.state, tuple(self._said), tuple(self._effects), self._outside)

    def _apply(self, what: Effect) -> None:
        self._effects.append(what)
        self.state = replace(
            self.state,
            patience=_within(self.state.patience + what.patience),
            trust=_within(self.state.trust + what.trust),
        )

    def _feel(self, heard: Heard) -> None:
        """Take in how the agent says it."""
        kind = heard.acts.keys() & KIND - {Act.GREET, Act.THANK}
        if not kind:
            return
        counts, turn = self.state.counts, self.state.turn
        alone = not (heard.acts.keys() & MATTER or heard.offered or heard.asked or heard.duties)
        if alone and counts["kind alone"] and counts["kind alone"] == turn - 1:
            self.moved(Cause.EMPTY, next(heard.acts[act] for act in kind))
            self.says(Cue.EMPTY)
        else:
            for act, cause in ((Act.EMPATHISE, Cause.UNDERSTOOD), (Act.APOLOGISE, Cause.APOLOGISED)):
                if act in kind:
                    self.moved(cause, heard.acts[act])
            if not counts["kind"] and self.state.trust < SURE / 2:
                self.says(Cue.EASED)
                if alone:
                    self._want()
        self.state.counts["kind"] += 1
        if alone:
            self.state.counts["kind alone"] = turn

    def _skims(self, heard: Heard) -> None:
        """Read none of a pasted text, but for what must not be said: that was promised all the same."""
        self.moved(Cause.PASTED)
        self.says(Cue.TOO_LONG)
        for duty in self.scenario.must_nots:
            if duty.id in heard.duties:
                self._duty(duty, heard.duties[duty.id])

    def _duty(self, duty: Duty, words: str) -> None:
        self.state.counts[f"said {duty.id}"] += 1
        if self.state.counts[f"said {duty.id}"] == 1:
            self._apply(Effect(Cause.SAID, 0.0, duty.trust, words, duty.id))
            if duty.answer:
                self._said.append(duty.answer)

    def _put_right(self, fact: Fact, words: str) -> None:
        if fact.id in self.state.mistaken:
            self.moved(Cause.CHECKED, words, fact.id)
            self._tell(fact)
            self.state = replace(self.state, mistaken=self.state.mistaken - {fact.id})

    def _asked(self, fact: Fact, words: str) -> None:
        if fact.id in self.state.mistaken:  # asked again, they look it up
            self._put_right(fact, words)
        elif fact.id in self.state.told:
            self.moved(Cause.ASKED_AGAIN, words, fact.id)
            self.says(Cue.TOLD_ALREADY)
            self._tell(fact)
        elif fact.told is Told.EARNED and self.state.trust < fact.trust:
            self.says(Cue.NOT_YET)
            self.state = replace(self.state, held=self.state.held | {fact.id})
        elif fact.wrong:
            self._said.append(fact.wrong)
            self.state = replace(self.state, told=self.state.told | {fact.id}, mistaken=self.state.mistaken | {fact.id})
        else:
            self._tell(fact)
            self.state = replace(self.state, told=self.state.told | {fact.id})

    def _now_trusted(self) -> None:
        """Tell what was held back, once the agent has earned it."""
        for fact in self.scenario.facts:
            wants = fact.id in self.state.held - self.state.told and not self.state.settled
            if wants and self.state.trust >= fact.trust:
                self._tell(fact)
                self.state = replace(self.state, told=self.state.told | {fact.id})

    def _tell(self, fact: Fact) -> None:
        self._said.append(pick(fact.says, self._seed, fact.id, self.state.counts[f"told {fact.id}"]))
        self.state.counts[f"told {fact.id}"] += 1

    def _asked_outside(self, heard: Heard) -> None:
        self._outside = heard.outside
        known = bool(self.scenario.before)  # what they are here for stands in what came before
        if heard.opening and not heard.asked and known and not self.state.settled:
            self.moved(Cause.ASKED_AGAIN, heard.opening)
            self.says(Cue.TOLD_ALREADY)
            self._want()
        for words in heard.outside[:1]:
            if on_record(words, self.scenario.customer):
                self.says(Cue.ON_RECORD)
                continue
            self.moved(Cause.ASKED_OUTSIDE, words)
            self.says(Cue.UNKNOWN)

    def _offered(self, heard: Heard) -> None:
        """Take an offer, of this message or an earlier one, or say what is in the way of it."""
        resolutions = {one.id: one for one in self.scenario.resolutions}
        taken = resolutions.get(self.state.settled)
        if taken and (taken.allowed or not any(resolutions[name].allowed for name in heard.offered)):
            return
        self.state = replace(self.state, offers=tuple(dict.fromkeys((*heard.offered, *self.state.offers))))
        better = (resolutions[name] for name in self.state.offers if not taken or resolutions[name].allowed)
        accepted = next((one for one in better if self._acceptable(one)), None)
        if accepted:
            if taken:  # they had been offered what is not allowed
                self.moved(Cause.TAKEN_BACK, heard.offered[accepted.id], taken.id)
                self.says(Cue.LET_DOWN)
            self.moved(Cause.OFFERED, heard.offered.get(accepted.id, ""), accepted.id)
            self._said.append(pick(accepted.accepts, self._seed, accepted.id))
            self.state = replace(self.state, settled=accepted.id)
        elif heard.offered and not taken:
            name, words = next(iter(heard.offered.items()))
            self.moved(Cause.NO_USE, words, name)
            self._objects(resolutions[name])

    def _acceptable(self, resolution: Resolution) -> bool:
        return self.state.trust >= resolution.trust and self.state.told.issuperset(resolution.needs)

    def _objects(self, resolution: Resolution) -> None:
        """Say what is in the way of an offer: too little trust, or what the agent does not know.

        At the second time they tell that by themselves, unless it has to be earned.
        """
        missing = [self.scenario.fact(name) for name in resolution.needs if name not in self.state.told]
        if not missing:
            self.says(Cue.UNCONVINCED)
            return
        fact, counts = missing[0], self.state.counts
        counts[f"missing {fact.id}"] += 1
        if counts[f"missing {fact.id}"] > 1 and fact.told is not Told.EARNED:
            self._asked(fact, "")
            self.state = replace(self.state, volunteered=self.state.volunteered | {fact.id})
            self._offered(Heard())
        elif fact.missing and counts[f"missing {fact.id}"] == 1:
            self._said.append(fact.missing)
        else:
            self.says(Cue.DEPENDS)

    def _rest(self, heard: Heard) -> None:
        """Answer what is left: refusals, next steps, explanations, goodbyes; say what they want where nothing was."""
        acts = heard.acts
        leaves = heard.leaving or (Act.GOODBYE in acts and not (acts.keys() & MATTER or heard.duties))
        if leaves or (acts.keys() & {Act.GOODBYE, Act.ASK_MORE} and self.state.settled):
            self._parting()
            return
        if Act.REFUSE in acts and not heard.offered and acts[Act.REFUSE] not in heard.duties.values():
            barely = not (acts.keys() & {Act.EXPLAIN, Act.OFFER, Act.PROMISE, Act.ASK})
            self.moved(Cause.REFUSED_BARELY if barely else Cause.REFUSED, acts[Act.REFUSE])
            if barely or not self._said:
                self.says(Cue.REFUSED)
        elif acts.keys() & {Act.PROMISE, Act.DONE}:
            self.moved(Cause.PROMISED, acts.get(Act.PROMISE) or acts[Act.DONE])
            if not self._said:
                self.says(Cue.THANKS if self.state.settled else Cue.WAITING)
        elif Act.EXPLAIN in acts:
            self.moved(Cause.EXPLAINED, acts[Act.EXPLAIN])
        if self._said:
            return
        if (self.state.settled and heard.consent) or Act.CONFIRM in acts:
            self.says(Cue.CONFIRMED)
        elif self.state.settled:
            self.says(Cue.THANKS)
        elif Act.EXPLAIN in acts:
            self.says(Cue.LISTENING)
        else:
            if Act.GREET in acts:
                self.says(Cue.GREETED)
            self._want()

    def _want(self) -> None:
        """Say what they are here for; what they have said so already, they say as said already."""
        counts, wants = self.state.counts, self.scenario.wants
        if any(said in wants for said in self._said):
            return
        want = pick(wants, self._seed, "wants", counts["wants"])
        if counts["wants"] >= len(wants):
            self.says(Cue.AGAIN)
            want = f"{self._said.pop()} {want}"
        self._said.append(want)
        counts["wants"] += 1

    def _parting(self) -> None:
        if self.state.settled:
            self.says(Cue.NOTHING_ELSE)
            self.says(Cue.GOODBYE)
            self.state = replace(self.state, ending=Ending.SETTLED)
        else:
            self.moved(Cause.HURRIED)
            self._want()


def _within(value: float) -> float:
    return round(min(SURE, max(0.0, value)), 3)
