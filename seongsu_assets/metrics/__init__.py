"""Prometheus metrics, computed at each scrape from the warehouse and from Dagster's instance.
No counter lives in a process: one that ends forgets nothing. Rules and pictures: `monitoring`."""
