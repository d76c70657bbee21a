"""Do the suggestions help? What conversations without assistance, drawn at random, tell of those with it."""
