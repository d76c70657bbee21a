"""Closing with a wrap-up on a real desk server, its own engine reading the demo company's content."""

import asyncio

import pytest

from console.commands.attach import WorkspaceDesk
from console.conversation import commands as c
from console.conversation.wrap_up import FollowUpKind
from console.conversation.wrap_up_commands import TickFollowUp, WrapUpForm
from console.terminal.client import HttpDesk
from console.workspace import Workspace
from tests.desks import until
from tests.end_to_end.test_first_contact import LOST, PATIENCE, customer, writes


@pytest.mark.slow
async def test_a_promise_goes_from_the_chat_to_the_list_and_back_into_the_next_closing(
    workspace: Workspace, robins: WorkspaceDesk
) -> None:
    """Proposed with its day and message, confirmed, listed, ticked off; and there again once the chat is reopened."""
    robin = HttpDesk(*await asyncio.to_thread(robins.attach))
    url, _ = await asyncio.to_thread(robins.attach)
    async with customer(url) as page:
        await writes(page, LOST)
        async with asyncio.timeout(PATIENCE):
            async with robin.events(0) as stream:
                async for _ in stream:
                    if (await robin.inbox()).rows:
                        break
            name = (await robin.inbox()).rows[0].id
            await robin.claim(name)
            assert (await robin.send(name, c.SendMessage("I'll write to you tomorrow about the scan.", "k"))).sent

            async def reads() -> bool:
                return not (await robin.wrap_up(name)).silent

            await until(reads, PATIENCE)
            proposal = await robin.wrap_up(name)
    (promise,) = [f for f in proposal.follow_ups if f.kind is FollowUpKind.PROMISE]
    assert (promise.by, promise.message, promise.when) == ("Robin Ashdale", "m2", "tomorrow")
    assert proposal.note[0].sources == ("m1",)
    form = WrapUpForm(tuple(f for f in proposal.fields if f.value), proposal.follow_ups)
    await robin.close_conversation(name, c.Close("explained", True, proposal.note_text, form))
    assert promise in [one.follow_up for one in (await robin.follow_ups()).follow_ups]
    await robin.tick_follow_up(name, TickFollowUp(promise.id))
    assert promise.id not in [one.follow_up.id for one in (await robin.follow_ups()).follow_ups]
    await robin.reopen(name, c.Reopen("one more thing"))
    again = await robin.wrap_up(name)
    assert again.again
    assert [f.done for f in again.follow_ups if f.id == promise.id] == [True]
    await robin.close()
