"""Names of one file that stand in another: intents, policies, skills; and hand-overs that lead in circles."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from fnmatch import fnmatchcase

from console.content.behaviours import Behaviour
from console.content.checks.authored import Authored, Doubt, Finding, nearest
from console.content.conditions import INTENT, Condition
from console.content.macros import Macro
from console.content.policies import Policy

_TYPING_SLIP = 0.85
"""Likeness from which a skill that stands once is taken for a misspelling of one that stands more often."""


def in_macros(macros: Sequence[Authored[Macro]], intents: Set[str]) -> Iterator[Finding]:
    """Yield the macros that name an intent which no behaviour has."""
    for authored in macros:
        macro = authored.item
        what = f"macro '{macro.id}'"
        for intent in macro.intents:
            if intent not in intents:
                yield authored.fault(_unknown(what, intent, intents), "intents", words=intent)
        yield from _in_conditions(authored, what, macro.when, intents)


def in_policies(policies: Sequence[Authored[Policy]], intents: Set[str]) -> Iterator[Finding]:
    """Yield the conditions of policies on an intent that no behaviour has."""
    for authored in policies:
        yield from _in_conditions(authored, f"policy '{authored.item.id}'", authored.item.when, intents)


def in_scenarios(scenarios: Sequence[Authored[str]], intents: Set[str]) -> Iterator[Finding]:
    """Yield the scenarios, each given by the intent it names, whose intent no behaviour has."""
    for authored in scenarios:
        if authored.item and authored.item not in intents:
            yield authored.fault(_unknown("the scenario", authored.item, intents), "intent")


def in_behaviours(
    behaviours: Sequence[Authored[Behaviour]], policies: Set[str], intents: Set[str]
) -> Iterator[Finding]:
    """Yield the policies and intents that behaviours name and that are not there."""
    for authored in behaviours:
        behaviour = authored.item
        for name in behaviour.policies:
            if name not in policies and not behaviour.built_in:  # a company may have left the product's policy out
                problem = f"'triggers.policies' names '{name}', which is no policy{nearest(name, policies)}"
                yield authored.fault(problem, "triggers", "policies")
        for place, rule in enumerate(behaviour.handover):
            if rule.to and rule.to not in intents:
                yield authored.fault(_unknown("'handover.to'", rule.to, intents), "handover", place, "to")


def loops(behaviours: Sequence[Authored[Behaviour]]) -> Iterator[Finding]:
    """Yield each circle of hand-overs once, at the first of its behaviours by name."""
    onward = {a.item.intent: sorted({r.to for r in a.item.handover if r.to}) for a in behaviours}
    by_intent = {authored.item.intent: authored for authored in behaviours}
    for start in sorted(by_intent):
        path = _way_back(start, onward)
        if path and min(path) == start:
            authored = by_intent[start]
            rules = authored.item.handover
            place = next(at for at, rule in enumerate(rules) if rule.to == path[1])
            problem = f"the hand-over leads in a circle: {' → '.join(path)}; let one of them end it"
            yield authored.fault(problem, "handover", place, "to")


def skills(behaviours: Sequence[Authored[Behaviour]], known: Sequence[str]) -> Iterator[Finding]:
    """Yield the skills that the company does not list in ``company.toml``; where it lists none, likely misspellings."""
    counts = Counter(skill for authored in behaviours for skill in authored.item.skills)
    for authored in behaviours:
        if authored.item.built_in:
            continue
        for skill in authored.item.skills:
            if known:
                if skill not in known:
                    problem = f"the skill '{skill}' is not among those of company.toml{nearest(skill, known)}"
                    yield authored.fault(problem, "skills")
            elif counts[skill] == 1:
                yield from _slip(authored, skill, counts)


def articles(behaviours: Sequence[Authored[Behaviour]], known: Sequence[str]) -> Iterator[Finding]:
    """Yield the articles that behaviours name and that the content does not have; where it has none, nothing.

    It is no fault: an article may come from another folder or site, and one that is taken out stops no desk.
    """
    for authored in behaviours:
        for name in authored.item.articles if known else ():
            if not any(fnmatchcase(article, name) for article in known) and "://" not in name:
                problem = f"'articles' names '{name}', which no article of the content is{nearest(name, known)}"
                yield authored.doubt(problem, "articles", words=name)


def _slip(authored: Authored[Behaviour], skill: str, counts: Counter[str]) -> Iterator[Doubt]:
    near = nearest(skill, (name for name in counts if name != skill), _TYPING_SLIP)
    if near.startswith("; did"):
        yield authored.doubt(f"no other behaviour needs the skill '{skill}'{near}", "skills")


def _way_back(start: str, onward: dict[str, list[str]]) -> list[str]:
    """Return the shortest way from an intent back to itself, both ends included; empty where there is none."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop(0)
        for intent in onward.get(way[-1], ()):
            if intent == start:
                return [*way, intent]
            if intent not in seen:
                seen.add(intent)
                ways.append([*way, intent])
    return []


def _in_conditions(
    authored: Authored[Macro] | Authored[Policy], what: str, when: Sequence[Condition], intents: Set[str]
) -> Iterator[Finding]:
    for place, condition in enumerate(when):
        if condition.field != INTENT or condition.op not in {"==", "!=", "in"}:
            continue
        named = condition.value if isinstance(condition.value, list) else [condition.value]
        for intent in map(str, named):
            if intent not in intents:
                yield authored.fault(_unknown(what, intent, intents), "when", place, "is")


def _unknown(what: str, intent: str, intents: Set[str]) -> str:
    return f"{what} names the intent '{intent}', which no behaviour has{nearest(intent, intents)}"
