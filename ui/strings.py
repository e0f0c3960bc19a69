"""What the pages say, by key; the texts are in words/, a file per page.
No numbers are formatted and nothing is decided here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ui.words.en import EN
from ui.words.ko import KO

Language = Literal["ko", "en"]
Period = Literal["day", "week"]
TABLES: dict[Language, dict[str, str]] = {"ko": KO, "en": EN}
#: What is counted, what a slot's number is of, what it is per, and what its levels are levels of:
#: in any string, by the place.
OWN = ("unit", "rate", "per", "grade")


@dataclass(frozen=True)
class Words:
    """The strings of one language: `t("now")`. A key that does not exist is a KeyError.

    Where `place` says a thing in its own words, under `key@place`, those are said; else where one
    number is of a whole `period`, those of `key@period`. What is counted there, and what a slot's
    number is of, are {unit} and {rate} in any string."""

    language: Language
    place: str | None = None
    #: What the place declares that it counts, for one that has no words of its own.
    declared: str = ""
    #: `day` or `week` where there is one number of each; None where days have several.
    period: Period | None = None
    #: What the place's sources call its series.
    named: Mapping[str, str] = field(default_factory=dict[str, str], compare=False)

    def __call__(self, key: str, **values: object) -> str:
        text = self._said(key, TABLES[self.language][key])
        return text.format(**{key: self._own(key) for key in OWN}, **values)

    def _own(self, key: str) -> str:
        thing = self.declared.split(" per ")[0]
        return self._said(key, TABLES[self.language][key]).format(rate=self.declared, unit=thing)

    def _said(self, key: str, otherwise: str) -> str:
        table = TABLES[self.language]
        own = (table.get(f"{key}@{name}") for name in (self.place, self.period) if name)
        return next((text for text in own if text is not None), otherwise)

    def name(self, kind: str, name: str, otherwise: str | None = None) -> str:
        """The display text of a domain or series; when it has none, its plain name or what is said
        `otherwise`."""
        table, plain = TABLES[self.language], name if otherwise is None else otherwise
        if kind == "series":
            plain = self.named.get(name, plain)
        return self._said(f"{kind}.{name}", table.get(f"{kind}.{name}", plain))
