"""Training of the shipped heads, and cross-validated figures of all of them. Nothing here runs on a desk."""
