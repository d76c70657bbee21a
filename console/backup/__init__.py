"""Back-ups of a whole desk, and the way back: one archive, whether the log lies in a file or in a team's database."""
