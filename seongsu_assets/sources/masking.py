"""A provider's key: how it is sent, and how it is kept out of everything that is seen.
No request here, and no knowledge of where keys are held."""

import html
import json
import logging
import re
from urllib.parse import quote, quote_plus, unquote

from pydantic import SecretStr

#: Stands for the key in addresses, journals and messages.
PLACE = "{key}"

#: What is shorter is no real key, and replacing it all over an answer would damage the data.
_SHORTEST = 8

#: The portal gives a key in two forms, and this one would be encoded a second time.
_ENCODED = re.compile(r"%(2B|2F|3D)", re.IGNORECASE)


class Secret:
    """A key as it was pasted, or no key at all. It can be sent and masked, but not shown."""

    def __init__(self, pasted: SecretStr | None = None) -> None:
        text = pasted.get_secret_value().strip() if pasted else ""
        self._text = SecretStr(unquote(text) if _ENCODED.search(text) else text)
        spelled = b"".join(map(_spellings, self._text.get_secret_value()))
        self._pattern = re.compile(spelled) if len(self._text) >= _SHORTEST else None

    def fill(self, template: str) -> str:
        """The address with the key in it, quoted. Send it and keep it nowhere."""
        return template.replace(PLACE, quote(self._text.get_secret_value(), safe=""))

    def mask(self, body: bytes) -> bytes:
        """The bytes with `{key}` for the key, however it is spelled."""
        return self._pattern.sub(PLACE.encode(), body) if self._pattern else body

    def mask_text(self, text: str) -> str:
        return self.mask(text.encode(errors="replace")).decode()


def _spellings(character: str) -> bytes:
    """A pattern of one character as it comes back in an echo: plain, or escaped in the manner of an
    address (once or twice), JSON, HTML or Python. Each begins with a literal: that is fast."""
    code, plain = ord(character), character.encode()
    forms = {plain, quote_plus(character).encode()}
    forms.add(character.encode("cp949", errors="ignore") or plain)
    forms |= {b"\\" + plain, html.escape(character).encode(), json.dumps(character)[1:-1].encode()}
    patterns = [re.escape(form) for form in sorted(forms)]
    patterns += [
        b"".join(b"%(?:25){0,2}" + _hex(b"%02X" % byte) for byte in plain),
        b"".join(rb"\\x" + _hex(b"%02X" % byte) for byte in plain),
        rb"\\u" + _hex(b"%04X" % code),
        b"&#0{0,4}%d;" % code,
        b"&#[xX]0{0,4}" + _hex(b"%X" % code) + b";",
    ]
    return b"(?:" + b"|".join(patterns) + b")"


def _hex(digits: bytes) -> bytes:
    """A pattern of hexadecimal digits in upper or lower case."""
    text = digits.decode()
    return "".join(f"[{digit}{digit.lower()}]" for digit in text).encode()


def _silence(_: logging.LogRecord) -> bool:
    return False


def hush() -> None:
    """Silence the loggers of the HTTP library for good: their lines hold addresses and headers.
    What was asked and answered is told by the journal. A filter, for a level can be set back."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in {"httpx", "httpcore"}:
            logging.getLogger(name).addFilter(_silence)
