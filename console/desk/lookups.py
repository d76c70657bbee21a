"""Look-ups by hand that found no answer: kept in the log, so that the article can be written."""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import datetime

from console.assist.asking import is_question, masked
from console.assist.slotting import Known, known_in
from console.conversation.assist_events import QuestionUnanswered
from console.conversation.commands import LookedUp
from console.conversation.events import WORKSPACE, NewEvent
from console.conversation.people import Agent
from console.desk.assistant import Lookup
from console.desk.live import LiveLog
from console.text import clean_line


class Lookups:
    """Keeps what members of staff looked for in vain."""

    def __init__(self, live: LiveLog, lookup: Callable[[], Lookup], now: Callable[[], datetime]) -> None:
        self._live, self._lookup, self._now = live, lookup, now

    async def done(self, agent: Agent, command: LookedUp) -> bool:
        """Take in that a look-up is done with; return whether it was kept: a question without an answer, once a day.

        Personal details of the conversation's customer become slots. Raises :class:`NotReady` without a knowledge
        base, :class:`NotFound` for a conversation that there is not.
        """
        query = clean_line(command.query, 300)
        if not is_question(query):
            return False
        known = Known()
        if command.conversation != WORKSPACE:
            state = await self._live.state(command.conversation)
            known = known_in(state.customer, state.messages, {})
        found = await asyncio.to_thread(self._lookup().search, query, 1)
        if found.answerable:
            return False
        question, now = masked(query, known), self._now()
        hit = next(iter(found.hits), None)
        data = QuestionUnanswered(question)
        if hit:
            data = QuestionUnanswered(question, "", hit.document, hit.title, hit.score)
        said = "\0".join((agent.id, command.conversation, question.lower(), now.date().isoformat()))
        once = hashlib.sha256(said.encode()).hexdigest()[:24]
        event = NewEvent(command.conversation, f"agent:{agent.id}", data, now, "look-up", once)
        return not (await self._live.record([event])).repeated
