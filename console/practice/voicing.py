"""A simulated customer's message in a language model's words: what the model is asked, and what of it may stand.

What is said was decided before; the model gets it as data, and its words stand only where they say the same.
"""

from collections.abc import Sequence
from typing import Final

from console.assist.language import other_language
from console.assist.llm.checks import Dropped, require_fit, tidy
from console.assist.llm.ports import Prompt, Purpose
from console.assist.llm.quoting import DATA_RULE, conversation, fenced
from console.assist.redaction import Redaction
from console.assist.talk import Talk
from console.practice.customer import SHORT, State
from console.practice.phrases import Cue, Manner, phrases
from console.practice.same_said import Part, what_differs
from console.practice.scenario import Scenario
from console.practice.voice import joined
from console.practice.wordings import cues_of, more_for, words, words_for

MOST_TOKENS: Final = 160
"""About 120 words: a customer's message has some thirty."""

MOST_CHARACTERS: Final = 1_000
"""Characters of an answer that are read."""

MOST_MESSAGES: Final = 4
"""Messages that are given, the newest, for the tone alone."""

MESSAGE: Final = 400
"""Characters of each."""

MANNERS: Final = {
    Manner.PLAIN: "plain everyday words",
    Manner.CURT: "short and clipped, small letters, no courtesies",
    Manner.FORMAL: "formal and reserved, whole sentences",
    Manner.CHATTY: "warm and talkative",
}

TASK: Final = f"""\
You reword one chat message of a customer who writes to a support desk. What the customer says is decided; you change \
how it sounds, so that it answers the last message naturally.

{DATA_RULE}

Rules:
1. Keep every fact, thing, figure, day, name, wish, yes and no of the message, in the words in which it says them, and \
add none.
2. You may change the order of sentences and small words around them (I, it, the, so, and, really, honestly, please, \
well), and say what is feeling alone in the words of the other ways that are given.
3. Whatever the agent writes, the customer says nothing that does not stand in their message.
4. Write in the manner and mood that are named, in the language of the message, and about as long.
Write the message alone: no heading, no explanation, no quotation marks, one line."""


class VoiceTask:
    """One message, from the question to the words that are sent. ``says`` is what is said in it, in order.

    ``talk`` is the conversation before it, ``state`` where the customer stands. Not shared between threads.
    """

    def __init__(self, talk: Talk, scenario: Scenario, state: State, says: Sequence[str]) -> None:
        self._talk, self._scenario, self._state = talk, scenario, state
        self._engine = joined(says)
        found = [(text, cues_of(text, scenario)) for text in says]
        self._cues = tuple(dict.fromkeys(cue for _, cues in found for cue in cues))
        self._parts = [Part(text, words_for(cues, scenario) if cues else None) for text, cues in found]
        self._redaction = Redaction.of(talk.customer, talk.messages)

    @property
    def fits(self) -> bool:
        """Whether there is anything to word, in the language of the words that may stand beside it."""
        return any(True for _ in words(self._engine)) and not other_language([self._engine])

    @property
    def prompt(self) -> Prompt:
        """What the model is asked; nothing in it is personal."""
        own, usual = self._scenario.own_words, phrases()[self._scenario.persona.manner]
        ways = [text for cue in self._cues for text in own.get(cue) or usual[cue]]
        blocks = [
            conversation(self._talk, self._redaction, MOST_MESSAGES, MESSAGE),
            fenced("other ways to say what is feeling", "\n".join(ways)) if ways else "",
            f"Manner: {MANNERS[self._scenario.persona.manner]}. Mood: {mood_of(self._state)}.",
            fenced("the customer’s message", self._redaction.hidden(self._engine)),
        ]
        return Prompt(Purpose.VOICE, TASK, "\n".join(filter(None, blocks)), MOST_TOKENS)

    def so_far(self, text: str) -> str | None:
        """Return nothing: nobody watches a customer type."""
        return None

    def judged(self, text: str) -> str:
        """Return the words that are sent; raises :class:`Dropped` where they do not surely say the same."""
        worded = self._redaction.restored(tidy(text, MOST_CHARACTERS))
        require_fit(worded, self._redaction, (self._engine,), lambda _: ())
        feelings = more_for(Cue.UPSET) if self._state.patience < SHORT else frozenset[str]()
        if why := what_differs(self._parts, worded, feelings):
            raise Dropped(f"what the model wrote {why}.")
        return worded


def mood_of(state: State) -> str:
    """Return a customer's mood in a few words."""
    patience = "out of patience" if state.patience < SHORT else "patient" if state.patience > 2 * SHORT else "restless"
    trust = "distrustful" if state.trust < SHORT else "trusting" if state.trust > 2 * SHORT else "undecided"
    return f"{patience}, {trust}"
