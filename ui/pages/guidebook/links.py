"""Ways out of the page: to Dagster's and MLflow's pages in a new tab, and to our other pages.
Where those are, `ui.state.doors` knows."""

from html import escape
from urllib.parse import quote, urlencode

import streamlit as st

from ui.choices import LASTING
from ui.state import doors
from ui.strings import Words


def run(run_id: str, t: Words) -> str:
    """To the page of a run; nothing where Dagster's pages are not known."""
    return _out("runs", (run_id,), t("stage.run", run=run_id[:8]), t)


def stage(path: tuple[str, ...], t: Words) -> str:
    """To the page of a stage."""
    return _out("assets", path, t("stage.in_dagster"), t)


def _out(kind: str, path: tuple[str, ...], said: str, t: Words) -> str:
    base = doors.dagster()
    if base is None or not all(path):
        return ""
    address = "/".join([base, kind, *(quote(part, safe="") for part in path)])
    return out(address, said, t)


def out(address: str, said: str, t: Words) -> str:
    """A link that opens beside this page, and says so."""
    return (
        f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(said)}'
        f'<span aria-hidden="true"> ↗</span><span class="heard"> ({t("link.beside")})</span></a>'
    )


def page(name: str, t: Words) -> str:
    """To another page of ours, in the same language and domain. The first page has no path."""
    lasting = {key: st.query_params[key] for key in LASTING if key in st.query_params}
    asked = f"?{urlencode(lasting)}" if lasting else ""
    path = "" if name == "now" else name
    return f'<a href="./{path}{escape(asked)}" target="_self">{escape(t(f"nav.{name}"))}</a>'
