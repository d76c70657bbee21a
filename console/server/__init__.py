"""The desk server: the desk over HTTP and server-sent events."""
