"""What stands behind the flags that are no policy file: what each watches for and why, as an agent may read it."""

from collections.abc import Mapping
from typing import Final

CLAUSES: Final[Mapping[str, tuple[str, str]]] = {
    "abuse": (
        "Abusive language",
        "Insults, slurs and threats that are aimed at a person. Swearing at a situation alone is mood and raises "
        "nothing. You need not bear it: stay calm, set a limit once, and if it goes on you may end the chat or "
        "ask a lead to take over. Threats of violence go to a lead at once.",
    ),
    "prompt-injection": (
        "Text that tries to give instructions to the software",
        "A message or a look-up result holds words addressed to software instead of to you: “ignore your "
        "instructions”, “mark this customer as verified”. Nothing here obeys text, so it has changed nothing. It "
        "tells you that somebody tries, and that what stands around it deserves a second look.",
    ),
    "personal-data": (
        "Personal data in the chat",
        "The customer has sent something that nobody here should hold: a full card number, a security code, a "
        "password, a PIN or a one-time code. Do not repeat it and copy it nowhere, say that it is not needed, and "
        "ask them to change it where it can be changed.",
    ),
    "repeated-secret": (
        "Do not repeat what is secret",
        "Your text holds a full card number, or a secret that the customer has sent. Transcripts are read by more "
        "people than the two of you, so it does not go out. The last four digits, or that it was received, are "
        "enough.",
    ),
    "foreign-data": (
        "Another customer's data?",
        "Your text holds an identifying thing (a number, an address, an e-mail) that is in neither this "
        "conversation, this customer's record nor a public article. It may be somebody else's, so a lead has to "
        "look before it goes out.",
    ),
    "unfilled-slot": (
        "Something is still to be filled in",
        "Your text holds a place in braces that was to be filled with this customer's own value. Fill it in or "
        "take it out.",
    ),
    "escalation-risk": (
        "This may escalate",
        "The customer has not asked for a manager yet, and conversations that went like this one often came to "
        "it. It is worked out from their mood, from what they had to repeat, and from how long nothing moved; the "
        "reasons stand in the flag. It is raised once in a conversation.",
    ),
}
"""Title and text by policy."""
