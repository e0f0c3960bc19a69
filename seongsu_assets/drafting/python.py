"""Python as the formatter would leave it: literals, and calls with an argument a line.
What is written is not known here."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

WIDTH = 100
#: So many whole numbers in a row are told as a range.
ROW = 3
#: Whole numbers of more digits are grouped by thousands.
DIGITS = 4


def quoted(text: str) -> str:
    """A string literal of anything, in the quotes that need the fewer escapes."""
    double = json.dumps(text, ensure_ascii=False)
    if text.count('"') <= text.count("'"):
        return double
    single = double[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"'{single}'"


def plain(text: str) -> str:
    """What may stand in a docstring or comment: one line, nothing that ends or escapes it."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return shown.replace("\\", "/").replace('"', "'")


def call(head: str, arguments: Iterable[str], indent: str = "") -> str:
    """A call with each argument on a line of its own, the last with its comma."""
    inner = "".join(f"{indent}    {argument},\n" for argument in arguments)
    return f"{head}(\n{inner}{indent})"


def fitted(head: str, arguments: Sequence[str], indent: str = "") -> str:
    """A call on one line where it and its comma fit; else as `call`."""
    line = f"{head}({', '.join(arguments)})"
    fits = "\n" not in line and len(indent) + len(line) < WIDTH
    return line if fits else call(head, arguments, indent)


def sequence(parts: Sequence[str]) -> str:
    """A tuple of what is code already."""
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def span(values: Sequence[Any]) -> str:
    """The range that gives these, where they are whole numbers in a row; else nothing."""
    first = values[0]
    if (
        len(values) < ROW
        or not isinstance(first, int)
        or list(values) != list(range(first, first + len(values)))
    ):
        return ""
    return f"range({f'{first}, ' if first else ''}{first + len(values)})"


def literal(value: Any, indent: str) -> str:
    """Texts, numbers, lists and dicts of them, on one line where it and its comma fit."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Mapping):
        parts = [f"{quoted(str(key))}: " for key in value]
        return _fitting("{}", list(zip(parts, value.values(), strict=True)), indent)
    if isinstance(value, list):
        if run := span(value):
            return f"list({run})"
        return _fitting("[]", [("", each) for each in value], indent)
    return _number(value)


def _fitting(marks: str, parts: list[tuple[str, Any]], indent: str) -> str:
    short = ", ".join(head + literal(value, indent) for head, value in parts)
    if "\n" not in short and len(indent) + len(short) + len(marks) + 1 <= WIDTH:
        return f"{marks[0]}{short}{marks[1]}"
    deep = indent + "    "
    inner = "".join(f"{deep}{head}{literal(value, deep)},\n" for head, value in parts)
    return f"{marks[0]}\n{inner}{indent}{marks[1]}"


def _number(value: float) -> str:
    if value == int(value):
        whole = int(value)
        return f"{whole:_}" if abs(whole) >= 10**DIGITS else str(whole)
    return f"{value:.12g}"
