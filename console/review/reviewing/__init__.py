"""What became of the suggestions, for a lead: counted from the log bit by bit, week by week, with what is behind."""
