"""What speaks for and against each source of suggested replies, so that a lead can retire what only adds noise."""
