"""A rehearsal: the newest days, withheld and told again with chosen faults; what is kept of one.
Nothing is lived through here, and Dagster is not known: see `replay`."""
