"""Word files in tests: made from lines of text, spoiled part by part, read as text."""

import sys
import zipfile
from functools import cache
from importlib import util
from io import BytesIO
from types import ModuleType

from docx import Document

from assessments.reports.documents.rendering import CHILD


@cache
def child() -> ModuleType:
    """What fills templates, in this process: a process for each of many drafts costs half a second."""
    sys.path.insert(0, str(CHILD.folder))
    try:
        spec = util.spec_from_file_location("drafts_child", CHILD.folder / "__main__.py")
        module = util.module_from_spec(spec)
        spec.loader.exec_module(module)
        import filling  # noqa: F401, PLC0415
    finally:
        sys.path.remove(str(CHILD.folder))
    return module


def document(*lines: str, header: str = "") -> bytes:
    made = Document()
    for line in lines:
        made.add_paragraph(line)
    if header:
        made.sections[0].header.paragraphs[0].text = header
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def changed(content: bytes, parts: dict) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as made, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name in made.namelist():
            part = parts.pop(name, None)
            data = made.read(name)
            out.writestr(name, part(data) if callable(part) else data if part is None else part)
        for name, part in parts.items():
            out.writestr(name, part)
    return stream.getvalue()


def text(content: bytes) -> str:
    """Paragraphs, then the cells of tables, header and footer."""
    made = Document(BytesIO(content))
    section = made.sections[0]
    lines = [paragraph.text for paragraph in made.paragraphs]
    for table in made.tables:
        for row in table.rows:
            lines.append(" | ".join(cell.text for cell in row.cells))
    lines += [paragraph.text for paragraph in (*section.header.paragraphs, *section.footer.paragraphs)]
    return "\n".join(lines)
