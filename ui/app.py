"""The entry of the pages: settings of the page, the language, the way between pages.
No data and no content; each page is a function in pages/ added to the list below."""

from pathlib import Path
from typing import Literal

import streamlit as st

from ui.choices import begin
from ui.pages.about import page as about
from ui.pages.guidebook import page as guidebook
from ui.pages.model import page as model
from ui.pages.now import page as now
from ui.pages.operator import page as operator
from ui.pages.rehearsal import page as rehearsal
from ui.pages.right import page as right
from ui.pages.sources import page as sources
from ui.pages.when import page as when

t = begin()
here = Path(__file__).parent
st.set_page_config(page_title=t("app.name"), page_icon=here / "icon.svg", layout="centered")
for sheet in sorted((here / "style").glob("*.css")):
    st.html(sheet)
# Where one number is of a whole day or week there are no hours to choose or to staff.
hourly: Literal["visible", "hidden"] = "visible" if t.period is None else "hidden"
pages = [
    st.Page(now.render, title=t("nav.now"), default=True),
    st.Page(when.render, title=t("nav.when"), url_path="when", visibility=hourly),
    st.Page(right.render, title=t("nav.right"), url_path="right"),
    st.Page(operator.render, title=t("nav.operator"), url_path="operator", visibility=hourly),
    st.Page(sources.render, title=t("nav.sources"), url_path="sources"),
    st.Page(model.render, title=t("nav.model"), url_path="model"),
    st.Page(guidebook.render, title=t("nav.guidebook"), url_path="guidebook"),
    st.Page(rehearsal.render, title=t("nav.rehearsal"), url_path="rehearsal"),
    st.Page(about.render, title=t("nav.about"), url_path="about"),
]
st.navigation(pages, position="top").run()
