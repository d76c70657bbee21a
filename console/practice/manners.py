"""Whether a sentence brushes the one off who reads it: blames, mocks, does not care, sends away. Insults are elsewhere.

Rules know turns of phrase and nothing else: it costs an agent dear to be heard so wrongly. Who is rude in words of
their own is not praised for it, where nothing in them is kind. Pure.
"""

import re
from typing import Final

_PEOPLE: Final = r"(?:people|customers|folks|lot|guys|types?|kind)"
_RULES: Final = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        # blames
        r"^\W*your (?:own )?fault\b|\byour own (?:\w+ )?(?:fault|problem|doing|mistake|stupidity|carelessness)\b",
        r"\b(?:it|this|that)(?: is|['’]?s|['’]?s all| is all) (?:all )?(?:your|you['’]?re) (?:fault|problem|"
        r"lookout)\b",
        r"(?<!don['’]t )\b(?:blame yoursel(?:f|ves)|(?:only|nobody but|no one but) yoursel(?:f|ves) to blame|"
        r"serves? you right|"
        r"you (?:asked for (?:it|this|that)\W*$|had it coming|did (?:this|it|that) to yourself|only have yourself))",
        r"\byou (?:really |clearly |simply )?(?:should|could|might) have (?:thought|read|checked|looked|"
        r"listened|known|asked)\b"
        r"(?! (?:an?|the) (?:answer|reply))",
        r"\b(?:next time|try to|for once)[, ]+(?:\w+ )?(?:use your (?:head|brain)|think|listen|read)\b|"
        r"\buse your (?:head|brain|eyes)\b",
        r"\bwhat did you (?:honestly |really )?expect\b|\bnobody (?:forced|made|asked) you(?: to\b|\W*$)",
        r"\bashamed of yourself\b|\byou brought (?:this|it|that) (?:all )?(?:on|upon) yourself\b|"
        r"\bif you had any (?:brains?|sense)\b|\byou(?:['’]d| had) better (?:just )?(?:get used|learn)\b",
        # lumps together
        rf"\byou (?:{_PEOPLE}) (?:are|never|always|all|just|only|think|don['’]?t|can['’]?t)\b|"
        rf"\b{_PEOPLE} like you\b|\byour (?:kind|sort|type|lot) (?:is|are|of|never|always)\b|"
        rf"\ball the same\b.*\b(?:moan|complain|whin)",
        r"^\W*(?:oh no,? )?(?:not )?you again\b|\bhere we go again\b|\bsome (?:people|"
        r"customers) (?:just )?(?:can|should|never|have no)",
        # mocks
        r"\b(?:are|were) you (?:even |really |completely |totally )?(?:blind|deaf|dumb|thick|drunk|mad|crazy|"
        r"stupid|slow|"
        r"illiterate|kidding|joking|finished|done (?:moaning|complaining|now|yet)|listening|born yesterday|"
        r"serious)\b",
        r"^\W*(?:can|could|do|did)(?:n['’]t| not)? you (?:not )?(?:ever |even )?(?:read|listen|count|think|hear)\W*$|"
        r"\b(?:can|do)n['’]t you (?:ever |even )?(?:read|listen|think)\b",
        r"\bwhat(?:['’]s| is) (?:wrong|the matter) with you\b|\bwho do you think you are\b|\bwhat(?:['’]s|"
        r" is) your problem\b",
        r"\b(?:which|what) part of\b.*\b(?:not|n['’]t|unclear|understand)\b|"
        r"\bdo i (?:really )?(?:have|need) to (?:spell|draw|hold|explain (?:it|this|that) again|repeat)|"
        r"\bdraw you a\b",
        r"\b(?:even )?(?:a|any|my) (?:\w+ )?(?:child|kid|toddler|monkey|grandmother|granny|fool|idiot|baby) "
        r"(?:could|can|would|knows?|manages?)\b|\bnot rocket science\b|\bisn['’]t rocket science\b",
        r"\b(?:grow up|get a life|boo[- ]?hoo|cry me a river|big deal|(?:oh,? )poor (?:you|baby)\W*$|dream on|"
        r"give (?:me|us|it) a (?:break|rest)|nice try|spare (?:me|us)\b|sob story|want a (?:medal|tissue)|"
        r"first[- ]world problems?|"
        r"(?:suck|buck) it up|(?:bore|boring) (?:me|us)|mind your (?:tone|language|manners)|"
        r"(?:learn|teach|have)(?: you)? (?:some|any|no)? ?manners)\b",
        r"\b(?:stop|quit|had enough of|enough of|done with|sick of|tired of|fed up with) (?:your |the |all (?:the|this|"
        r"your) |this |that )?"
        r"(?:whin(?:e|ing)|whing(?:e|eing)|moan(?:s|ing)?|complain(?:ing|ts?)|cry(?:ing)?|bother(?:ing)?|"
        r"pester(?:ing)?|nagging|nonsense|"
        r"drama|rubbish|writing to (?:me|us)|asking(?:\W*$| me| us)|wasting|being (?:so )?(?:difficult|silly|"
        r"rude|childish))\b",
        r"\b(?:don['’]?t|do not|you(?:['’]re| are)) (?:just |only |really )?(?:waste|wasting|bother|"
        r"bothering) (?:my|our|me|us|people)\b|"
        r"\byou(?:['’]re| are)(?: \w+)? (?:annoying|impossible|hopeless|hysterical|exhausting|a nuisance|being "
        r"(?:difficult|silly|childish|ridiculous|hysterical|rude)|lying|making (?:a (?:fuss|scene)|this up)|"
        r"overreacting|"
        r"nothing special|not (?:that |so )?(?:important|special|worth))\b",
        r"\b(?:get|getting|got) on (?:my|our) nerves\b|\bmake (?:such )?a (?:fuss|drama|scene)\b|\b(?:sick|"
        r"tired) of (?:you|people)\b",
        r"^\W*(?:just |now )?(?:calm down|stop worrying)\b|\bno need to (?:shout|yell|be rude)\b|"
        r"\byou(?:['’]ve| have) no (?:idea|clue)\b|\bi (?:don['’]t|"
        r"do not) believe (?:a word|you)\b",
        r"\b(?:silly|dumb|ridiculous|pointless|idiotic) (?:question|complaint|thing to (?:ask|complain|say))",
        r"\b(?:how (?:thick|dumb|stupid|slow) can|(?:dumb|stupid|daft|silli)est (?:thing|question)|learn to read|"
        r"typical customer|more (?:sense|brains?) than you|can['’]t (?:help|fix) stupid|drivel|"
        r"what an? (?:whiner|moaner|crybaby|pest|drama queen)|i suppose you think i['’]m your)\b",
        # does not care
        r"\b(?:i|we|nobody|no one|no-one)(?: (?:here|really|honestly|just|at all))* (?:(?:don['’]?t|do not|"
        r"could(?:n['’]t| not)?|does(?:n['’]t| not)) "
        r"(?:really |even )?(?:care|give a|mind what you)|cares?\b(?! about (?:it|this|that|you|getting))|"
        r"couldn['’]t be bothered)",
        r"\b(?:nobody|no one|no-one)\b[^.?!]{0,12} cares?\b|\b(?:who|as if (?:i|we|anyone)) cares?\b|"
        r"\bcan['’]?(?:no)?t be (?:bothered|arsed)\b",
        r"\b(?:not|none of|isn['’]t|no) (?:my|our) (?:job|problem|business|concern|department|fault|circus|"
        r"worry|responsibility)\b(?!,? but\b.*\b(?:i|we)['’ ]?(?:ll|will))",
        r"^\W*(?:so what|whatever|and\?|so\?|too bad|tough(?: luck)?|bad luck|hard (?:cheese|luck)|yawn|as if|"
        r"blah|yeah,? yeah|"
        r"not interested|never mind you|enough(?: already)?|big deal|oh please)\W*(?:$|blah|that['’]s (?:life|"
        r"how it is))",
        r"\b(?:end of story|deal with it|live with (?:it|that)|get over it|take it or leave it|get used to it|"
        r"you['’]ll (?:survive|live)\b)",
        r"\b(?:i|we) (?:have|['’]ve) (?:no (?:time|interest|patience)(?: for (?:you|this|that|it)\b|\W*$)|"
        r"better things|other things|more important)\b(?! (?:to (?:tell|report)|yet))|"
        r"\b(?:haven['’]t|have not|don['’]t have) (?:got )?(?:the )?time for (?:this|you|that|it)\b|"
        r"\bpaid enough\b|\bi (?:only|just) work here\b",
        r"\b(?:your|servant|mother|mum|babysitter|nanny|slave|maid)\b[^.?!]{0,60}\b(?:am i|i am|i['’]m) not\b|"
        r"\b(?:i am|i['’]m|we are|we['’]re) not (?:your|a|here to be your) (?:servant|mother|mum|babysitter|"
        r"nanny|slave|maid|secretary)s?\b",
        r"\b(?:why|what|how) (?:should|would|does|is) (?:i|that|this|it)\b[^?]{0,20}\b(?:help you|"
        r"interest (?:me|us)|care|(?:my|our) problem|matter to (?:me|us))\b",
        r"\bwhat (?:do you (?:want|expect) (?:me|us) to|am i (?:supposed|meant) to|should i) do (?:about|"
        r"with) (?:it|that|this)\b",
        r"\bnothing to do with (?:me|us)\b|\bnone of (?:my|our|your) (?:business|concern)\b|"
        r"\b(?:makes no difference|all the same) to (?:me|us)\b",
        r"\b(?:it['’]?s|it is|that['’]?s|that is) (?:just|only) (?:an?|some|one) \w+(?: \w+)?(?:, (?:get|you|"
        r"don|not|so)|, after all)",
        r"\b(?:worse things|real problems|more important (?:things|customers|people)|other customers (?:to|"
        r"who)|(?:only|not the only) (?:one|customer))\b"
        r"(?=.*\b(?:life|world|have|than|you know|waiting|you)\b|\W*$)(?<!i)",
        r"\bnothing you say (?:interests|bothers|matters)\b|\bso (?:don['’]t|do not) (?:complain|moan|whine)\b",
        # sends away
        r"(?<!n['’]t )(?<!not )\b(?:go away|get lost|clear off|bugger off|push off|leave (?:me|us) alone|"
        r"go (?:and )?(?:bother|cry|complain|annoy|ask) (?:some|to some|else)|"
        r"shop (?:somewhere|elsewhere)|buy (?:somewhere|elsewhere)|go (?:somewhere else|"
        r"elsewhere)|then don['’]?t (?:buy|order|come))\b",
        r"\b(?:someone|somebody) else to (?:annoy|bother|pester)\b|\b(?:don['’]t|never) come back\W*$|"
        r"\bhang up on you\b|\bjust wait and stop\b",
        r"^\W*(?:just |then |go and |why don['’]t you (?:just )?)?(?:google (?:it|that)|look it up|"
        r"find (?:it )?out|figure it out|sort it (?:out )?)(?: yourself| alone|\W*$)",
        r"^\W*(?:just |go and |go )?(?:read|use|try|search|check) (?:the|our) (?:website|web ?page|page|faq|"
        r"manual|instructions|terms|search box|internet)\b"
        r"(?=[^.]*\b(?:like every|yourself|not your|for once|that['’]s what|before you|instead of|stop)\b|\W*$)",
        r"\b(?:read (?:it|that|what i wrote) again|read what i wrote|listen for once|hurry up|"
        r"so make it (?:quick|short)|(?:^|and )make it (?:quick|short)|get (?:this|it) over with)\b",
        r"\bwhy (?:are|do) you (?:keep )?(?:tell(?:ing)?|writ(?:e|ing)|ask(?:ing)?|bother(?:ing)?|"
        r"contact(?:ing)?) (?:me|us|to me|to us)\b(?! (?:what|which|how|about (?:the|your)))",
        r"\bi(?:['’]ve| have) (?:told you|said(?: it| that| so)?|explained(?: it| that)?) (?:\w+ )?(?:already|"
        r"times|twice|before)\b(?=.*\b(?:listen|read|again)\b|\W*$)",
        r"\bi(?:['’]m| am) not (?:going to )?(?:repeat|repeating) myself\b|\bi said no\b",
        r"\bcome back when (?:you|there)\b.*\b(?:real|proper|calm|know|sober)|\b(?:do|sort|manage|handle|"
        r"fix) (?:it|that|this)(?: out)? (?:on your own|yourself)\W*$",
    )
)


def brushes_off(text: str) -> bool:
    """Return whether a rule knows in a sentence how somebody is brushed off."""
    return any(rule.search(text) for rule in _RULES)
