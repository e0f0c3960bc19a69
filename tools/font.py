"""Makes the font of the pages: letters of Pretendard GOV at two weights, and the levels' symbols.
No part of the platform: run by hand when a letter is missing, with fonttools and brotli installed.

    npm pack pretendard-gov@1.3.9 && tar xzf pretendard-gov-1.3.9.tgz
    python tools/font.py package/dist/public/static/alternative

What is made is a modified version, for which the licence reserves the name: ours has another.
"""

import sys
from math import cos, pi, sin
from pathlib import Path
from typing import Any

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

UI = Path(__file__).parents[1] / "ui"
FAMILY = "Daily Seongsu"
#: Name records: family, subfamily, unique id, full name, PostScript name, typographic names.
NAMES = {1: "{f}", 2: "{w}", 3: "{f} {w}", 4: "{f} {w}", 6: "{p}-{w}", 16: "{f}", 17: "{w}"}
#: Quarters of the ring that are filled; the empty and the full one are in the font already.
FILLED = {"◔": 1, "◑": 2}


def letters() -> set[int]:
    """The 2,350 syllables of KS X 1001, its single letters, Latin, punctuation, arrows, symbols,
    and whatever else stands in the texts of the pages."""
    rows = [bytes([row, cell]) for row in (0xA4, *range(0xB0, 0xC9)) for cell in range(0xA1, 0xFF)]
    korean = "".join(row.decode("euc_kr", errors="ignore") for row in rows)
    ranges = [(0x20, 0x7F), (0xA0, 0x180), (0x2010, 0x2028), (0x2190, 0x219A), (0x3000, 0x3012)]
    symbols = "€₩℃™−×÷±≈≠≤≥∞√○●□■△▲▽▼◇◆☆★✓"
    said = "".join(path.read_text() for path in UI.rglob("*.py"))
    return {code for low, high in ranges for code in range(low, high)} | set(
        map(ord, korean + symbols + said)
    )


def add_symbols(font: TTFont) -> None:
    """Draw each partly filled ring into a copy of the empty one."""
    glyphs, widths, known = font["glyf"], font["hmtx"], font.getBestCmap()
    ring = known[ord("○")]
    for symbol, quarters in FILLED.items():
        pen = TTGlyphPen(glyphs)
        glyphs[ring].draw(pen, glyphs)
        _wedge(pen, glyphs[ring], quarters)
        glyphs[symbol_name := f"filled{quarters}"] = pen.glyph()
        widths[symbol_name] = widths[ring]
        for table in font["cmap"].tables:
            table.cmap[ord(symbol)] = symbol_name


def _wedge(pen: TTGlyphPen, ring: Any, quarters: int) -> None:
    """Clockwise from the top, in arcs of an eighth of a turn, along the middle of the ring."""
    x, y = (ring.xMin + ring.xMax) / 2, (ring.yMin + ring.yMax) / 2
    radius, half = (ring.xMax - ring.xMin) / 2 * 0.97, pi / 8

    def at(turn: float, far: float) -> tuple[int, int]:
        return round(x + far * sin(turn)), round(y + far * cos(turn))

    pen.moveTo((round(x), round(y)))
    pen.lineTo(at(0, radius))
    for turn in (step * 2 * half for step in range(2 * quarters)):
        pen.qCurveTo(at(turn + half, radius / cos(half)), at(turn + 2 * half, radius))
    pen.closePath()


def make(source: Path, weight: str, target: Path) -> None:
    """The font of one weight as woff2, under our name and the same bytes each time."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options(layout_features=["kern", "mark", "mkmk", "ccmp", "calt", "locl"])
    options.drop_tables += ["vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters())
    subsetter.subset(font)
    add_symbols(font)
    names = font["name"]
    for number, pattern in NAMES.items():
        text = pattern.format(f=FAMILY, w=weight, p=FAMILY.replace(" ", ""))
        names.removeNames(nameID=number)
        names.setName(text, number, 3, 1, 0x409)
    font.flavor = "woff2"
    font.save(target)


if __name__ == "__main__":
    for weight in ("Regular", "Bold"):
        found = next(Path(sys.argv[1]).glob(f"*-{weight}.ttf"))
        make(found, weight, UI / "static" / f"daily-seongsu-{weight.lower()}.woff2")
