"""The shape of the house: sizes, names, and where rows may be read."""

import ast
import re
from functools import cache
from pathlib import Path

from orgs.trail.words import actions

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["resolution03", "accounts", "orgs", "members", "assessments"]
MODULE_LINES, TEST_LINES, FUNCTION_LINES = 400, 500, 50
TEMPLATE_LINE = 160
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


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


HOUSE = modules(*ROOMS, "tools") + [ROOT / "manage.py", ROOT / "bootstrap.py"]
READERS = [
    path
    for path in modules(*ROOMS)
    if {"views", "views.py", "reports", "reports.py", "imports", "imports.py"} & set(path.parts)
]


def test_a_module_is_short():
    for path in HOUSE + modules("tests"):
        limit = TEST_LINES if "tests" in path.parts else MODULE_LINES
        assert len(path.read_text("utf-8").splitlines()) <= limit, named(path)


def test_a_function_fits_a_screen():
    for path in HOUSE:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno - node.lineno < FUNCTION_LINES, (named(path), node.name)


def test_a_line_of_a_template_is_short():
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            assert len(line) <= TEMPLATE_LINE, f"{named(path)}, line {number}"


def test_no_drawers_for_everything_and_no_signals():
    for path in HOUSE:
        assert path.name not in {"utils.py", "helpers.py", "common.py", "signals.py"}, named(path)
        found = re.search(r"django\.(db\.models|dispatch).*(signals|receiver)", path.read_text("utf-8"))
        assert not found, named(path)


def test_rows_are_read_only_through_a_scope():
    for path in READERS:
        scoping = REPORT_SCOPING if "reports" in path.parts else SCOPING
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Attribute) and _is_manager(node.value):
                model = ast.unparse(node.value.value).rpartition(".")[2]
                allowed = node.attr in scoping or model in WITHOUT_SCOPE
                where = f"{named(path)}, line {node.lineno}"
                assert allowed, f"{where}: {model}.objects.{node.attr}"


def _is_manager(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "objects"


DECIDING = {"arithmetic", "catalog", "exceptions", "ratings", "supplements", "totals"}
RULES = [
    path for path in HOUSE if path.stem == "rules" or (path.parent.name == "rules" and path.stem in DECIDING)
]


def test_rules_know_no_database_and_no_request():
    for path in RULES:
        text = path.read_text("utf-8")
        found = re.search(r"^(from|import) django\.(db|http|forms|views)", text, re.MULTILINE)
        assert not found and ".objects" not in text, named(path)


def test_every_action_that_the_code_names_is_declared_for_the_trail():
    """By its literals; `orgs.audit` refuses the rest, and tests/trail_cases.py does each once."""
    named_in_code = {
        name
        for path in modules(*ROOMS)
        for name in re.findall(r'\baction="([a-z]+\.[a-z_]+)"', path.read_text("utf-8"))
    }
    assert "year.close" in named_in_code and not named_in_code - set(actions())
