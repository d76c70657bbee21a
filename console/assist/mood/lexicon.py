"""Words and phrases that carry feeling, each with a valence from -1 to 1, as customers of a service use them."""

import re
from collections.abc import Mapping
from typing import Final

from console.assist.recognise.words import words_of

_GROUPS: Final[Mapping[float, str]] = {
    -1.0: (
        "furious outraged disgusting disgusted disgraceful livid scum scam scammers fraudsters thieves hate outrage "
        "appalling abysmal atrocious despicable unforgivable enraged fuming fuck fucking fucked bullshit "
        "cunt bitch bastard asshole motherfucker fck"
    ),
    -0.8: (
        "ridiculous unacceptable terrible horrible awful useless worst pathetic joke incompetent "
        "shambles rubbish angry "
        "shit crap shocking disgrace insulting idiots idiot stupid farce lied liar liars lying garbage damn hell wtf "
        "infuriating inexcusable moron morons shambolic laughable dumb dumbass dumbo dumber loser clown "
        "clowns ugh pff crappy bloody duh"
    ),
    -0.6: (
        "annoyed annoying frustrated frustrating frustration disappointed disappointing disappointment fed sick "
        "complaint complain nonsense poor bad upset unhappy dissatisfied ignored wasted hopeless absurd nightmare "
        "incompetence rude outrageous mess fail failed failing sucks ffs unprofessional unbelievable misled cheated "
        "refuse refused"
    ),
    -0.4: (
        "late delayed waiting faulty worried concerned unfair slow nothing still urgent urgently desperate impossible "
        "overcharged stranded anxious seriously tired sad annoy annoys rude confusing nevermind"
    ),
    -0.15: "wrong broken delay problem issue damaged missing lost stuck confused never again already "
    "unfortunately error",
    0.1: "ok okay fine alright sure cool yes hope",
    0.5: "good nice thanks thank cheers happy glad helpful kind pleased appreciate ta welcome better relieved",
    0.8: "great excellent lovely perfect awesome wonderful brilliant fantastic love loved superb "
    "delighted amazing best",
}

WORDS: Final[Mapping[str, float]] = {word: value for value, words in _GROUPS.items() for word in words.split()}
"""Valence by lower-case word."""

PHRASES: Final[tuple[tuple[re.Pattern[str], float], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), value)
    for pattern, value in (
        (r"(?<!a )(?<!lovely )\bgood (?:morning|afternoon|evening|day|night|bye)\b", 0.0),
        (r"(?:\bwould|['’]d) (?:really )?(?:love|like) (?:to|a|an|some|it)\b", 0.0),
        (r"\bi(?:['’]ve| have)? (?:made|make) (?:such )?a mess\b|\bmy (?:own )?(?:mistake|fault|bad|mess)\b", 0.0),
        (
            r"\bget(?:ting)? out (?:more|and about|of (?:the|my) (?:house|door))\b|"
            r"\bwhatever (?=(?:they|he|she|it|happens|the|else)\b)",
            0.0,
        ),
        (r"\b(?:an? (?:absolute |real )?(?:star|legend|hero|lifesaver|gem|angel)|made my day)\b", 0.8),
        (r"\bfed up\b|\bsick (?:and tired )?of\b|\bhad enough\b|\bsick to death\b", -0.9),
        (r"\bwast(?:e|ed|ing) (?:of )?(?:my |our )?time\b|\bjoke of a\b|\bwhat a joke\b", -0.9),
        (
            r"\b(?:not|isn'?t|never) (?:good enough|acceptable|happy|impressed|helpful|helping)\b|\bno (?:help|use)\b",
            -0.7,
        ),
        (r"\b(?:how (?:many|much) (?:more )?(?:times|longer)|for the (?:\w+ )?time)\b", -0.7),
        (
            r"\balready (?:told|said|gave|given|explained|asked|answered|did|sent)\b|\b(?:i|i'?ve) "
            r"(?:just )?(?:told|gave) you\b",
            -0.6,
        ),
        (
            r"\b(?:want|need|get me|give me|i'?d like) (?:to (?:speak|talk) (?:to|with) )?(?:an? |the |your )?(?:\w+ )?"
            r"(?:human|person|manager|supervisor|someone real)\b",
            -0.6,
        ),
        (
            r"\b(?:speak|talk|put me through|escalate|pass me)\b[^.!?\n]{0,25}\b(?:manager|supervisor|"
            r"human|person|someone)\b",
            -0.6,
        ),
        (
            r"\b(?:are you (?:even )?(?:listening|reading|there|kidding|serious|joking)|did you (?:even "
            r")?read|answer (?:me|my|the))\b",
            -0.7,
        ),
        (
            r"\b(?:what is wrong with you|what'?s wrong with you|you don'?t (?:understand|listen|get it)|"
            r"you (?:are|'re) not (?:listening|helping))\b",
            -0.9,
        ),
        (
            r"\b(?:never|not) (?:again|using|buying|coming back)\b|\btak(?:e|ing) my business\b|\bcancel everything\b",
            -0.7,
        ),
        (
            r"\b(?:come on|for (?:god'?s|christ'?s|goodness) sake|oh my god|omg|jesus|hurry(?: up)?|what "
            r"the hell|who cares|whatever)\b",
            -0.6,
        ),
        (r"\b(?:still|yet) (?:waiting|nothing|no (?:reply|answer|response|refund|news))\b", -0.6),
        (r"\b(?:can'?t|cannot|won'?t|don'?t) (?:believe|understand why)\b", -0.5),
        (
            r"\b(?:shut up|get lost|get out|go away|who asked|none of your business|not your business|why "
            r"do you (?:care|need|ask))\b",
            -0.9,
        ),
        (
            r"\b(?:right now|now!|asap!|do it!|just do (?:it|your job)|i don'?t have (?:all day|time)|"
            r"quick(?:ly)?!|faster!)",
            -0.5,
        ),
        (
            r"\b(?:forget (?:it|the whole thing)|never ?mind then|thanks for nothing|great,? just "
            r"(?:great|perfect)|do you even)\b",
            -0.8,
        ),
        (r"\b(?:doesn'?t|does not|didn'?t|isn'?t|not) work(?:ing)?\b", -0.4),
        (
            r"\b(?:thank you|thanks)(?: so| very)? much\b|\bmuch appreciated\b|\byou'?ve been (?:great|"
            r"brilliant|so|very|really)\b",
            0.8,
        ),
        (r"\b(?:that works|sounds good|no (?:problem|worries|rush)|that'?s (?:great|fine|perfect|brilliant))\b", 0.6),
    )
)
"""Expressions with their valence; words inside a matching phrase are not counted again.

Those without a valence say nothing of the mood, whatever words they have: a farewell, a wish, blame of oneself.
"""

NEGATIONS: Final = words_of(
    """
    not no never isn't isnt wasn't wasnt aren't arent don't dont doesn't doesnt didn't didnt can't cant cannot won't
    wont hardly barely without nor neither
    """
)
"""Words that turn the valence of one of the next three words round."""

INTENSIFIERS: Final = words_of(
    """
    very really so extremely absolutely totally completely utterly beyond bloody
    """
)
"""Words that make the next one weigh a third more."""
