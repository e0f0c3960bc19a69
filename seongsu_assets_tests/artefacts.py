"""Malicious and damaged model artefacts: what somebody who can write a model's row could leave.
Whoever made them could compute hashes: all of them are made to fit, but where that is the fault."""

import base64
import copy
import hashlib
import io
import json
import os
import pickle
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from seongsu_assets.errors import ModelError

Artefact = tuple[str, dict[str, Any]]


class Bomb:
    """Leaves a marker where it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mknod, (str(self.marker),)


def pickled(marker: Path) -> bytes:
    return pickle.dumps(Bomb(marker))


def object_array(marker: Path) -> bytes:
    """A .npz whose array is of objects: loading it with pickles allowed runs them."""
    buffer = io.BytesIO()
    np.savez(buffer, coefficients=np.array([Bomb(marker)], dtype=object))
    return buffer.getvalue()


def zip_slip(marker: Path) -> bytes:
    """An archive whose member would be unpacked outside of its folder."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(f"../../../../../../..{marker}", "x")
    return buffer.getvalue()


def as_text(body: bytes) -> str:
    return body.decode("latin-1").replace("\0", "\\0")


def sealed(text: str, metadata: dict[str, Any]) -> Artefact:
    """With the text's hash made to fit."""
    hashed = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return text, metadata | {"text_sha256": hashed}


def line(text: str, name: str, change: Callable[[list[str]], list[str]]) -> str:
    """The first line `name=` with its values changed, and the lengths of the trees made to fit."""
    first = re.search(rf"^{name}=(.*)$", text, re.MULTILINE)
    assert first
    changed = " ".join(change(first.group(1).split(" ")))
    text = f"{text[: first.start(1)]}{changed}{text[first.end(1) :]}"
    sizes = [len(tree) for tree in re.findall(r"Tree=\d+\n.*?\n\n\n", text, re.DOTALL)]
    return re.sub(r"tree_sizes=.*", f"tree_sizes={' '.join(map(str, sizes))}", text)


def put(metadata: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    """A copy where the first number of the nested lists `name` is another value."""
    changed = copy.deepcopy(metadata)
    inner = changed[name]
    while isinstance(inner[0], list):
        inner = inner[0]
    inner[0] = value
    return changed


def deep(levels: int = 100_000) -> list[Any]:
    nested: list[Any] = []
    for _ in range(levels):
        nested = [nested]
    return nested


#: Kind -> what it makes of a good artefact and the path of a marker. `other` is another model's.
KINDS: dict[str, Callable[[str, dict[str, Any], Path, Artefact], Artefact]] = {
    "a pickle that leaves a marker": lambda _, m, marker, __: sealed(as_text(pickled(marker)), m),
    "a pickle in base64 for a coefficient": lambda t, m, marker, _: sealed(
        t, put(m, "coefficients", base64.b64encode(pickled(marker)).decode())
    ),
    "an archive of object arrays": lambda _, m, marker, __: sealed(
        as_text(object_array(marker)), m
    ),
    "an archive that unpacks elsewhere": lambda _, m, marker, __: sealed(
        as_text(zip_slip(marker)), m
    ),
    "a loader module in the metadata": lambda t, m, marker, _: sealed(
        t,
        {
            **{n: m[n] for n in ("format", "plan")},
            "flavors": {"python_function": {"loader_module": "os", "data": f"mknod {marker}"}},
        },
    ),
    "a path for a text": lambda _, m, marker, __: sealed(f"../../../..{marker}", m),
    "a setting that names a file": lambda t, m, marker, _: sealed(
        t.replace("[forcedsplits_filename: ]", f"[forcedsplits_filename: {marker}]"), m
    ),
    "a huge text": lambda t, m, *_: sealed(t + "x" * 100_000_000, m),
    "a huge number of leaves": lambda t, m, *_: sealed(
        line(t, "num_leaves", lambda _: ["2147483647"]), m
    ),
    "a torn text": lambda t, m, *_: sealed(t[: len(t) // 2], m),
    "the text of another model": lambda _, m, __, other: sealed(other[0], m),
    "the metadata of another model": lambda t, _, __, other: (t, other[1]),
    "a text that is not what was hashed": lambda t, m, *_: (t.replace("0.05", "0.06", 1), m),
    "a coefficient that is not a number": lambda t, m, *_: sealed(
        t, put(m, "coefficients", float("nan"))
    ),
    "a leaf that is infinite": lambda t, m, *_: sealed(
        line(t, "leaf_value", lambda v: ["inf", *v[1:]]), m
    ),
    "a scale below zero": lambda t, m, *_: sealed(t, put(m, "scale", -1.0)),
    "a table of another shape": lambda t, m, *_: sealed(t, m | {"scores": m["scores"][1:]}),
    "true for one": lambda t, m, *_: sealed(t, m | {"hours": [True, *m["hours"][1:]]}),
    "lists nested without end": lambda t, m, *_: sealed(t, m | {"scores": deep()}),
    "a split by a column out of bounds": lambda t, m, *_: sealed(
        line(t, "split_feature", lambda v: ["2147483646", *v[1:]]), m
    ),
    "a branch out of bounds": lambda t, m, *_: sealed(
        line(t, "left_child", lambda v: [*v[:-1], "1000000000"]), m
    ),
    "branches in a circle": lambda t, m, *_: sealed(
        line(t, "left_child", lambda v: ["0", *v[1:]]), m
    ),
    "fewer values than leaves": lambda t, m, *_: sealed(line(t, "leaf_value", lambda v: v[:-1]), m),
    "lengths of trees that lie": lambda t, m, *_: sealed(
        t.replace("tree_sizes=", "tree_sizes=9", 1), m
    ),
    "a split by categories": lambda t, m, *_: sealed(
        line(line(t, "decision_type", lambda v: ["1", *v[1:]]), "num_cat", lambda _: ["1"]), m
    ),
    "a line given twice": lambda t, m, *_: sealed(
        t.replace("num_class=1\n", "num_class=1\nnum_class=9\n", 1), m
    ),
    "digits of another script": lambda t, m, *_: sealed(
        line(t, "num_leaves", lambda v: ["".join(chr(0x660 + int(digit)) for digit in v[0])]), m
    ),
    "a name that reads as another": lambda t, m, *_: sealed(
        t, m | {"series": ["board\u200bing", *m["series"][1:]]}
    ),
    "another format": lambda t, m, *_: sealed(t, m | {"format": m["format"] + 1}),
    "a format that is only equal": lambda t, m, *_: sealed(t, m | {"format": float(m["format"])}),
    "text for a number": lambda t, m, *_: sealed(t, put(m, "scale", "0.1")),
    "a weight beyond all measure": lambda t, m, *_: sealed(t, put(m, "coefficients", 10**400)),
}


def storable(artefact: Artefact) -> Artefact:
    """As a row can hold it. Raises ModelError where PostgreSQL itself would refuse it."""
    text, metadata = artefact
    try:
        return text, json.loads(json.dumps(metadata, allow_nan=False))
    except (ValueError, RecursionError) as error:
        raise ModelError("no row can hold this") from error
