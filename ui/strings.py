"""What the pages say, by key; the texts are in words/, a file per page.
No numbers are formatted and nothing is decided here."""

from dataclasses import dataclass
from typing import Literal

from ui.words.en import EN
from ui.words.ko import KO

Language = Literal["ko", "en"]
TABLES: dict[Language, dict[str, str]] = {"ko": KO, "en": EN}


@dataclass(frozen=True)
class Words:
    """The strings of one language: `t("now")`. A key that does not exist is a KeyError."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        return TABLES[self.language][key].format(**values)

    def name(self, kind: str, name: str, otherwise: str | None = None) -> str:
        """The display text of a domain or series; when it has none, its plain name or what is said
        `otherwise`."""
        return TABLES[self.language].get(f"{kind}.{name}", name if otherwise is None else otherwise)
