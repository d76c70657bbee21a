"""Which language a customer writes."""

import pytest

from console.assist.language import other_language


@pytest.mark.parametrize(
    ("said", "language"),
    [
        (["Bonjour, où est ma commande LF-88213 ?"], "French"),
        (["Wo bleibt mein Paket? Ich warte seit zwei Wochen"], "German"),
        (["我的订单在哪里？已经两周了还没有收到货"], "Chinese"),
        (["hello", "Je voudrais savoir où se trouve mon colis, merci de votre réponse"], "French"),
    ],
)
def test_another_language_is_named(said: list[str], language: str) -> None:
    """Enough words of it."""
    assert other_language(said) == language


@pytest.mark.parametrize(
    "said",
    [
        ["ok"],
        ["merci"],
        ["LF-88213"],
        ["😀😀😀 🎉🎉 👍"],
        ["Fellwalker boots size 43 moss"],
        ["where is my order, it was due last week"],
        ["need refund asap pls", "thx mate cheers bye"],
        ["Jane Doe Kowalska", "24 Hill Street Leeds"],
        ["Bonjour madame comment allez vous", "sorry, can you please tell me where my order is? I have waited for it"],
        [],
    ],
)
def test_english_and_what_decides_nothing_stay(said: list[str]) -> None:
    """Short texts, names, numbers, and a customer who has gone over to English."""
    assert other_language(said) == ""
