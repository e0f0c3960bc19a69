"""The city's open data: counts, totals, crowds, trains and loads, as its APIs tell them.
No file format here: the official files are read by `files`."""
