"""The text of a LightGBM model, read as strictly as it is written, before the native reader has it.
Nothing is predicted here. The native reader trusts lengths and indices: doctored, it may crash."""

import math
import re
from collections.abc import Sequence

from seongsu_assets.errors import ModelError

#: Characters; two hundred small trees have a hundredth.
LARGEST = 32_000_000
REMEDY = "use the last good model, or train again"

_HEADER = (
    "version", "num_class", "num_tree_per_iteration", "label_index", "max_feature_idx",
    "objective", "feature_names", "feature_infos", "tree_sizes",
)  # fmt: skip
_FIXED = {"version": "v4", "num_class": "1", "num_tree_per_iteration": "1", "label_index": "0"}
_TREE = (
    "num_leaves", "num_cat", "split_feature", "split_gain", "threshold", "decision_type",
    "left_child", "right_child", "leaf_value", "leaf_weight", "leaf_count", "internal_value",
    "internal_weight", "internal_count", "is_linear", "shrinkage",
)  # fmt: skip
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,9})", re.ASCII)
_REAL = r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?(?:e[+-][0-9]{1,3})?"
_NUMBER = re.compile(_REAL, re.ASCII)
_RANGE = re.compile(rf"none|\[{_REAL}:{_REAL}\]", re.ASCII)
_OBJECTIVE = re.compile(r"[a-z0-9_]{1,40}( [a-z_]{1,20}:[0-9.]{1,20})?", re.ASCII)
#: Importances and settings are not used to predict; no setting may name a file or a machine.
_FILES = r"(?:data|valid|machines|[a-z_]*(?:file|filename|model)): "
_TAIL = re.compile(
    r"end of trees\n\nfeature_importances:\n(?:[^\n=]{1,100}=[0-9]{1,10}\n)*\nparameters:\n"
    rf"(?:\[{_FILES}\]\n|\[(?!{_FILES})[a-z0-9_]{{1,60}}: [a-z0-9_.+,-]{{0,60}}\]\n)*"
    r"\nend of parameters\n\npandas_categorical:null\n",
    re.ASCII,
)
#: Smaller or larger and missing in its three kinds; no categories.
_DECISIONS = {0, 2, 4, 6, 8, 10}
_INT32 = 2**31


def check(text: str, names: Sequence[str]) -> None:
    """Raises ModelError unless `text` is what LightGBM writes of regression trees on the columns
    `names`: every line in its place, every length, index and number as it must be."""
    try:
        _check(text, names)
    except ValueError as error:
        raise ModelError(f"the model text is damaged: {error}", remedy=REMEDY) from error


def _check(text: str, names: Sequence[str]) -> None:
    if len(text) > LARGEST:
        raise ValueError(f"{len(text):,} characters are more than {LARGEST:,}")
    if not text.isascii():
        raise ValueError("a character is not ASCII")
    head, _, body = text.partition("\n\n")
    sizes = _header(head, names)
    start = 0
    for number, size in enumerate(sizes):
        if not 0 < size <= len(body) - start:
            raise ValueError(f"tree {number} is not as long as it says")
        _tree(body[start : start + size], number, len(names))
        start += size
    if not start or not _TAIL.fullmatch(body, start):
        raise ValueError("its end is not one")


def _header(head: str, names: Sequence[str]) -> list[int]:
    """The lengths of the trees."""
    first, _, lines = head.partition("\n")
    header = _named(lines.split("\n"), _HEADER, "the header")
    if first != "tree" or any(header[name] != value for name, value in _FIXED.items()):
        raise ValueError("it is not a model of this kind")
    if header["feature_names"].split(" ") != list(names):
        raise ValueError("it was made for other columns")
    if not _OBJECTIVE.fullmatch(header["objective"]):
        raise ValueError("its objective is not a name")
    infos = header["feature_infos"].split(" ")
    if header["max_feature_idx"] != str(len(names) - 1) or len(infos) != len(names):
        raise ValueError("it counts its columns wrongly")
    if not all(map(_RANGE.fullmatch, infos)):
        raise ValueError("the ranges of its columns are not ranges")
    return _wholes(header["tree_sizes"], None, "the header")


