"""What behaviours say of the bot's tools, and what is wrong with it."""

from pathlib import Path

import pytest

from console.content.errors import ContentError
from console.content.loader import load_library
from console.content.tools import ToolKind
from console.conversation.people import Identity

BEHAVIOUR = r"""
title = "Order status"
layer = "autonomous"
tier = 1
articles = ["orders/*"]
[triggers]
patterns = ['order']
[[collect]]
fact = "order number"
slot = "order.number"
ask = "Which one?"
[[tool]]
name = "order_status"
kind = "look-up"
title = "Order status"
needs = ["order.number"]
say = ["Order {order.number} is {status}."]
[tool.returns]
"order.number" = 'LF-\d{5}'
status = 'sent'
"""


def load(folder: Path, text: str) -> object:
    """Load a workspace's content with this behaviour."""
    file = folder / "behaviours" / "order-status.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return load_library(folder).behaviours


def test_a_tool_is_read_with_its_defaults(tmp_path: Path) -> None:
    load(tmp_path, BEHAVIOUR)
    behaviour = load_library(tmp_path).behaviour("order-status")
    assert behaviour
    (tool,) = behaviour.tools
    assert (tool.kind, tool.identity, behaviour.articles) == (ToolKind.LOOK_UP, Identity.MATCHED, ("orders/*",))
    assert behaviour.tool("other") is None


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('needs = ["order.number"]', 'needs = ["postcode"]', "needs 'postcode', which no [[collect]] asks for"),
        ("is {status}", "is {statis}", "did you mean 'status'?"),
        ('kind = "look-up"', 'kind = "action"', "give it examples"),
        ('kind = "look-up"', 'kind = "action"\nidentity = "anonymous"', "an action needs an identity"),
        ("status = 'sent'", "status = '(a+)+b'", "takes too long"),
        ('say = ["Order {order.number} is {status}."]', "", "a tool needs 'say'"),
    ],
)
def test_a_tool_that_cannot_work_is_named_with_its_file(tmp_path: Path, old: str, new: str, problem: str) -> None:
    with pytest.raises(ContentError) as error:
        load(tmp_path, BEHAVIOUR.replace(old, new))
    assert "order-status.toml" in str(error.value)
    assert problem in str(error.value)


def test_what_the_company_identifies_by_may_be_needed_by_any_tool(tmp_path: Path) -> None:
    fact = '[[identify]]\nfact = "postcode"\nslot = "postcode"\nask = "Which postcode?"\n'
    (tmp_path / "company.toml").write_text(fact, encoding="utf-8")
    load(tmp_path, BEHAVIOUR.replace('needs = ["order.number"]', 'needs = ["postcode"]'))
    assert [f.slot for f in load_library(tmp_path).identify] == ["postcode"]


ACTION = BEHAVIOUR.replace('kind = "look-up"', 'kind = "action"\nexamples = ["send it"]')


def test_an_action_done_unasked_with_what_was_understood_is_doubted(tmp_path: Path) -> None:
    """But not where its answer has to name the same thing."""
    load(tmp_path, ACTION)
    assert not [d for d in load_library(tmp_path).doubts if "order_status" in d]
    load(tmp_path, ACTION.replace('"order.number" = ', '"other" = ').replace("{order.number}", "{other}"))
    (doubt,) = (d for d in load_library(tmp_path).doubts if "order_status" in d)
    assert "{order.number}" in doubt
    assert "'confirm'" in doubt
