"""What strangers, and people with less rights than they would like, may try: each attack against the real thing."""
