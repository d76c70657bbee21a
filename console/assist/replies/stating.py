"""Replies that state how a matter stands: what was true of one customer's parcel is not true of the next one's."""

import re
from typing import Final

from console.assist.replies.claims import claims_a_deed

_THING: Final = r"(?:it|they|that|this|there|everything|nothing|\{order\.\w+\}|the (?:first|second|new|old|other) one)"
_VERB: Final = (
    r"(?:['’](?:s|ve|re|d|ll)| (?:is|are|was|were|has|have|had|will|isn['’]t|wasn['’]t|hasn['’]t|didn['’]t|came|left"
    r"|[a-z]+ed))"
)
_STATES: Final = re.compile(
    rf"(?:^|[.!?:;,–(]\s+|\n)(?:(?:and|so|but|because|as|yes|no),? )?{_THING}{_VERB}\b"
    r"|\b(?:yesterday|last (?:night|week)|this (?:morning|afternoon)|tonight|tomorrow|ago|already|by now|so far)\b"
    r"|(?:^|[.!?:]\s+|\n)[Ff]ound (?:it|that|them|this|both|your)\b"
    r"|\bI (?:have (?:it|that|them)|found|see|can see|looked|asked|told|put|sent|spoke)\b|\bI['’]ve (?!to\b)",
    re.IGNORECASE,
)
"""A sentence that begins with the thing at hand, a time near the present one, or what the agent saw and did."""


def states_a_case(template: str) -> bool:
    """Return whether a reply tells how one matter stands or what was done in it; others ask, offer or explain."""
    return claims_a_deed(template) or _STATES.search(template) is not None
