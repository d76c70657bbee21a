"""The tables of :class:`console.review.layers.talks.Talks`, and how its clock is read."""

from typing import Final

from console.conversation.handover import HandoverWhen
from console.conversation.message import Layer

LAYERS: Final = (Layer.AUTONOMOUS, Layer.ASSISTED, Layer.HUMAN_ONLY)
AUTONOMOUS, ASSISTED, HUMAN_ONLY = range(3)
HELD_OUT: Final = 3
"""The number of each layer in a table; conversations that are held out are in none of them."""

TRIGGERS: Final = tuple(HandoverWhen)

CLOSED: Final = 0
HANDED: Final = 1
MOVED: Final = 2
"""How a conversation left a layer."""

BY_OPENING: Final = 0
BY_HANDING: Final = 1
BY_REOPENING: Final = 2
"""How it came into it."""

TALK: Final = (
    "customer", "channel", "opened", "intent", "layer", "tier", "mood", "escalated", "handed", "trigger",
    "claimed", "answered", "closed", "resolved", "disposition", "reopened", "csat",
    "customer_messages", "agent_messages", "bot_messages", "agents", "generated", "held_out",
    "over", "leg", "last", "hold", "holder", "owed", "owed_run", "messages", "first", "skilled", "skill",
)  # fmt: skip
"""A conversation. Moments are in microseconds since 1970; ``handed``, ``claimed``, ``answered`` (by a person) and
``trigger`` are the first ones, ``closed``, ``resolved``, ``disposition`` and ``csat`` the newest. ``mood`` is the
lowest, in thousandths above -1; ``first`` is the number of the event with the customer's first words; ``leg`` is where
it is now, ``last`` where it was last, ``hold`` and ``holder`` who is at it and whose it is. ``skilled`` is what the
behaviour asks for, ``skill`` what somebody passed it on for, ``over`` 1 while it is closed."""

LEG: Final = (
    "talk", "layer", "since", "until", "run", "how", "entered", "resolved", "disposition", "reopened", "reply",
    "reply_took", "replies", "handling", "csat", "intent", "message", "first", "calls", "unpriced", "cost", "newest",
    "quiet", "broken",
)  # fmt: skip
"""A stretch of a conversation in one layer. ``reply`` is when it was first answered and ``reply_took`` after how long,
``handling`` the microseconds that agents were at it, ``cost`` that of the language model in millionths, ``newest`` the
moment of the newest message, ``quiet`` whether that is one of ours; ``broken`` is 1 where the clock was set back
while it lasted, so that how long it took is not known."""

WAIT: Final = ("talk", "leg", "took")
"""An answer, and for how long the customer had waited for it."""

HOLD: Final = ("talk", "leg", "agent", "since", "until", "run")
"""An agent is at a conversation: it is neither parked nor in the queue."""

PRESENCE: Final = ("agent", "since", "until", "run")
"""An agent is there."""

MARK: Final = ("talk", "message", "right")
"""What people made of an answer of the bot."""

DRAFT: Final = ("talk", "leg", "at", "approved")
"""An article that was drafted from a conversation."""
