"""How the levels look and what they are called: colour, symbol, word.
No cut-offs here; they come from the warehouse."""

from collections.abc import Sequence

from ui.strings import Words

#: RdYlBu reversed, calm to crowded: CIEDE2000 of 26 or more between any two, whatever one's sight.
COLOURS = ("#2c7bb6", "#abd9e9", "#fdae61", "#a50026")
#: What is written on each colour, black or white, whichever contrasts more.
INKS = ("#ffffff", "#000000", "#000000", "#ffffff")
#: Never colour alone: each level has its own filling.
SYMBOLS = ("○", "◔", "◑", "●")
#: A level that must not be trusted.
GREY, GREY_INK = "#9aa1a9", "#000000"


def word(level: int, names: Sequence[str], t: Words) -> str:
    """The level's word: translated if the place's words are those we know, else its own."""
    ours = [Words("ko", t.place)(f"level.{place}") for place in range(len(SYMBOLS))]
    return t(f"level.{level}") if list(names) == ours else names[level]


def level_of(people: float, lower: Sequence[float]) -> int:
    """The level `people` falls into; `lower` holds where the 2nd and later begin."""
    return sum(people >= bound for bound in lower)
