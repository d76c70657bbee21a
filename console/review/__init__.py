"""Are the suggestions any good? Figures from the log."""
