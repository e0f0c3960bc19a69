"""What every run of a replay reads, read once: the process that has is what runs are forked from.
Nothing else is done here."""

from importlib import import_module

from seongsu_assets.replay.launch import hold_connections, rule

for name in (
    "dagster._grpc.server",
    "great_expectations",
    "lightgbm",
    "matplotlib.pyplot",
    "mlflow",
    "sklearn",
    "seongsu_assets.definitions",
):
    import_module(name)
rule()
hold_connections()
