"""What every run of a replay reads, read once: they train often, and go by the replay's clock.
Nothing else is done here."""

from importlib import import_module

from seongsu_assets.replay.launch import rule

for name in ("seongsu_assets.warmed", "matplotlib.pyplot", "mlflow"):
    import_module(name)
rule()
