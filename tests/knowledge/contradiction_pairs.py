"""A made set: pairs of statements that contradict each other, and pairs that only look like it."""

CONTRADICTING = (
    ("Refunds are paid within 5 working days.", "Refunds are paid within 14 days."),
    ("Your refund reaches your account within 5 working days.", "Your refund reaches your account within 14 days."),
    ("The trial lasts 14 days.", "The free trial lasts 30 days."),
    (
        "You can cancel your order within 2 hours of placing it.",
        "An order can be cancelled within 24 hours of placing it.",
    ),
    ("A late fee of £12 is charged for each missed payment.", "For each missed payment a late fee of £25 is charged."),
    ("The deposit is £50.", "We ask for a deposit of £100."),
    ("Check-in is from 15:00.", "Check-in is possible from 14:00."),
    ("The battery has a warranty of two years.", "The battery's warranty is 12 months."),
    ("Cash withdrawals abroad cost 2 % of the amount.", "Cash withdrawals abroad cost 3.5 % of the amount."),
    ("Cabin baggage may weigh up to 8 kg.", "Cabin baggage may weigh up to 10 kg."),
    ("The daily withdrawal limit is £500.", "The daily withdrawal limit is £300."),
    ("A new card arrives within 5 working days.", "Your new card arrives within 10 working days."),
    ("Students get a discount of 10 %.", "The discount for students is 15 %."),
    (
        "Data is deleted 30 days after you close the account.",
        "After you close your account, data is deleted after 90 days.",
    ),
    (
        "The code in the text message is valid for 10 minutes.",
        "The code in the text message is valid for five minutes.",
    ),
    ("Support answers e-mails within 24 hours.", "E-mails to support are answered within 3 days."),
    ("Keep the room between 18 and 20 °C.", "Keep the room at 25 °C."),
    ("Members may borrow books for 3 weeks.", "Members may borrow books for 28 days."),
)
NOT_CONTRADICTING = (
    ("Refunds are paid within 14 days.", "Refunds are paid within two weeks."),
    ("Refunds are paid within 5 working days.", "Refunds are paid within a week, that is 7 days."),
    ("Returns are accepted within 30 days.", "Exchanges are accepted within 60 days."),
    ("Standard delivery takes 3 to 5 working days.", "Express delivery takes 1 working day."),
    ("Delivery takes 3 to 5 days.", "Delivery takes 4 days."),
    ("The first reminder is sent after 14 days.", "The second reminder is sent after 28 days."),
    ("Repairs with the protection plan cost £20.", "Repairs without the protection plan cost £60."),
    ("Adult tickets cost £12.", "Child tickets cost £6."),
    ("The monthly plan costs £9.", "The yearly plan costs £90."),
    ("Orders above £50 are delivered free.", "Orders below £20 cannot be delivered."),
    ("The shop in Kettlewick opens at 09:30.", "The workshop opens at 08:00."),
    ("Deliveries to the islands take 2 days longer.", "Deliveries to the islands take 5 days."),
    ("The Wren rucksack weighs 1.2 kg.", "The Ridgeback rucksack weighs 2.1 kg."),
    ("You can pay in 3 months.", "You can pay with a card."),
    ("Wash the jacket at 30 °C.", "Dry the boots at 20 °C."),
    ("A parcel counts as lost after 7 days.", "A parcel is late after 1 day."),
    ("Refunds to a card take 5 days.", "Refunds to a gift card take 1 hour."),
    ("The minimum deposit is £100.", "The maximum deposit is £5,000."),
    ("Our office closes at 18:00.", "Our office opens at 09:00."),
    ("Your password must be changed after 90 days.", "Your password link expires after 30 minutes."),
)

TITLED_CONTRADICTING = (
    (
        ("How long refunds take", "Refunds are paid within 5 working days."),
        ("Refund times", "Refunds are paid in 14 days."),
    ),
    (("Opening hours", "We are open until 18:00."), ("Contact us", "We are open until 17:00.")),
    (("Lost parcels", "A parcel counts as lost after 7 days."), ("Late", "A parcel counts as lost after 14 days.")),
    (
        ("Tents", "The warranty of a tent is five years."),
        ("Guarantee and repair", "The warranty of a tent is two years."),
    ),
    (
        ("Plan A and plan B", "The trial of plan B lasts 14 days."),
        ("Plan B in detail", "The trial of plan B lasts 30 days."),
    ),
    (
        ("Cancel an order", "You can cancel your order within 2 hours."),
        ("Changes after checkout", "You can cancel your order within 24 hours."),
    ),
    (("Returns", "Send the item back within 30 days."), ("Returns 2024", "Send the item back within 14 days.")),
    (
        ("Opening a carrier search", "The carrier search takes up to 3 working days."),
        ("Refund limits (2024)", "The carrier search takes up to 10 working days."),
    ),
    (
        ("Delivery costs (2024)", "Parcels to the islands and the highlands take 4 working days longer."),
        ("Late deliveries", "Parcels to the islands and the highlands take 2 working days longer."),
    ),
    (
        ("Refunds", "A refund above £100 needs a lead, above £500 the duty manager."),
        ("Limits", "A refund over £50 and up to £300 needs a lead, and over £300 the duty manager."),
    ),
    (("Chronic cough", "A chronic cough lasts more than 8 weeks."), ("Cough", "A chronic cough lasts over 3 weeks.")),
    (
        ("Withdrawals", "The daily limit for withdrawals is at most £500."),
        ("Cash machines", "The daily limit for withdrawals is £800."),
    ),
)
"""Titles and texts of two articles that contradict each other."""

TITLED_NOT_CONTRADICTING = (
    (("Premium plan", "The trial lasts 14 days."), ("Basic plan", "The trial lasts 30 days.")),
    (("Wren rucksack", "It weighs 1.2 kg empty."), ("Ridgeback rucksack", "It weighs 2.1 kg empty.")),
    (("XK-200 battery", "A full charge takes 2 hours."), ("XK-300 battery", "A full charge takes 3 hours.")),
    (
        ("Carney complex", "In about 80 percent of cases, the mutation is inherited from one parent."),
        ("Sheldon-Hall syndrome", "In about 50 percent of cases, the mutation is inherited from one parent."),
    ),
    (
        ("Hepatitis A", "Symptoms usually begin 4 weeks after the infection."),
        ("Hepatitis B", "Symptoms usually begin 12 weeks after the infection."),
    ),
    (("Diabetes", "About 95 percent of patients have type 2."), ("Types", "About 5 percent of patients have type 1.")),
    (
        ("Ovarian cancer", "Hereditary ovarian cancer makes up about 20 % of ovarian cancer."),
        ("Breast cancer", "Hereditary breast cancer makes up about 5 % of breast cancer. Ovarian cancer is another."),
    ),
    (("Skin cancer", "Cases have increased for at least 30 years."), ("Skin", "Cases have increased for 40 years.")),
    (("Cabin baggage", "It may weigh up to 8 kg."), ("Cabin bags", "It may weigh 7 kg.")),
)
"""Titles and texts of two articles that only look as if they contradicted each other."""
