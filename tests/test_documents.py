"""What the documents say about the code is true of the code."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from assessments.figures.indicators import INDICATORS
from assessments.rules.reference import TARGETS

DOCS = settings.BASE_DIR / "docs"


def sections(text: str) -> dict[str, str]:
    parts = re.split(r"^## `(\w+)`$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_document_and_code_list_the_same_indicators():
    described = sections((DOCS / "indicators.md").read_text("utf-8"))
    assert list(described) == list(INDICATORS)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: f"{target[0]}-{target[3]}")
def test_each_indicator_names_its_target_and_article(target):
    code, comparison, value, *_years, article = target
    words = sections((DOCS / "indicators.md").read_text("utf-8"))[code]
    said = {">=": f"at least {value}%", ">": f"more than {value:,}", "<=": f"Target: {value}"}
    assert said[comparison] in " ".join(words.split())
    assert f"Source: {article}." in words


def test_the_glossary_names_identifiers_that_exist():
    names = re.findall(r"`([A-Z]\w+)`", (DOCS / "glossary.md").read_text("utf-8"))
    models = {model.__name__ for model in apps.get_models()}
    assert names and set(names) - models == set()


def test_decisions_are_numbered_and_short():
    decisions = sorted((DOCS / "adr").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        lines = path.read_text("utf-8").splitlines()
        assert len(lines) <= 40, path.name
        assert lines[0].startswith(f"# {int(path.name[:4])}. ")


def test_documents_name_files_that_exist():
    missing = [
        (path.name, name)
        for path in [settings.BASE_DIR / "README.md", *DOCS.rglob("*.md")]
        for name in re.findall(r"`((?:[a-z0-9_]+/)+[a-z0-9_]+\.(?:py|md|csv))`", path.read_text("utf-8"))
        if not (settings.BASE_DIR / name).exists()
    ]
    assert missing == []


def walks() -> dict[str, list[tuple[str, str]]]:
    """The steps of each walk: file and name."""
    parts = re.split(r"^## (.+)$", (DOCS / "walks.md").read_text("utf-8"), flags=re.MULTILINE)
    step = re.compile(r"^\| [^|]+ \| `([^`]+)` \| (?:`([^`]+)`)? ?\|$", re.MULTILINE)
    return {title: step.findall(text) for title, text in zip(parts[1::2], parts[2::2], strict=True)}


def test_the_walks_go_by_files_and_names_that_are_there():
    assert len(walks()) == 4
    for title, steps in walks().items():
        assert len(steps) > 4, title
        for name, defined in steps:
            path = settings.BASE_DIR / name
            assert path.exists(), (title, name)
            assert not defined or defined in names_in(path), (title, name, defined)


def test_no_walk_goes_back_to_a_file_that_it_left():
    for title, steps in walks().items():
        files = [name for name, _defined in steps]
        assert len(files) == len(set(files)), title


def names_in(path: Path) -> set[str]:
    """What a module defines: functions, classes, their methods, constants."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{part.name}" for part in node.body if isinstance(part, ast.FunctionDef)}
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found
