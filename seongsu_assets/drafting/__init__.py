"""Drafting a domain: what a file says of itself, and the declaration that follows from it.
What is written here is code for people to read and change; nothing of it is run."""
