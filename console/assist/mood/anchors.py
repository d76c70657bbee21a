"""Example sentences for moods that no single word gives away, compared by embedding."""

from typing import Final

UNHAPPY: Final = (
    "This is the third time I have to explain my problem.",
    "Nobody ever answers me and I am losing patience.",
    "You keep asking me the same question over and over.",
    "Your service has let me down badly.",
    "I want my money back and I will never order here again.",
    "Why is this taking so long?",
    "You are not helping me at all.",
    "That makes no sense, what are you talking about?",
    "I am really annoyed about how I have been treated.",
    "Stop wasting my time and do your job.",
    "That is not what I asked for.",
    "You are a stupid machine.",
    "I will complain about this.",
    "How can you mess this up?",
    "Hurry up, I don't have all day.",
    "Just do it already and stop asking questions.",
    "Why do you need to know that? It's none of your business.",
    "Forget it, thanks for nothing.",
)

AIMED: Final = (
    "You are not helping me at all.",
    "You keep asking me the same question.",
    "Why do you need to know that? It's none of your business.",
    "I already told you that.",
    "Just do it and stop asking questions.",
    "You are useless.",
    "Are you even listening to me?",
    "Hurry up, I don't have all day.",
    "That is not what I asked for.",
    "Your service is terrible.",
    "You are wasting my time.",
    "Forget it, thanks for nothing.",
    "I don't care, just do what I say.",
    "That is a stupid question.",
    "How can you not know that?",
    "Stop it, this is ridiculous.",
    "What is wrong with you?",
    "You got it wrong again.",
)
"""Anger at the service: it ends in a call for a manager, where anger at one's luck does not."""

SITUATION: Final = (
    "I lost my card and I am so upset.",
    "I am late and I am lost.",
    "Somebody stole my money.",
    "I am stressed and worried.",
    "I'm sorry, I always forget it.",
    "I feel sick and I need a doctor.",
    "My day is going terribly.",
    "I hate the bus.",
    "I am desperate, please help me.",
    "It broke and does not work.",
    "I can't remember my PIN.",
    "The weather is awful.",
    "That is too bad, never mind.",
    "No, that restaurant is too expensive.",
)
"""Trouble that is not the service's doing."""

CALM: Final = (
    "Could you tell me what time you open?",
    "I would like to book a table, please.",
    "My order number is the following.",
    "Tuesday at three would suit me.",
    "Yes, please go ahead.",
    "I have a question about my order.",
    "Okay, I will wait for your e-mail.",
    "No, that is all for today.",
    "Hello, how are you?",
)

PLEASED: Final = (
    "Thank you so much, you have been very helpful.",
    "That is wonderful news, I am delighted.",
    "Great service, I appreciate your help.",
    "Perfect, that solves my problem.",
    "You have made my day.",
)
