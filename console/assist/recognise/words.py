"""Small word lists: first names that are no English words, and words that open sentences."""

from typing import Final


def words_of(text: str) -> frozenset[str]:
    """Return the words of ``text``."""
    return frozenset(text.split())


FIRST_NAMES: Final = words_of(
    """
    aaron abdul abdullah abigail adam adrian agnes ahmed aidan aisha alan albert alejandro alex alexander alexandra
    alfred ali alice alicia alison amanda amelia amir amy ana anders andrea andreas andrew andy angela anita ann
    anna anne annie anthony antonio arjun arthur ashley astrid audrey barbara beatrice ben benjamin bernard beth
    betty bianca boris brandon brenda brian bridget bruno bryan camila carl carla carlos carmen carol caroline
    catherine cecilia charles charlie charlotte chloe chris christian christina christine christopher claire clara
    claudia colin connor craig cynthia daisy daniel daniela danielle dave david deborah denise dennis derek diana
    diego dieter dmitri dominic donald donna dora doris dorota dorothy douglas duncan dylan eddie edith eduardo
    edward eileen elaine eleanor elena eli elias elizabeth ella ellen elliot emily emma eric erica erik ethan eva
    evelyn fatima felix fernando fiona florian frances francesca francis fred frederick gabriel gareth gary gavin
    geoffrey george gerald gianni gilbert gloria gordon graham greg gregory guido gustav hannah hans harold harriet
    harry hassan heather hector heidi helen helena henri henrietta henry herbert howard hugo hussein ian ibrahim
    igor ingrid irene isaac isabel isabella ivan jacob jacqueline jake james jamie jan jane janet janice jason
    javier jean jeff jeffrey jennifer jenny jeremy jerome jesse jessica jill jim joan joanna joe joel johann
    johannes john johnny jonas jonathan jordan jorge jose joseph joshua josephine joyce juan juanita judith julia
    julian juliana julie jurgen justin karen karin karl kate katherine kathleen katie keith kelly ken kenneth kevin
    kim kirsten klaus kurt kyle lara larry laura lauren leah leila lena leo leon leonard leonie leslie lewis liam
    lila linda lionel lisa liz lorenzo louis louise lucas lucia lucy luigi luis luke lydia maggie magnus malcolm
    manuel marco marcus margaret maria marian marie marina mario marion marjorie marta martha martin martina matilda
    matteo matthew maureen maurice max maxine megan mehmet melanie melissa mia michael michelle miguel mike mila
    miriam mohamed mohammed moira monica muhammad nadia nadine nancy naomi natalie natasha nathan neil nicholas
    nicola nicole nigel nikolai nina noah noel nora norman nuria oliver olivia omar oscar owen pablo pamela paolo
    patricia patrick paul paula pauline pedro penelope peter petra philip phillip phoebe pierre priya rachel rafael
    raj ralph ramon raul raymond rebecca regina renata ricardo richard rita robert roberto robin roger roland ronald
    rosa rosemary ross rowan roy ruben rudolf rupert russell ruth ryan sabine sabrina sally sam samantha samir
    samuel sandra sanjay sara sarah saskia scott sean sebastian sergei sergio seun sharon sheila shirley simon sofia
    sonia sophia sophie stanley stefan stella stephanie stephen steve steven stuart susan susanna sven sylvia tamara
    tanya tara tatiana ted teresa terence thea theodore theresa thomas tim timothy tina tobias todd tom tomas tony
    tracy trevor ulrich ursula valentina valerie vanessa vera veronica vicky victor victoria vincent viola violet
    virginia vivian vladimir walter wanda wendy werner wilfred wilhelm william winston xavier yasmin yolanda yusuf
    yvonne zachary zahra zara zoe
    """
)
"""Common first names in lower case; names that are also words (mark, grace, will) are left out."""

OPENERS: Final = words_of(
    """
    a about absolutely actually after again all alright also although always an and another any anything apologies
    are as at available based because been before both brilliant but by bye can certainly check checking could dear
    did do does done due during each either english enjoy even every everything excellent express fine first
    followed following for from further give given glad go good goodbye got great had happy has have having hello
    help her here hi his hold hope how however i i'd i'll i'm i've if in is isn't it it'll it's its just kindly let
    let's like look looking may maybe meanwhile might mon monday more most much must my nearly next no normally not
    nothing now of oh ok okay on once one only or order otherwise our outside over perfect perhaps please possibly
    right she should since so some somebody someone sometimes sorry still sure thank thanks that that's the their
    then there there's these they they're this those though to today tomorrow tonight too two under unfortunately
    unless until up usually very was we we'd we'll we're we've welcome well were what what's when where whether
    which while who whose why will with within without would yes yesterday yet you you'd you'll you're you've your
    yours
    """
)
"""Words that begin sentences, and so carry a capital that says nothing; in lower case."""
