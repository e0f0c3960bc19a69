"""A visitor of the app without a browser: speaks to Streamlit as a browser does, and hears all.
What is shown is not drawn; how it looks is for browser/."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

#: The script gave way to a newer wish of the same visitor: the end is still to come.
AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN


@dataclass
class Heard:
    """One run of the script: seconds from the wish to the end, what came, and what came of it."""

    seconds: float = 0.0
    bytes: int = 0
    messages: list[ForwardMsg] = field(default_factory=list)

    def _elements(self) -> Iterator[Element]:
        for message in self.messages:
            if message.WhichOneof("type") == "delta":
                yield message.delta.new_element

    @property
    def markup(self) -> str:
        return " ".join(each.html.body for each in self._elements())

    @property
    def code(self) -> str:
        return " ".join(each.code.code_text for each in self._elements())

    @property
    def failed(self) -> bool:
        return any(each.WhichOneof("type") == "exception" for each in self._elements())


class Visitor:
    """One session. `visit` is what opening an address does, `renew` what a page does by itself."""

    def __init__(self, connection: ClientConnection, address: str) -> None:
        self._connection, self._address = connection, address
        self._wish = BackMsg()
        self.fragment = ""

    async def visit(self, path: str, **query: str) -> Heard:
        wish = BackMsg()
        wish.rerun_script.query_string = urlencode(query)
        wish.rerun_script.page_script_hash = calc_hash(path)
        wish.rerun_script.context_info.url = f"{self._address}/{path}"
        wish.rerun_script.widget_states.SetInParent()
        self._wish, self.fragment = wish, ""
        return await self._ask(wish)

    async def renew(self) -> Heard:
        """The part of the page that runs again each minute."""
        wish = BackMsg()
        wish.CopyFrom(self._wish)
        wish.rerun_script.fragment_id = self.fragment
        wish.rerun_script.is_auto_rerun = True
        return await self._ask(wish)

    async def _ask(self, wish: BackMsg) -> Heard:
        began, heard = time.perf_counter(), Heard()
        await self._connection.send(wish.SerializeToString())
        while True:
            raw = await self._connection.recv()
            message = ForwardMsg()
            message.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
            heard.bytes += len(raw)
            heard.messages.append(message)
            if message.HasField("auto_rerun"):
                self.fragment = message.auto_rerun.fragment_id
            if message.HasField("script_finished") and message.script_finished != AGAIN:
                heard.seconds = time.perf_counter() - began
                return heard


@asynccontextmanager
async def arrived(address: str) -> AsyncIterator[Visitor]:
    """A new session at the app of this address."""
    at = urlsplit(address).netloc
    async with connect(
        f"ws://{at}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        origin=Origin(f"http://{at}"),
        max_size=None,
        ping_interval=None,
    ) as connection:
        yield Visitor(connection, address)
