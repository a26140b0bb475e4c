"""An answer as lines that can be compared: what a browser, a reader of JSON or Excel would notice.

`tree` is the parsed tree: white space, one-time tokens and names of static files do not count.
`flow` is the text of each block with its white space collapsed but kept: a space more or less inside
a line, a word or a text field counts there.
"""

import hashlib
import io
import json
import re
import zipfile
from dataclasses import dataclass, field

from lxml import html

TOKEN = "f00dfeed"  # noqa: S105 what a house's random numbers begin with while it is walked
_ONE_TIME = re.compile(rf"{TOKEN}[0-9a-fA-F-]*", re.I)
_CSRF = re.compile(r"(?<![A-Za-z0-9])(?=[a-z0-9]*[A-Z])[A-Za-z0-9]{64}(?![A-Za-z0-9])")
_STATIC = re.compile(r"/static/(?:[\w.@-]+/)*([\w@-][\w.@-]*)")
_HASH = re.compile(r"\.[0-9a-f]{12}(?=\.)")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_CELLS = re.compile(r"(?=<(?!/))")
INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark output q s samp small span "
    "strong sub sup time u var".split()
)
ATOMS = frozenset("button img input meter progress select svg textarea br wbr".split())
KEPT_AS_TYPED = frozenset({"pre", "textarea"})
_AS_WRITTEN = frozenset({"value", "pattern"})


@dataclass
class Answer:
    """What one address or command answered."""

    status: int
    kind: str
    tree: list[str]
    flow: list[str] = field(default_factory=list)
    leads_to: str = ""

    def document(self) -> dict:
        return vars(self)


def read(status: int, kind: str, content: bytes, leads_to: str = "") -> Answer:
    """`kind` is the content type without its parameters."""
    leads_to = plain(leads_to)
    if kind == "text/html":
        tree, flow = page(content.decode("utf-8"))
        return Answer(status, kind, tree, flow, leads_to)
    if kind == "application/json":
        return Answer(status, kind, document(json.loads(content)), [], leads_to)
    if content.startswith(b"PK"):
        return Answer(status, kind, archive(content), [], leads_to)
    try:
        return Answer(status, kind, plain(content.decode("utf-8")).splitlines(), [], leads_to)
    except UnicodeDecodeError:
        return Answer(status, kind, [hashlib.sha256(content).hexdigest()], [], leads_to)


def plain(text: str) -> str:
    """Without what differs at each request, and where static files lie."""
    text = _STATIC.sub(lambda found: f"static:{_HASH.sub('', found[1])}", text)
    return _CSRF.sub("*", _ONE_TIME.sub("*", text))


def document(found: object) -> list[str]:
    """A JSON document, a line a value; the order of keys does not count."""
    return plain(json.dumps(found, ensure_ascii=False, indent=0, sort_keys=True)).split("\n")


def archive(content: bytes) -> list[str]:
    """All parts of a workbook or a Word document, a line an element (a cell, a merge, a width)."""
    lines = []
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in sorted(parts.namelist()):
            lines += [f"== {name}", *_part(name, parts.read(name))]
    return lines


def _part(name: str, content: bytes) -> list[str]:
    if not name.endswith((".xml", ".rels")):
        return [hashlib.sha256(content).hexdigest()]
    lines, cell = [], []
    for piece in _CELLS.split(plain(content.decode("utf-8"))):
        if cell and piece.startswith(("<c ", "<row ", "<w:p", "<w:t", "<mergeCell", "<col ", "<si")):
            lines.append("".join(cell))
            cell = []
        cell.append(piece)
    return [*lines, "".join(cell)]


def page(text: str) -> tuple[list[str], list[str]]:
    """Tree and flow of a page or of a part of one."""
    if not text.strip():
        return [], []
    whole = re.search(r"<html[\s>]", text, re.I)
    tops = [html.document_fromstring(text)] if whole else html.fragments_fromstring(text)
    reader = _Reader()
    for top in tops:
        if isinstance(top, str):
            reader.text(top, 0, as_typed=False)
        else:
            reader.element(top, 0)
            reader.text(top.tail, 0, as_typed=False)
    reader.end_of_block()
    return reader.tree, reader.flow


class _Reader:
    def __init__(self):
        self.tree, self.flow, self._run, self._blocks = [], [], [], []

    def element(self, element, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            return
        self.tree.append(f"{'  ' * depth}<{' '.join([tag, *_attributes(element)])}>")
        if tag == "script" and "json" in element.get("type", ""):
            self.tree += document(json.loads(element.text or "null"))
            return
        is_inline = tag in INLINE
        if tag in ATOMS:
            self._run.append(f"[{tag}]")
            outer, self._run = self._run, []
        elif not is_inline:
            self.end_of_block()
        self._blocks.append(tag)
        self._inside(element, depth + 1, as_typed=tag in KEPT_AS_TYPED)
        if not is_inline:
            self.end_of_block()
        self._blocks.pop()
        if tag in ATOMS:
            self._run = outer

    def _inside(self, element, depth: int, *, as_typed: bool) -> None:
        self.text(element.text, depth, as_typed=as_typed)
        for child in element:
            self.element(child, depth)
            self.text(child.tail, depth, as_typed=as_typed)

    def text(self, text: str | None, depth: int, *, as_typed: bool) -> None:
        if not text:
            return
        text = plain(text)
        if as_typed and text.strip():
            self.flow.append(f"{self._blocks[-1]} as typed: {text!r}")
        else:
            self._run.append(text)
        if collapsed := _SPACE.sub(" ", text).strip(" "):
            self.tree.append(f"{'  ' * depth}{collapsed!r}")

    def end_of_block(self) -> None:
        run = _SPACE.sub(" ", "".join(self._run)).strip(" ")
        self._run = []
        if run:
            block = next((tag for tag in reversed(self._blocks) if tag not in INLINE), "page")
            self.flow.append(f"{block}: {run}")


def _attributes(element) -> list[str]:
    found = []
    for name, text in sorted(element.items()):
        if name == "nonce":
            continue
        is_token = name == "value" and element.get("name") == "csrfmiddlewaretoken"
        text = "*" if is_token else plain(text)
        if name not in _AS_WRITTEN:
            text = _SPACE.sub(" ", text).strip(" ")
        found.append(f"{name}={text!r}")
    return found
