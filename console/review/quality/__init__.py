"""Quality of conversations over weeks: the fold, what is counted, how far people and engine agree."""
