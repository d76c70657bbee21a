"""A desk of a team while something goes wrong: kills, full disks, partitions, clocks, floods. docs/reliability.md."""
