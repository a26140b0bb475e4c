"""docs/counts.md tells the counts with which a database begins."""

from tools import counts


def test_the_document_has_the_counts_of_the_file():
    assert counts.DOCUMENT.read_text(encoding="utf-8") == counts.written(), "run tools/counts.py"
    assert counts.tables().count("\n| `") == 72
