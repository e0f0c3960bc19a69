"""The city of Paris: its bicycle counters, as the open data portal tells them, and as generated.
No calendar here: that of France is beside this folder."""
