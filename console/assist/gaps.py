"""Questions of customers that no article answers."""

from dataclasses import replace

from console.assist.asking import question_of, self_contained
from console.assist.ports import KnowledgeBase
from console.assist.slots import slot_values
from console.assist.slotting import known_in, spoken
from console.assist.talk import Talk
from console.conversation.assist_events import QuestionUnanswered


def gap_of(talk: Talk, knowledge: KnowledgeBase) -> QuestionUnanswered | None:
    """Return the newest message's question if no article answers it.

    A question that can be understood by itself is asked by itself: what was spoken of before would lend it answers to
    other questions. Any other one is a gap only where the conversation finds nothing either.
    """
    known = known_in(talk.customer, talk.messages, slot_values(talk, ()))
    question = question_of(talk, known)
    if not question:
        return None
    alone = knowledge.nearest((replace(talk.messages[-1], text=spoken(question)),))
    if alone is None or alone.answerable:
        return None
    if not self_contained(question):
        together = knowledge.nearest(talk.messages)
        if together is None or together.answerable:
            return None
    hit = alone.hit
    if hit is None:
        return QuestionUnanswered(question, talk.turn)
    return QuestionUnanswered(question, talk.turn, hit.document, hit.title, hit.score)
