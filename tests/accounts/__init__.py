"""The accounts: their store on both databases, signing in, and what administrators do."""
