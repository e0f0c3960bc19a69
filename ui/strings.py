"""What the pages say, by key; the texts are in strings_ko.py, strings_en.py and words/.
No numbers are formatted and nothing is decided here."""

from dataclasses import dataclass
from typing import Literal

from ui import strings_en, strings_ko
from ui.words import (
    en_about,
    en_model,
    en_right,
    en_sources,
    en_when,
    ko_about,
    ko_model,
    ko_right,
    ko_sources,
    ko_when,
)

Language = Literal["ko", "en"]
KO: dict[str, str] = (
    strings_ko.KO | ko_when.KO | ko_right.KO | ko_sources.KO | ko_model.KO | ko_about.KO
)
EN: dict[str, str] = (
    strings_en.EN | en_when.EN | en_right.EN | en_sources.EN | en_model.EN | en_about.EN
)
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
