"""Sources: the outside world as frames.
No Dagster and no database."""
