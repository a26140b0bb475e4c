"""Codes in addresses: every stored code has an address, whatever characters it is made of."""

import re
from binascii import Error, unhexlify

from django.http import HttpRequest

_PLAIN = re.compile(r"[^\W_][\w.-]*")
_CODED = "~"


def view_name(request: HttpRequest) -> str:
    """The name of the address that is asked for; empty where there is none."""
    match = request.resolver_match
    return match.view_name if match else ""


class CodeConverter:
    """A code as one part of an address: itself where it is made of letters, digits, `.`, `-` and
    `_`, else `~` and its bytes in hexadecimal, which no server and no browser takes apart."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        if not value.startswith(_CODED):
            return value
        try:
            code = unhexlify(value.removeprefix(_CODED)).decode()
        except (Error, UnicodeError) as error:
            raise ValueError(value) from error
        if "\0" in code or self.to_url(code) != value:
            raise ValueError(value)
        return code

    def to_url(self, value: str) -> str:
        return value if _PLAIN.fullmatch(value) else f"{_CODED}{value.encode().hex()}"
