"""The pointer is asked for by many and read by one, is never old, and tells when it cannot be read.
The shelf keeps what it may, and no more. No database and no HTTP."""

import asyncio
import time
from collections.abc import Mapping

import pytest

from seongsu_assets.api import shelf
from seongsu_assets.api.pointer import OLDEST, Pointer
from seongsu_assets.api.shelf import Entry, Shelf
from seongsu_assets.errors import WarehouseError
from seongsu_assets.warehouse.served import State


def state(issue: str) -> State:
    nothing = dict.fromkeys(State.__dataclass_fields__)
    return State(**{**nothing, "domain": "d", "dataset": "d", "issue_id": issue})  # type: ignore[arg-type]


class Reads:
    """What is read; how often, and how many at once."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.issue, self.count, self.inside, self.most = "a", 0, 0, 0
        self.broken, self.seconds = False, seconds

    def __call__(self) -> Mapping[str, State]:
        self.count += 1
        self.inside += 1
        self.most = max(self.most, self.inside)
        time.sleep(self.seconds)
        self.inside -= 1
        if self.broken:
            raise WarehouseError("it does not answer")
        return {"d": state(self.issue)}


def test_a_thousand_who_ask_together_read_once() -> None:
    reads = Reads(seconds=0.02)

    async def ask() -> None:
        pointer = Pointer(reads)
        await asyncio.gather(*(pointer.fresh() for _ in range(1000)))

    asyncio.run(ask())
    assert (reads.count, reads.most) == (1, 1)


def test_what_changed_is_told_within_a_tenth_of_a_second() -> None:
    reads = Reads()

    async def ask() -> float:
        pointer = Pointer(reads)
        await pointer.fresh()
        reads.issue = "b"
        began = time.monotonic()
        for _ in range(10_000):
            if (await pointer.fresh()).states["d"].issue_id == "b":
                break
            await asyncio.sleep(0.002)
        return time.monotonic() - began

    assert asyncio.run(ask()) <= OLDEST + 0.25  # a busy machine wakes late


def test_the_generation_rises_only_with_a_change() -> None:
    reads = Reads()

    async def ask() -> list[int]:
        pointer = Pointer(reads)
        seen: list[int] = []
        for issue in ("a", "a", "b", "b"):
            reads.issue = issue
            await asyncio.sleep(1.5 * OLDEST)
            seen.append((await pointer.fresh()).generation)
        return seen

    assert asyncio.run(ask()) == [1, 1, 2, 2]


def test_what_cannot_be_read_is_an_error_until_it_can_and_never_the_old(
    recwarn: pytest.WarningsRecorder,
) -> None:
    reads = Reads()

    async def ask() -> int:
        pointer = Pointer(reads)
        await pointer.fresh()
        reads.broken = True
        await asyncio.sleep(1.5 * OLDEST)
        for _ in range(3):
            with pytest.raises(WarehouseError):
                await pointer.fresh()
        reads.broken = False
        return (await pointer.fresh()).generation

    assert asyncio.run(ask()) == 1
    assert not recwarn.list


def test_an_answer_is_kept_for_its_generation_and_its_seconds() -> None:
    kept, key = Shelf(), ("/x", b"")
    kept.put(key, Entry.of({"a": 1}, 1, None))
    assert kept.get(key, 1) is not None
    assert kept.get(key, 2) is None
    kept.put(key, Entry.of({"a": 1}, 2, -1.0))
    assert kept.get(key, 2) is None


def test_the_shelf_is_bounded_and_forgets_what_was_asked_longest_ago(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = Shelf()
    for n in range(shelf.MOST + 10):
        kept.put(("/x", str(n).encode()), Entry.of(n, 1, None))
        kept.get(("/x", b"0"), 1)
    assert len(kept._held) == shelf.MOST
    assert kept.get(("/x", b"0"), 1) is not None
    assert kept.get(("/x", b"1"), 1) is None
    monkeypatch.setattr(shelf, "LARGEST", 92)
    kept.put(("/y", b""), Entry.of("x" * 90, 1, None))
    assert list(kept._held) == [("/y", b"")]
    assert kept._size == len(kept._held["/y", b""].body)


def test_equal_answers_have_equal_etags_and_other_ones_others() -> None:
    one, same, other = (Entry.of(value, 1, None) for value in ({"a": 1}, {"a": 1}, {"a": 2}))
    assert one.etag == same.etag != other.etag
