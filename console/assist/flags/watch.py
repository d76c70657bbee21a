"""All flags of a conversation: the company's policies and the built-in watches, each message read once."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Final

from console.assist.flags import personal
from console.assist.flags.abuse import OWN_TROUBLE, AbuseWatch, insult_in_draft
from console.assist.flags.injection import InjectionWatch
from console.assist.flags.policies import PolicyWatch
from console.assist.flags.standing import due
from console.assist.ports import Embed
from console.assist.slots import record_of
from console.assist.talk import Talk
from console.content.conditions import Record
from console.content.library import Library
from console.content.policies import Watched
from console.conversation.assistance import Flag, KnowledgeHit
from console.conversation.message import Author, Message

_KEPT: Final = 4096


class Watch:
    """Reads messages for flags; what was read of a message is kept, because a message never changes."""

    def __init__(self, library: Library, embed: Embed) -> None:
        self._policies = PolicyWatch(library.policies, embed)
        self._injection, self._abuse = InjectionWatch(embed), AbuseWatch(embed)
        self._again = frozenset(policy.id for policy in library.policies if policy.again)
        self._read: OrderedDict[tuple[str, ...], tuple[Flag, ...]] = OrderedDict()

    @property
    def versions(self) -> tuple[str, ...]:
        """Names and versions of the heads that flag."""
        return tuple(filter(None, (self._abuse.version, self._injection.version)))

    def new_flags(self, talk: Talk, cancelled: Callable[[], bool] = lambda: False) -> tuple[Flag, ...]:
        """Return the flags of all messages on matters that neither stand already nor were dismissed.

        One flag stands for a matter, with the words that raised it first, however often it is written; see
        :mod:`console.assist.flags.standing`. ``cancelled`` is asked before each message; once it says so, the rest is
        left for another turn.
        """
        record = record_of(talk)
        wanted = takewhile(lambda _: not cancelled(), talk.messages)
        found = [(message, flag) for message in wanted for flag in self._of(message, record)]
        return due(found, talk.raised, talk.dismissed, self._again)

    def on_draft(self, text: str, record: Record) -> tuple[Flag, ...]:
        """Return the policy flags of an agent's draft, and whether it insults who reads it."""
        return (*self._policies.check(text, Watched.DRAFT, record, "draft"), *insult_in_draft(text))

    def on_article(self, hit: KnowledgeHit, turn: str) -> tuple[Flag, ...]:
        """Return the flag of an article that is shown at ``turn`` and holds instructions to whoever reads it."""
        return tuple(self._injection.check_article(hit, turn))

    def instructions(self, passage: str) -> tuple[str, ...]:
        """Return the sentences of an article's passage that are no part of it, but instructions to whoever reads."""
        return self._injection.instructions(passage)

    def _of(self, message: Message, record: Record) -> tuple[Flag, ...]:
        order = record.order.number if record.order else ""
        key = (record.customer.id, order, record.intent, message.id, message.role.value, message.text)
        if key not in self._read:
            self._read[key] = tuple(self._check(message, record))
            if len(self._read) > _KEPT:
                self._read.popitem(last=False)
        return self._read[key]

    def _check(self, message: Message, record: Record) -> Iterator[Flag]:
        text = message.text
        match message.role:
            case Author.CUSTOMER:
                steering = tuple(self._injection.check(text, message.role, message.id))
                yield from steering
                policies = tuple(self._policies.check(text, Watched.CUSTOMER, record, message.id))
                yield from policies
                plainly = bool(steering) or any(flag.policy in OWN_TROUBLE for flag in policies)
                yield from self._abuse.check(text, message.id, plainly=plainly)
                yield from personal.check(text, message.id)
            case Author.BOT:
                yield from self._policies.check(text, Watched.BOT, record, message.id)
            case Author.SYSTEM:
                yield from self._injection.check(text, message.role, message.id)
            case Author.AGENT:
                return
