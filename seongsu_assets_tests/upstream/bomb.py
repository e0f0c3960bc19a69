"""A small gzip body that unpacks to hundreds of mebibytes.
Nothing of how it is sent."""

import zlib
from functools import lru_cache

_BLOCK = bytes(1 << 20)


@lru_cache(maxsize=4)
def bomb(blocks: int) -> bytes:
    """A gzip member of `blocks` MiB of zeros. After a full flush the next block packs to the same
    bytes, so that one block is packed and repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(_BLOCK) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 0
    for _ in range(blocks):
        check = zlib.crc32(_BLOCK, check)
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    size = (blocks << 20) % 2**32
    tail = check.to_bytes(4, "little") + size.to_bytes(4, "little")
    return head + block * blocks + end + tail
