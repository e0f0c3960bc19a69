"""What the pages say, by key; the texts are in words/, a file per page.
No numbers are formatted and nothing is decided here."""

from dataclasses import dataclass
from typing import Literal

from ui.words.en import EN
from ui.words.ko import KO

Language = Literal["ko", "en"]
TABLES: dict[Language, dict[str, str]] = {"ko": KO, "en": EN}
#: What is counted, what a slot's number is of, and what it is per: in any string, by the place.
OWN = ("unit", "rate", "per")


@dataclass(frozen=True)
class Words:
    """The strings of one language: `t("now")`. A key that does not exist is a KeyError.

    Where `place` says a thing in its own words, under `key@place`, those are said; what is counted
    there, and what a slot's number is of, are {unit} and {rate} in any string."""

    language: Language
    place: str | None = None
    #: What the place declares that it counts, for one that has no words of its own.
    declared: str = ""

    def __call__(self, key: str, **values: object) -> str:
        table = TABLES[self.language]
        text = table.get(f"{key}@{self.place}", table[key])
        return text.format(**{key: self._own(key) for key in OWN}, **values)

    def _own(self, key: str) -> str:
        table, thing = TABLES[self.language], self.declared.split(" per ")[0]
        return table.get(f"{key}@{self.place}", table[key]).format(rate=self.declared, unit=thing)

    def name(self, kind: str, name: str, otherwise: str | None = None) -> str:
        """The display text of a domain or series; when it has none, its plain name or what is said
        `otherwise`."""
        table, plain = TABLES[self.language], name if otherwise is None else otherwise
        return table.get(f"{kind}.{name}@{self.place}", table.get(f"{kind}.{name}", plain))
