"""What the README gives a newcomer to try the bot with is true."""

import re
from pathlib import Path

from console.conversation.people import Identity
from tests.bot.conftest import Talking, bot_said

README = Path(__file__).parents[2] / "README.md"


async def test_the_bot_knows_whoever_gives_an_order_and_a_postcode_of_the_readme(talking: Talking) -> None:
    """Two orders, each on its way."""
    named = re.findall(
        r"\*\*(LF-\d{5})\*\* \(postcode \*\*(QX\d+ \d[A-Z]{2})\*\*\)", README.read_text(encoding="utf-8")
    )
    assert len(set(named)) == 2
    for place, (number, postcode) in enumerate(named):
        chat = f"c{place}"
        await talking.open(conversation=chat)
        state = await talking.says("where is my order?", f"{number} and {postcode}", conversation=chat)
        assert state.identity is Identity.MATCHED
        assert f"Order {number}" in bot_said(state)[-1]
        assert "in transit" in bot_said(state)[-1]
