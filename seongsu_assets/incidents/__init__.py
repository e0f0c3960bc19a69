"""What can be wrong, and how it is found in the warehouse.
No Dagster here; what is found is kept by `warehouse.incidents` and told by `alerts`."""
