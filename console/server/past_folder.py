"""Past conversations in a folder of the workspace: closed ones go in, erased ones out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.content.conversations import Transcript
from console.conversation.state import Conversation
from console.past import add_conversation, cases_of, forget


@dataclass(frozen=True, slots=True)
class PastFolder:
    """A :class:`console.desk.memory.Past`."""

    folder: Path

    def keep(self, conversation: Conversation) -> None:
        """Let a closed one count as a past one, personal details as slots; if resolved, its replies too."""
        transcript = Transcript(
            conversation.id,
            conversation.customer,
            tuple(conversation.messages),
            conversation.resolved,
            conversation.disposition,
            conversation.agent_name,
            conversation.routing.intent if conversation.routing else "",
        )
        add_conversation(transcript, self.folder)

    def forget(self, conversations: Collection[str]) -> None:
        """Keep nothing of these."""
        forget(self.folder, conversations)

    def of_customer(self, customer: str) -> tuple[str, ...]:
        """Return the ids of what is kept of a customer."""
        return tuple(case.id for case in cases_of(self.folder, customer))

    def told(self, customer: str) -> Sequence[Mapping[str, object]]:
        """Return what is kept of a customer, as JSON types."""
        return [case.to_json() for case in cases_of(self.folder, customer)]
