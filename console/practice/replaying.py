"""A session taken up again before one of the agent's messages: what stands then, and then held against now. Pure."""

from collections.abc import Sequence

from console.conversation.events import Event
from console.conversation.message import Author, Message
from console.conversation.practice_events import CustomerMoved
from console.conversation.state import fold
from console.practice.play import Played, Turn

Part = Message | CustomerMoved


def part_before(history: Sequence[Event], message: str, opening: int) -> tuple[Part, ...]:
    """Return what stood before the agent's ``message``: messages, and where the customer stood, in their order.

    The customer's state is then as it was before they heard it; what the agent had written with it, and the customer
    had not heard either, is left out as well. ``opening`` messages stood there before the agent came. Raises
    :class:`KeyError` where the agent wrote no such message.
    """
    messages = fold(history[0].conversation, history).messages
    places = {one.id: place for place, one in enumerate(messages)}
    if message not in places or messages[places[message]].role is not Author.AGENT or places[message] < opening:
        raise KeyError(message)
    moves = [(event.seq, event.data) for event in history if isinstance(event.data, CustomerMoved)]
    until = next((seq for seq, move in moves if places.get(move.message, -1) >= places[message]), history[-1].seq)
    kept = [(seq, move) for seq, move in moves if seq < until]
    heard = max((places[move.message] for _, move in kept if move.message), default=-1)
    said = [
        (one.seq, one)
        for place, one in enumerate(messages)
        if one.seq < until and (one.role is not Author.AGENT or place <= max(heard, opening - 1))
    ]
    parts: list[tuple[int, Part]] = [*said, *kept]
    return tuple(part for _, part in sorted(parts, key=lambda pair: pair[0]))


def then_and_now(earlier: Played, played: Played, message: str) -> tuple[Turn | None, Turn | None]:
    """Return what came of the agent's ``message`` in an earlier session, and of what they wrote instead.

    ``None`` for an end that the customer never heard.
    """
    places = {one.id: place for place, one in enumerate(earlier.messages)}
    at = next((n for n, turn in enumerate(earlier.turns) if places.get(turn.message, -1) >= places[message]), None)
    kept = len(earlier.turns) if at is None else at
    later = played.turns[kept:]
    now = next((turn for turn in later if turn.message), later[0] if later else None)
    return (None if at is None else earlier.turns[at]), now
