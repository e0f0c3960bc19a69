"""The entry of the pages: settings of the page, the language, the way between pages.
No data and no content; each page is a function in pages/ added to the list below."""

from pathlib import Path

import streamlit as st

from ui.choices import words
from ui.pages import now

t = words()
here = Path(__file__).parent
st.set_page_config(page_title=t("app.name"), page_icon=here / "icon.svg", layout="centered")
st.html(here / "style.css")
pages = [st.Page(now.render, title=t("nav.now"), default=True)]
st.navigation(pages, position="top").run()
