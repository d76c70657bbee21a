"""Whether the bot gives conversations to people at the right moment: by rule, by leads, behaviour by behaviour."""
