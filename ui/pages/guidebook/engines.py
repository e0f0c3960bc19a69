"""The ways into Dagster and MLflow, where their pages are known.
Nothing is asked of them here."""

from html import escape

import streamlit as st

from ui.pages.guidebook import links
from ui.show import parts
from ui.state import doors
from ui.strings import Words

#: The pages of Dagster that are led to, by what they show.
DAGSTER = {"graph": "asset-groups", "runs": "runs", "automation": "automation"}


def engines(t: Words) -> None:
    """Each with what is found there, opened in a new tab."""
    dagster, mlflow = doors.dagster(), doors.mlflow()
    ways = {name: f"{dagster}/{path}" for name, path in DAGSTER.items()} if dagster else {}
    if mlflow:
        ways["mlflow"] = mlflow
    st.html(parts.title(t("engines.title"), t))
    if not ways:
        st.html(parts.note(t("engines.none"), t))
        return
    entries = "".join(
        f"<li><b>{links.out(address, t(f'engines.{name}'), t)}</b>"
        f"<span>{escape(t(f'engines.{name}.text'))}</span></li>"
        for name, address in ways.items()
    )
    st.html(parts.block("entries", f"<ul>{entries}</ul>", t))
