"""What the runs of a day read, read once by the process that they are forked from: see code_server.
Nothing else is done here."""

from importlib import import_module

from seongsu_assets.instance import hold_every

for name in (
    "dagster._grpc.server",
    "great_expectations",
    "lightgbm",
    "sklearn",
    "seongsu_assets.definitions",
):
    import_module(name)
hold_every()
