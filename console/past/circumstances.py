"""What one customer's life is like, said in words that are anybody's: illness, family, money, secrets, whereabouts.

“As your surgery is on Thursday” holds no name and no number, and still belongs to one person. No list of such words is
complete; this one makes replies that touch on these matters wait until several customers were told the very same.
"""

import re
from typing import Final

_HEALTH: Final = r"""
    surger(?:y|ies) surgeons? operation hospitals? hospitali[sz]ed clinics? doctors? nurses? ambulance
    illness(?:es)? ill sick(?:ness)? unwell diseases? disab(?:led|ility|ilities) wheelchairs? crutch(?:es)? blind
    deaf pregnan(?:t|cy) miscarriages? cancer tumou?rs? chemo\w* dialysis diabet\w+ asthma\w* epilep\w+ dementia
    autis\w+ depress(?:ed|ion) anxiety bipolar therap(?:y|ist|ies) counsell?\w+ medical medications? medicines?
    prescriptions? diagnos\w+ injur\w+ concussion fractur\w+ seizures? allerg\w+ addict\w* alcohol\w* sober
    rehab\w* transplants? pacemakers? suicid\w+ self-harm\w* vulnerab\w+ (?:heart|panic)\sattacks?
    recovering\sfrom broken\s(?:leg|arm|hip|wrist|ankle|foot|rib|back|hand|shoulder|collarbone)s?
"""
_FAMILY: Final = r"""
    husbands? wife wives spouses? fianc\w+ (?:boy|girl)friends? widow\w* divorc\w+ married marriage weddings? honeymoon
    (?:your|her|his|their)\s(?:ex|partner|family|relatives?) (?:grand|step)?(?:son|daughter|mother|father|child)s?
    (?:grand|step)?children mum mom mummy dad daddy grandad granny grandma grandpa (?:grand)?parents? brothers? sisters?
    aunts? uncles? nieces? nephews? cousins? bab(?:y|ies) toddlers? custody adopt(?:ion|ed|ing) orphans? funerals?
    bereave\w* condolences? mourn\w* grief griev\w+ died dying death deceased pass(?:ed|ing)\saway your\sloss
"""
_MONEY: Final = r"""
    debts? indebted bankrupt\w* insolven\w* arrears redundan\w+ laid\soff unemploy\w+ jobless sacked evict\w* bailiffs?
    (?:can't|cannot|can\snot|couldn't)\safford overdrawn overdrafts? homeless\w* hardship payday salar(?:y|ies) wages?
    (?:your|her|his|their)\s(?:mortgage|rent|pension|benefits?|loans?|income|employer|boss|landlord|landlady|job)
    (?:lost|losing)\s(?:your|her|his|their)\s(?:job|home|house|flat) food\sbanks?
"""
_LAW_AND_BELIEF: Final = r"""
    police prisons? jail\w* arrest\w* probation parole lawyers? solicitors? lawsuits? asylum immigra\w+ refugees?
    deport\w+ abus(?:e|ed|er|ive|ing) violen\w+ assault\w* rap(?:e|ed|ist) stalk\w* harass\w* witness(?:es)?
    religio\w+ church(?:es)? mosques? synagogues? muslims? jewish hindus? catholics? atheis\w+ gay lesbians? bisexual
    transgender queer ethnic\w*
"""
_WHEREABOUTS: Final = r"""
    neighbou?rs? next\sdoor under\s(?:the|your)\s(?:mat|doormat|pot|stone|brick|bin) key\ssafe spare\skey porch
    (?:in|behind|by|at|to)\s(?:the|your)\s(?:shed|garage|greenhouse|hedge|gate|back\sdoor|side\sdoor)
    alone\s(?:at\shome|in\sthe\shouse) (?:home|live)\salone
    (?:you|you're|you\sare|they|while)\s(?:away|abroad|on\sholiday)
    your\s(?:school|university|college|office|workplace|hotel|colleagues?|flatmates?|lodgers?|carers?)
"""
_STREET: Final = (
    r"(?:on|at|to|in|from|of|near) (?!(?:the|an?|your|our|this|that|its|their|his|her|my|one|whole|every|each|be)\b)"
    r"[\w'-]+ (?:street|road|lane|avenue|terrace|crescent|close|mews|boulevard)"
)
_SECRETS: Final = r"""
    (?:password|pass\s?code|pin|code)[:=] (?:security|secret)\s(?:question|answer|word) maiden\sname
"""
_TOLD: Final = (
    r"(?:passwords?|pass ?codes?|pass ?phrases?|pin|combination|codes?|safe ?word|secret)"
    r"(?: [\w'-]+){0,5}? (?:is|was|are|were)"
)
"""The word for a secret, and soon after it what it is."""


def _either(*groups: str) -> str:
    """Return the expressions of ``groups``, which white space separates, as one."""
    return "|".join(expression for group in groups for expression in group.split())


_ABOUT_ONE: Final = re.compile(
    rf"\b(?:{_either(_HEALTH, _FAMILY, _MONEY, _LAW_AND_BELIEF, _WHEREABOUTS, _SECRETS)}|{_STREET}|{_TOLD})(?![\w-])",
    re.IGNORECASE,
)


def about_one(text: str) -> bool:
    """Return whether ``text`` speaks of matters that belong to one customer's life."""
    return bool(_ABOUT_ONE.search(text.replace("’", "'")))
