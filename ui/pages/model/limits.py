"""What the model does not know, in plain words, with what it learned from read from its card.
What the numbers are not good for is in the page "About"."""

from html import escape

import streamlit as st

from seongsu_assets.domains import DOMAINS
from ui.pages.model.read import Card
from ui.show import parts, wording
from ui.strings import Words

#: Sentences that hold for every model; one more where the weather is looked at.
COUNT = 3


def limits(held: Card | None, domain: str, t: Words) -> None:
    said = [t(f"model_limits.{place}") for place in range(1, COUNT + 1)]
    if domain not in DOMAINS or DOMAINS[domain].weather:
        said.append(t("model_limits.weather"))
    if held is not None:
        last = wording.day_text(held.last_day, t, year=True)
        said.insert(0, t("model_limits.learned", last=last))
    lines = "".join(f"<li>{escape(each)}</li>" for each in said)
    st.html(parts.title(t("model_limits.title"), t))
    st.html(parts.block("gaps", f"<ul>{lines}</ul>", t))
