"""The parts of the main screen; each stands alone and is given what it shows."""
