"""The demo company: content of a fictional outdoor shop, and nothing else."""
