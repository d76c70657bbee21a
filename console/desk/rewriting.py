"""The agent's draft in other words, when they ask for it. Their own text stays where it is."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from console.assist.llm.checks import Dropped
from console.assist.llm.ports import ModelTrouble
from console.assist.llm.rewriting import MOST_CHARACTERS, RewriteTask, Wish
from console.conversation.commands import Rewrite, Rewritten
from console.conversation.message import Layer
from console.conversation.people import Agent
from console.desk.assistant import Assistant, talk_of
from console.desk.casework import owned
from console.desk.errors import NotReady, Refused
from console.desk.live import LiveLog
from console.desk.model_calls import ModelCalls, Occasion, said_of
from console.text import clean

NO_MODEL: Final = "no language model is set that rewrites; see [llm] in config.toml"


class Rewriting:
    """Rewrites drafts. ``calls`` is ``None`` where no model is set."""

    def __init__(
        self,
        live: LiveLog,
        calls: ModelCalls | None,
        assistant: Callable[[], Assistant],
        now: Callable[[], datetime],
    ) -> None:
        self._live, self._calls, self._assistant, self._now = live, calls, assistant, now

    @property
    def ready(self) -> bool:
        """Whether there is a model that rewrites."""
        return self._calls is not None and self._calls.terms.rewrites

    async def prepared(self, agent: Agent, conversation: str, command: Rewrite) -> "Rewriter":
        """Return what rewrites this draft; raises at once what the request lacks."""
        if self._calls is None or not self._calls.terms.rewrites:
            raise NotReady(NO_MODEL)
        state = await owned(self._live, agent, conversation)
        if state.layer is Layer.HUMAN_ONLY:
            raise Refused("this conversation is human only: nothing is rewritten here")
        if state.hidden:
            raise Refused("assistance is hidden for this conversation: Alt+H shows it again")
        text, wish = clean(command.text), Wish(command.tone, command.words)
        if not text:
            raise Refused("there is nothing to rewrite yet")
        if len(text) > MOST_CHARACTERS:
            raise Refused(f"a text of at most {MOST_CHARACTERS:,} characters can be rewritten")
        if not wish.instruction:
            raise Refused("say how to rewrite it")
        talk, assistant = talk_of(state, self._now().date()), self._assistant()
        task = await asyncio.to_thread(
            lambda: RewriteTask(talk, text, wish, assistant.published(talk), partial(assistant.check, talk))
        )
        return Rewriter(self._calls, Occasion(conversation, talk.turn, f"agent:{agent.id}"), task)


class Rewriter:
    """One rewrite that can begin."""

    def __init__(self, calls: ModelCalls, occasion: Occasion, task: RewriteTask) -> None:
        self._calls, self._occasion, self._task = calls, occasion, task

    async def run(self, shown: Callable[[str], None]) -> Rewritten:
        """Return the rewritten text; raises :class:`NotReady` with why there is none. ``shown`` sees it come."""
        try:
            return await self._calls.ask(self._occasion, self._task, self._calls.terms.rewrite_seconds, shown)
        except (Dropped, ModelTrouble) as error:
            raise NotReady(f"not rewritten: {said_of(error)} Your text is as it was.") from error
