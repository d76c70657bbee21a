"""What is marked: a whole conversation as it stands in the log, live or practised."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from console.assist.sentences import texts
from console.assist.talk import Talk
from console.conversation.assistance import Citation, SourceType
from console.conversation.message import Author, Layer, Message
from console.conversation.state import Conversation


@dataclass(frozen=True)
class Case:
    """A conversation that is over."""

    talk: Talk
    """All of it; its moods are those that were read while it went on."""
    layer: Layer = Layer.ASSISTED
    resolved: bool = False
    """Whether whoever closed it said that it was."""
    passed_on: bool = False
    """Whether it ended with passing it on: somebody else says goodbye."""
    cited: Mapping[str, tuple[Citation, ...]] = field(default_factory=dict)
    """By the agent's message: what the suggestion that it was taken from rests on."""
    unexplained: frozenset[str] = frozenset()
    """Texts that went out against a warning with a reason that says nothing."""

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages in order."""
        return self.talk.messages

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Where people of the desk wrote, in order; messages without words left out."""
        return tuple(p for p, m in enumerate(self.messages) if m.role is Author.AGENT and m.text.strip())

    @cached_property
    def agents(self) -> tuple[Message, ...]:
        """What people of the desk wrote, in order."""
        return tuple(self.messages[place] for place in self.places)

    def said(self, role: Author, until: int | None = None) -> tuple[Message, ...]:
        """Return the messages of somebody, those before the place ``until`` where one is given."""
        return tuple(message for message in self.messages[:until] if message.role is role)

    def sentences(self) -> Iterator[tuple[int, Message, str]]:
        """Yield each sentence of people of the desk, with its message and that one's place."""
        for place, message in zip(self.places, self.agents, strict=True):
            yield from ((place, message, sentence) for sentence in texts(message.text))


def case_of(state: Conversation, talk: Talk) -> Case:
    """Return a conversation as it is marked; ``talk`` is the engine's view of the same."""
    cited = {
        message.id: tuple(s for s in offered.sources if s.type is not SourceType.PAST)
        for message in state.messages
        if message.suggestion and (offered := state.offered.get(message.suggestion)) is not None
    }
    return Case(talk.as_read(), state.layer, state.resolved, cited=cited, unexplained=frozenset(state.unexplained))
