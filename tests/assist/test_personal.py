"""What may be somebody's own is found however it is written, and what an answer is about stays readable."""

import pytest

from console.assist.recognise.people import people
from console.assist.recognise.personal import Own
from console.assist.recognise.places import places
from console.assist.redaction import Redaction

PHONES = """
+44 20 7946 0958
07700-900-143
0044 7700 900143
+49 (0)30 901820
+49 30/901820
030 / 90 18 20
+33 1 42 68 53 00
01.42.68.53.00
415-555-2671
(415)555 2671
1-800-555-0199
259.735.7502x459
+1 (415) 555-2671 ext. 204
+91 98765 43210
+55 11 91234-5678
0490 75 40 81
(37) 788-063
""".strip().split("\n")

WRITTEN = {
    Own.CARD: [
        "4111-1111-1111-1111", "4111.1111.1111.1111", "378282246310005", "3782 822463 10005", "4131034282458809939",
        "4111\u00a01111\u00a01111\u00a01111", "4111\u20131111\u20131111\u20131111",
        "4111_1111_1111_1111", "4111  1111  1111  1111",
    ],
    Own.IBAN: [
        "DE89 3704 0044 0532 0130 00",
        "de89370400440532013000",
        "GB29\u202fNWBK\u202f6016\u202f1331\u202f9268\u202f19",
        "gb82 west 1234 5698 7654 32",
        "FR14-2004-1010-0505-0001-3M02-606",
        "DE00370400440532013000",
    ],
    Own.IP: ["192.168.1.254", "2001:db8::1", "fe80::1ff:fe23:4567:890a", "2001:0db8:85a3:0000:0000:8a2e:0370:7334"],
    Own.EMAIL: [
        "john.o'neil+shop@sub.example.co.uk",
        "JOHN@EXAMPLE.COM",
        "jane (at) example (dot) com",
        "jane dot doe at example dot com",
        "jane.b.doe at example dot com",
        "dana.kovel\uff20example.com",
        "müller@exämple.de",
        "ops@localhost",
    ],
    Own.URL: ["https://example.com/reset?token=abc123", "www.example.com", "example.com/orders/123?x=1"],
    Own.ID: [
        "LF-88213", "lf88213", "NP 5521 0098 31", "C01X00T47", "123-45-6789", "KA01AB1234", "QQ 12 34 56 C", "88213",
    ],
    Own.PHONE: PHONES,
    Own.ADDRESS: [
        "221b Baker Street, London",
        "Musterstraße 12, 10115 Berlin",
        "12 rue de la Paix, 75002 Paris",
        "28245 Puruntie 82 Apt. 595",
        "PSC 0413, Box 8144\nAPO AA 42323",
    ],
    Own.POSTCODE: ["SW1A 1AA", "k1a 0b1"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in WRITTEN.items() for value in values])
def test_it_is_found_whole_however_it_is_written(kind: Own, value: str) -> None:
    """With the kind that its placeholder says."""
    (found,) = Redaction().found(f"it is {value}")
    assert (found.kind, found.text) == (kind, value)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("my zip code is 3520", "my zip code is [POSTCODE_1]"),
        ("the card ending in 4242, cvv 123, exp 04/27", "the card ending in [ID_1], cvv [ID_2], exp [ID_3]"),
        ("my pin is 1234", "my pin is [ID_1]"),
        ("born on 4th of May 1988", "born on [BIRTHDATE_1]"),
        ("DOB: 04/05/88", "DOB: [BIRTHDATE_1]"),
        ("order number 4512, #4513", "order number [ID_1], [ID_2]"),
        ("card 4111 1111 1111 1112 was declined", "card [CARD_1] was declined"),
        ("my cell: 555 0199", "my cell: [PHONE_1]"),
        ("it is oh seven seven double nine", "it is [ID_1]"),
    ],
)
def test_words_beside_a_number_tell_what_it_is(text: str, hidden: str) -> None:
    """Also where it is short, or its check digit is wrong."""
    assert Redaction().hidden(text) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "I paid £1,299.99 on 12 May 2024 at 10:30",
        "The iPhone 15 Pro costs 999 dollars and has 256GB",
        "1080p, 5000mAh, size 42, in 3-5 days, a 12-month warranty",
        "Is the Tarn 2 tent waterproof?",
        "Black Friday at Amazon or Best Buy with Google Pay",
        "I have been waiting over a week. Is the card still coming?",
        "Room for 2 adults on 12/05/2024, version 10.0.19045",
        "Will you refund me in 10 minutes down the road?",
    ],
)
def test_what_an_answer_is_about_stays_readable(text: str) -> None:
    """Sums, days, measures, products and ordinary words."""
    assert Redaction().hidden(text) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi, I'm José María García-López", "José María García-López"),
        ("please correct it to Dr. Cettina Fanucci?", "Cettina Fanucci"),
        ("the verses from Faina D. Yefremova's tales", "Faina D. Yefremova"),
        ("customer: abdul rahman bin ali", "abdul rahman bin ali"),
        ("My name is 张伟", "张伟"),
        ("Mr. van der Berg called", "van der Berg"),
        ("Kevin Veitonen II", "Kevin Veitonen II"),
    ],
)
def test_names_of_many_nations_are_found_whole(text: str, name: str) -> None:
    """With initials, particles and what follows them."""
    assert name in [text[start:end] for start, end in people(text)]


def test_an_address_goes_on_over_its_lines_and_ends_where_the_sentence_goes_on() -> None:
    """Town, code and country belong to it."""
    text = "a new one to 14 Crown Street\n Suite 321\n LONDON\n United Kingdom 75419? I am in Kent"
    assert [text[start:end] for start, end in places(text)] == [
        "14 Crown Street\n Suite 321\n LONDON\n United Kingdom 75419"
    ]
