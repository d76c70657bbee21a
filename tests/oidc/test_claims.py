"""Claims of a person, read as the settings map them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from console.conversation.people import Role
from console.oidc.claims import Vouched, read_claims
from console.sign_in_settings import OidcSettings

MAPPING = [("leads", Role.LEAD), ("team a", Role.AGENT), ("support", Role.AGENT)]
WHO = {"iss": "https://login.example", "sub": "1", "name": "Robin"}


def roles(claims: dict[str, Any], path: str = "groups") -> tuple[Role, ...]:
    """Return the roles that claims lead to."""
    vouched = read_claims({**WHO, **claims}, path, MAPPING)
    assert vouched is not None
    return vouched.roles


def test_groups_lead_to_roles_in_the_order_of_the_mapping() -> None:
    """Each once."""
    assert roles({"groups": ["support", "x", "team a", "leads"]}) == (Role.LEAD, Role.AGENT)
    assert roles({"groups": "support"}) == (Role.AGENT,)


def test_a_claim_may_lie_deeper_or_have_a_dot_in_its_name() -> None:
    """As those of Keycloak and of Auth0."""
    assert roles({"realm_access": {"roles": ["leads"]}}, "realm_access.roles") == (Role.LEAD,)
    assert roles({"https://desk.example/roles": ["leads"]}, "https://desk.example/roles") == (Role.LEAD,)


@pytest.mark.parametrize("value", [None, 5, {}, {"leads": True}, [["leads"]], [5, None], "LEADS", "leads,support", ""])
def test_whatever_else_stands_there_leads_to_no_role(value: object) -> None:
    """There is none by default."""
    assert roles({"groups": value}) == ()
    assert roles({"groups": ["leads"]}, "") == ()


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": "Rob\u202ein\n\x1b[31m"}, "Robin [31m"),
        ({"name": ""}, "1"),
        ({"name": 5, "preferred_username": "robin"}, "robin"),
        ({"name": "R" * 500}, "R" * 60),
    ],
)
def test_a_name_is_cleaned_and_kept_short(claims: dict[str, Any], name: str) -> None:
    """Whoever has none is called by their subject."""
    vouched = read_claims({**WHO, **claims}, "", [])
    assert vouched == Vouched("https://login.example", "1", name, ())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["iss", "sub", "name", "groups", "preferred_username"]), json_values))
def test_claims_of_any_shape_are_read_or_refused(claims: dict[str, Any]) -> None:
    """A provider may send anything."""
    vouched = read_claims(claims, "groups.roles", MAPPING)
    assert vouched is None or (vouched.name and vouched.subject)


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"issuer": "login.example"}, "whole address"),
        ({"issuer": "https://login.example"}, "'client_id' and 'callback'"),
        ({"issuer": "http://login.example", "client_id": "x", "callback": "https://d/v1/oidc/callback"}, "https"),
        ({"issuer": "https://l", "client_id": "x", "callback": "https://desk.example/"}, "/v1/oidc/callback"),
        ({"roles": ("support",)}, "group=role"),
        ({"roles": ("support=king",)}, "group=role"),
        ({"consoles": ("console.example",)}, "whole address"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(settings: dict[str, Any], why: str) -> None:
    """In words."""
    with pytest.raises(ValidationError, match=why):
        OidcSettings(**settings)
