"""What the pages say, by key; the texts are in strings_ko.py and strings_en.py.
No numbers are formatted and nothing is decided here."""

from dataclasses import dataclass
from typing import Literal

from ui.strings_en import EN
from ui.strings_ko import KO

Language = Literal["ko", "en"]
TABLES: dict[Language, dict[str, str]] = {"ko": KO, "en": EN}


@dataclass(frozen=True)
class Words:
    """The strings of one language: `t("now")`. A key that does not exist is a KeyError."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        return TABLES[self.language][key].format(**values)

    def name(self, kind: str, name: str) -> str:
        """The display text of a domain or series, or its plain name when it has none."""
        return TABLES[self.language].get(f"{kind}.{name}", name)
