"""Quality of a whole conversation, criterion by criterion: :func:`console.assist.quality.scoring.score` is pure."""
