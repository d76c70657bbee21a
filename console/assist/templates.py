"""An agent's text as a template: everything that was one customer's own is a slot."""

import re

from console.assist.recognise.names import addressed
from console.assist.slotting import PERSONAL, Known, slot_text


def template_of(text: str, known: Known) -> str:
    """Return what an agent wrote with slots for what is ``known`` and for what could be anybody's identity.

    Braces of the agent's own become round, so that none passes for a slot.
    """
    return mask_names(slot_text(text.replace("{", "(").replace("}", ")"), known.spans, PERSONAL))


def mask_names(template: str) -> str:
    """Return ``template`` with the names that are plainly used as such (after a title or a greeting) as slots."""
    for name in addressed(template):
        template = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "{name}", template)
    return template
