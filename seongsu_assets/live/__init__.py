"""Listening to a source that tells by itself: the socket, and the tape of what was heard.
Nothing is defined here; what a message means is for the source."""
