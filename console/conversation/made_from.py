"""What drafts are made from: conversations that take the draft with them when they are erased."""

from console.conversation.behaviour_draft_events import BehaviourDrafted
from console.conversation.draft_events import ArticleDrafted
from console.conversation.drafts import conversations_of
from console.conversation.scenario_draft_events import ScenarioDrafted


def made_from(data: object) -> tuple[str, ...]:
    """Return the conversations that a draft of an article, a behaviour or a scenario is made from.

    Of the data of any other event, none.
    """
    match data:
        case ArticleDrafted(conversation=conversation, lines=lines):
            return conversations_of(conversation, lines)
        case BehaviourDrafted(conversations=conversations):
            return conversations
        case ScenarioDrafted(conversation=conversation):
            return (conversation,)
        case _:
            return ()
