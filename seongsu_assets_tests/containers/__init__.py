"""Containers for the proofs: an engine, images that stand in for those of others, a composed stack.
No assertion is made here."""