def _named(lines: Sequence[str], names: Sequence[str], where: str) -> dict[str, str]:
    """The values of lines `name=value` that must have exactly these names, in this order."""
    parts = [line.partition("=") for line in lines]
    if [name for name, _, _ in parts] != list(names):
        raise ValueError(f"{where} lacks a line, or has one too many")
    return {name: value for name, _, value in parts}


def _tree(block: str, number: int, columns: int) -> None:
    lines = block.split("\n")
    if lines[0] != f"Tree={number}" or lines[-3:] != ["", "", ""]:
        raise ValueError(f"tree {number} is not as long as it says")
    where = f"tree {number}"
    tree = _named(lines[1:-3], _TREE, where)
    (leaves,) = _wholes(tree["num_leaves"], 1, where)
    if leaves < 1 or (tree["num_cat"], tree["is_linear"]) != ("0", "0"):
        raise ValueError(f"{where} is of another kind")
    splits = leaves - 1
    features = _wholes(tree["split_feature"], splits, where)
    if not all(0 <= feature < columns for feature in features):
        raise ValueError(f"{where} splits by a column that is not there")
    if not set(_wholes(tree["decision_type"], splits, where)) <= _DECISIONS:
        raise ValueError(f"{where} decides in an unknown way")
    _children(
        _wholes(tree["left_child"], splits, where),
        _wholes(tree["right_child"], splits, where),
        where,
    )
    for name in ("split_gain", "internal_value", "internal_weight"):
        _reals(tree[name], splits, where)
    # All that is known on one side, all that is unknown on the other.
    _reals(tree["threshold"].replace("inf", "0"), splits, where)
    _reals(tree["leaf_value"], leaves, where)
    _reals(tree["leaf_weight"], leaves if splits else 0, where)  # a lone leaf has no weight
    _reals(tree["shrinkage"], 1, where)
    counts = _wholes(tree["leaf_count"], leaves, where)
    if min(counts + _wholes(tree["internal_count"], splits, where)) < 0:
        raise ValueError(f"{where} counts below zero")


def _children(left: Sequence[int], right: Sequence[int], where: str) -> None:
    """Every split but the first and every leaf hangs below exactly one split, a split below an
    earlier one: so there is no circle and nothing out of bounds. Leaf n is written -1 - n."""
    splits = len(left)
    for place, (one, other) in enumerate(zip(left, right, strict=True)):
        if 0 <= one <= place or 0 <= other <= place:
            raise ValueError(f"{where} goes round in a circle")
    below = sorted([*left, *right])
    if splits and below != [*range(-splits - 1, 0), *range(1, splits)]:
        raise ValueError(f"{where} has a branch that leads nowhere")


def _wholes(line: str, count: int | None, where: str) -> list[int]:
    """So many whole numbers of 32 bits; any number of them for None."""
    words = line.split(" ") if line else []
    if count is not None and len(words) != count:
        raise ValueError(f"{where} has {len(words)} values where {count} belong")
    if not all(map(_WHOLE.fullmatch, words)):
        raise ValueError(f"{where} has something else where a whole number belongs")
    values = [int(word) for word in words]
    if any(not -_INT32 <= value < _INT32 for value in values):
        raise ValueError(f"{where} has a number that is too large")
    return values


def _reals(line: str, count: int, where: str) -> None:
    words = line.split(" ") if line else []
    if len(words) != count:
        raise ValueError(f"{where} has {len(words)} values where {count} belong")
    if not all(map(_NUMBER.fullmatch, words)) or not all(map(math.isfinite, map(float, words))):
        raise ValueError(f"{where} has something else where a finite number belongs")
