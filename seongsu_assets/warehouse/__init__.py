"""The warehouse: PostgreSQL and what is kept in it, one table to a module.
No Dagster, and nothing is judged or forecast."""
