"""The agent's screen: a thin Textual client of the desk server, usable before the server is reached."""
