"""Checks over all files of the content together: what contradicts, leads in circles or names what is not there."""
