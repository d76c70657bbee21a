"""What every adapter of the tools port does, over the order system without a network and over real HTTP."""

from collections.abc import AsyncIterator, Mapping

import pytest
import pytest_asyncio

from console.assist.bot.ports import Call, Tools
from console.conversation.people import Customer
from console.demo.order_system import OrderSystem, application, postcode_of
from console.server.tools import DemoTools
from console.tools.http import HttpTools
from tests.bot.tools import DirectTools, served

DANA, NUMBER = "dana-kovel", "LF-88213"


@pytest_asyncio.fixture(params=["direct", "http", "demo"])
async def tools(
    request: pytest.FixtureRequest,
    system: OrderSystem,
    customers: Mapping[str, Customer],
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Tools]:
    """The order system by each way; last as the demo's server starts it."""
    if request.param == "demo":
        monkeypatch.setattr("console.demo.order_system.order_system", lambda records, today: system)
        demo = DemoTools(customers, 4.0)
        yield demo
        await demo.close()
        return
    if request.param == "direct":
        yield DirectTools(system)
        return
    with served(application(system, "key")) as address:
        http = HttpTools(address, "key")
        yield http
        await http.close()


async def test_a_look_up_answers_for_the_customer_who_owns_the_order(tools: Tools) -> None:
    result = await tools.call(Call("order_status", DANA, {"order.number": "lf 88213"}))
    assert (result.found, result.customer, result.fields["status"]) == (True, DANA, "in transit")


async def test_nobody_gets_anothers_order(tools: Tools) -> None:
    assert not (await tools.call(Call("order_status", "iris-tam", {"order.number": NUMBER}))).found


async def test_who_knows_number_and_postcode_is_matched(tools: Tools) -> None:
    told = {"order.number": NUMBER, "postcode": postcode_of(DANA).lower()}
    assert (await tools.call(Call("identify", "", told))).customer == DANA
    assert not (await tools.call(Call("identify", "", {**told, "postcode": "QX1 1AA"}))).found


async def test_an_action_with_the_same_key_is_done_once(tools: Tools, system: OrderSystem) -> None:
    call = Call("send_invoice", DANA, {"order.number": NUMBER}, "c1:m1:send_invoice")
    assert await tools.call(call) == await tools.call(call)
    assert system.sent == [(DANA, NUMBER)]


async def test_an_unknown_tool_finds_nothing(tools: Tools) -> None:
    assert not (await tools.call(Call("delete_everything", DANA))).found
