"""The shape of the house: sizes, names, and where rows may be read."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["resolution03", "accounts", "orgs", "members", "assessments"]
MODULE_LINES, TEST_LINES, FUNCTION_LINES = 400, 500, 60
# What may follow `.objects.` where a request, a report or an upload reads rows: the user's
# scope, or a method that names its own narrow purpose. Rules (schemes, levels, targets) and
# years belong to everybody who is signed in; they have no scope.
SCOPING = {"visible_to", "ancestors_of"}
# A report is of a unit that its page or command has already found through a scope.
REPORT_SCOPING = SCOPING | {"under"}
WITHOUT_SCOPE = {"Installation", "RatingYear", "Scheme", "Level", "Target", "Crosswalk", "Cap"}


def modules(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


HOUSE = modules(*ROOMS, "tools") + [ROOT / "manage.py", ROOT / "bootstrap.py"]
READERS = [
    path
    for path in modules(*ROOMS)
    if {"views", "views.py", "reports", "reports.py", "imports", "imports.py"} & set(path.parts)
]


@pytest.mark.parametrize("path", HOUSE + modules("tests"), ids=named)
def test_a_module_is_short(path):
    limit = TEST_LINES if "tests" in path.parts else MODULE_LINES
    assert len(path.read_text("utf-8").splitlines()) <= limit


@pytest.mark.parametrize("path", HOUSE, ids=named)
def test_a_function_fits_a_screen(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < FUNCTION_LINES, node.name


@pytest.mark.parametrize("path", HOUSE, ids=named)
def test_no_drawers_for_everything_and_no_signals(path):
    assert path.name not in {"utils.py", "helpers.py", "common.py", "signals.py"}
    assert not re.search(r"django\.(db\.models|dispatch).*(signals|receiver)", path.read_text())


@pytest.mark.parametrize("path", READERS, ids=named)
def test_rows_are_read_only_through_a_scope(path):
    scoping = REPORT_SCOPING if "reports" in path.parts else SCOPING
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and _is_manager(node.value):
            model = ast.unparse(node.value.value).rpartition(".")[2]
            allowed = node.attr in scoping or model in WITHOUT_SCOPE
            assert allowed, f"line {node.lineno}: {model}.objects.{node.attr}"


def _is_manager(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "objects"


# year_rules.py fetches the rules that a year lives by; it decides nothing itself.
RULES = [path for path in HOUSE if "rules" in path.stem and path.stem != "year_rules"]


@pytest.mark.parametrize("path", RULES, ids=named)
def test_rules_know_no_database_and_no_request(path):
    text = path.read_text("utf-8")
    assert not re.search(r"^(from|import) django\.(db|http|forms|views)", text, re.MULTILINE)
    assert ".objects" not in text
