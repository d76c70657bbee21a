"""What agents read of a customer's answer to an offer."""

import pytest

from console.assist.consent import AGREED, consent_to


@pytest.mark.parametrize(
    "text",
    ["Absolutely not", "Yes I heard you. Do not cancel it.", "sure, never", "Yes I said NO", "That's fine, keep it"],
)
def test_a_denied_yes_is_no_agreement(text: str) -> None:
    assert consent_to(text) != AGREED
