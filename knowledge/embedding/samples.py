"""Sentences on which an export is compared with the original: short and long, plain and odd, as support texts are."""

SAMPLES: tuple[str, ...] = (
    "Where is my order?",
    "refund",
    "I want to speak to a real person, this is the third time I ask.",
    "My parcel was due on Tuesday and the tracking has not moved since.",
    "Order LF-88213 · 2 × wool socks, size 43–46, £18.50",
    "How do I reset my password if I no longer have the old e-mail address?",
    "The app crashes with error 0x80070057 when I open the settings.",
    "Thank you so much, that solved it straight away!",
    "this is RIDICULOUS!!! nobody answers, nobody cares, i am cancelling",
    "Is the hotel close to the station, and does the room have a quiet desk?",
    "What are the symptoms of an allergic reaction to penicillin?",
    "Returns > Damaged goods\nSend us a photograph of the damage within 14 days. We replace the item or pay you back.",
    "Opening hours\n- Monday to Friday: 9:00 to 18:00\n- Saturday: 10:00 to 14:00\n- Sunday: closed",
    "| Country | Days | Price |\n| --- | --- | --- |\n| Ireland | 3–5 | €7.90 |\n| Norway | 5–8 | €14.00 |",
    "1. Switch the router off.\n2. Wait ten seconds.\n3. Switch it on and wait until the light is steady.",
    "A warranty covers faults in material and workmanship for two years from the day of delivery. It does not cover "
    "wear, damage by misuse, or changes that somebody other than our workshop has made. To make a claim, keep the "
    "receipt, describe the fault in a sentence or two, and tell us how the item has been used. We answer within three "
    "working days and pay for the parcel back to us where the claim is justified.",
    "Customers with a yearly contract may end it at any time with one month's notice. What has been paid for the rest "
    "of the year is paid back in proportion, less the discount that was given for paying yearly. The notice may be "
    "given in the account's settings, by e-mail or by letter; what counts is the day on which it reaches us.",
    "Le colis n'est pas arrivé. Können Sie mir helfen?",
    "ok",
    "¿Tienen esta chaqueta en azul?",
)
