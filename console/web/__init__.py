"""The console in browsers: sign-in, one console process a tab, and everything that keeps strangers out.

It knows the desk server only by address, and the console only as a command to start.
"""
