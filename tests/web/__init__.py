"""The console in browsers."""
