"""Everything that a platform holds in one folder, and a platform from that folder alone.
What is said of it on a terminal is in `cli`."""
