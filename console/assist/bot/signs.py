"""Emoji and emoticons beside a yes: those that agree are listed, and what is not listed leaves the yes open. Pure."""

import re
from typing import Final

AGREEING: Final = frozenset("👍👌🙏🤝👏🙌💪😀😃😄😁😊🙂☺😉😇🥰😍🤗🎉🥳✨🌟⭐❤💚💙💛🧡💜🤍🖤♥✅✔☑🆗💯🌸🌷🌹💐☀🌞🫶🤞")
"""Signs that say yes or thanks, or are friendly."""

REFUSING: Final = frozenset("👎❌✖❎🚫🛑⛔✋🤚🖐🙅")
"""Signs that say no or stop."""

_BARE: Final = re.compile("[\ufe0e\ufe0f\u200d🏻🏼🏽🏾🏿♀♂]")
"""What only changes how the sign before it looks."""

_EMOTICON: Final = re.compile(r"(?<![\w>])[:;=]['’]?-?[)D](?!\w)")
"""A smile."""

_CROSS: Final = re.compile(r"[:;=]['’]?-?[(\[{/\\|](?!\w)|[)\]]-?['’]?:|(?<!\w)D[:;=]|[:;=]['’]?-?[cC](?!\w)|[>][:;]")
"""A face that does not smile."""

_PLAIN: Final = re.compile(r"[\w\s.,!?'’‘\"“”…–—:;()/&+#*~=<>|^`\[\]-]")


def refuses(text: str) -> bool:
    """Return whether a sign says no."""
    return not REFUSING.isdisjoint(text)


def agrees_or_nothing(text: str) -> bool:
    """Return whether every sign in a text agrees; also where there is none."""
    bare = _EMOTICON.sub(" ", _BARE.sub("", text))
    if _CROSS.search(bare):
        return False
    return all(sign in AGREEING for sign in _PLAIN.sub("", bare))
