"""One look a file; what all of them take and give is in :mod:`console.assist.quality.scoring`."""
