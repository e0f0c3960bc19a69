"""Alerts: what the outbox holds is told to people, in the places that the settings name.
What is worth telling is decided elsewhere: see `incidents`."""

from seongsu_assets.alerts.telling import tell

__all__ = ["tell"]
