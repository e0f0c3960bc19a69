"""Forecasting: pure functions on frames.
No I/O, no clock, no Dagster, no MLflow."""
