"""What a desk server tells of itself in figures, for Prometheus: no names, no texts, and no label without bounds."""
