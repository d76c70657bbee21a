"""The web chat: what customers see, the requests of their page, and the page in a real browser."""
