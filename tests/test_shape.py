"""The shape of the house: sizes, names, and where rows may be read."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from orgs.trail.words import actions
from tests import short

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["resolution03", "accounts", "orgs", "members", "assessments"]
MODULE_LINES, TEST_LINES, FUNCTION_LINES = 400, 500, 50
TEMPLATE_LINE = 160
_SILENT_TAG = r"\{% (?:if|for|with|endif|endfor|endwith)\b[^%]*%\}"
_INLINE = r"</?(?:a|b|span|strong|small)\b[^>]*>"
SPACE_BEFORE_MARK = re.compile(
    rf"(?:(?<![,.:;])\n[ \t]*(?:{_SILENT_TAG}|{_INLINE})*|\{{% include [^%]*%\}})[,.:;)!?”](?![\w=])"
)
# What may follow `.objects.` where a request, a report or an upload reads rows: the user's scope, or
# a method that names its own narrow purpose; below pages also what narrows to something that was
# found through a scope before (`filter(year=year)`). Rules (schemes, levels, targets) and years
# belong to everybody who is signed in; they have no scope.
SCOPING = {"visible_to", "ancestors_of"}
READING = SCOPING | {"under", "none", "named", "units"}
WITHOUT_SCOPE = {
    "Installation",
    "RatingYear",
    "Scheme",
    "Level",
    "Reading",
    "Target",
    "TargetSet",
    "Term",
    "ReviewDue",
    "RiskAge",
    "Cap",
    "LikeGroup",
    "UnratedReason",
    "OtherYearEnd",
    "Activity",
    "CountCheck",
    "AccessLog",
    "AccessFailureLog",
    "ContentType",
    "DataVersion",
    "Session",
}
WHOLE = {
    "accounts": "whoever signs in",
    "assessments/figures/village_mergers.py": "how many villages were merged, of the province or of a unit",
    "assessments/management": "commands, whose user owns the machine",
    "assessments/operations": "the demonstration, the nightly pruning, the doctor: the whole database",
    "assessments/roster": "the roster of a year follows all registers",
    "assessments/rules": "rules belong to everybody",
    "members/loading": "registers that a load has locked; its rows are judged by orgs/loading/scope.py",
    "orgs/aftermath.py": "what a body that was found through a scope went into: names of successors",
    "orgs/loading": "registers that a load has locked; its rows are judged by orgs/loading/scope.py",
    "orgs/management": "commands, whose user owns the machine",
    "orgs/scoping.py": "makes the scope",
    "assessments/workbooks/kinds/judging": "a load, as orgs/loading",
    "assessments/workbooks/loading": "a load, as orgs/loading",
    "assessments/workbooks/prepared/since.py": "where the whole trail stands",
    "assessments/registers/undoing/journal.py": "writes what a load has written",
    "assessments/registers/undoing/keeping.py": "writes what an act has written",
}
"""Who reads without a user's scope, and why."""


def modules(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


HOUSE = modules(*ROOMS, "tools") + [ROOT / "manage.py", ROOT / "bootstrap.py"]
PAGES = {"views", "forms", "urls"}


def is_of(path: Path, *kinds: str) -> bool:
    """Whether a module is of a kind: by its name, the end of its name, or its folder."""
    return any(kind in path.parts or path.stem == kind or path.stem.endswith(f"_{kind}") for kind in kinds)


READERS = [
    path
    for path in modules(*ROOMS)
    if not is_of(path, "actions", "models", "querysets") and not named(path).startswith(tuple(WHOLE))
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


def test_nothing_says_by_a_triangle_how_much_is_missing():
    """Beside a number it reads as "up": short, left and over are words, up and down have + and −.
    Forms print it before the words of a verdict alone; checksums weigh every character there is."""
    texts = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static" / "js").rglob("*.js")]
    texts += [*(ROOT / "locale").rglob("*.po"), *(ROOT / "static" / "css").rglob("*.css"), *HOUSE]
    texts = [path for path in texts if path.name not in ("checksums.py", "formulas.py")]
    marks = re.compile("[▲△▴▵▼▽▾▿⯅⯆⬆⬇🔺🔻]|&#(?:9650|9660|x25b2|x25bc);|\\\\u25[bB][2cC]")
    for path in texts:
        assert not marks.search(path.read_text("utf-8")), named(path)


def test_no_template_puts_a_space_before_a_mark():
    """A line that ends before a comma or a full stop is a space before it; so is the last line of what
    is included there."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        found = SPACE_BEFORE_MARK.search(path.read_text("utf-8"))
        assert not found, f"{named(path)}: {found and found[0]!r}"


def test_a_class_that_a_template_needs_is_there():
    """`{# needs: rows (of sheet.Row) #}`: the module of that name makes it."""
    made = {
        f"{path.stem}.{node.name}"
        for path in HOUSE
        for node in parsed(path).body
        if isinstance(node, ast.ClassDef)
    }
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for needs in re.findall(r"\{# needs:.*?#\}", path.read_text("utf-8")):
            assert made >= set(re.findall(r"\b\w+\.[A-Z]\w+", needs)), f"{named(path)}: {needs}"


def test_no_drawers_for_everything_and_no_signals():
    for path in HOUSE:
        assert path.name not in {"utils.py", "helpers.py", "common.py", "signals.py"}, named(path)
        found = re.search(r"django\.(db\.models|dispatch).*(signals|receiver)", path.read_text("utf-8"))
        assert not found, named(path)


def test_rows_are_read_only_through_a_scope():
    for path in READERS:
        narrowed = set() if is_of(path, *PAGES) else _narrowed(path)
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Attribute) and _is_manager(node.value):
                model = ast.unparse(node.value.value).rpartition(".")[2]
                allowed = node.attr in READING or model in WITHOUT_SCOPE or node in narrowed
                where = f"{named(path)}, line {node.lineno}"
                assert allowed, f"{where}: {model}.objects.{node.attr}"


def test_who_reads_without_a_scope_is_there():
    assert all((ROOT / place).exists() for place in WHOLE)


def _narrowed(path: Path) -> set[ast.Attribute]:
    """`x.objects.filter(...)` or `.get(...)` with a condition on something that the caller has given."""
    return {
        call.func
        for call in ast.walk(parsed(path))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in ("filter", "get")
        and (call.args or any(not isinstance(word.value, ast.Constant) for word in call.keywords))
    }


def _is_manager(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "objects"


# Inside a desk: pages, then forms (and the acts that name them), actions, reading modules, models.
ORDER = {"urls": 5, "views": 4, "forms": 3, "acts": 3, "jobs": 3, "actions": 2, "models": 0, "querysets": 0}
INSIDE = {*ORDER, "child", "judging"}


def test_a_desk_imports_one_way():
    """Who reads, or declares rows, knows no action; no action knows a form or a page."""
    paths = {named(path)[:-3].replace("/", "."): path for path in modules("assessments")}
    for name, path in paths.items():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and node.module:
                for module in {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}:
                    beside = paths.get(module)
                    if beside and desk(beside) == desk(path):
                        assert rank(beside) <= rank(path), f"{name} imports {module}"


def desk(path: Path) -> Path:
    folder = path.parent
    return folder.parent if folder.name in INSIDE else folder


def rank(path: Path) -> int:
    return next((ORDER[kind] for kind in ORDER if is_of(path, kind)), 1)


DECIDING = {
    "arithmetic",
    "cap_groups",
    "catalog",
    "ceilings",
    "count_declared",
    "count_rule",
    "entry_rule",
    "exceptions",
    "line_facts",
    "ratings",
    "totals",
}
RULES = [
    path for path in HOUSE if path.stem == "rules" or (path.parent.name == "rules" and path.stem in DECIDING)
]


def test_rules_know_no_database_and_no_request():
    assert {path.stem for path in RULES} == {*DECIDING, "rules"}
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


def test_pages_of_a_list_are_made_in_one_place():
    """`resolution03/lib/paging.py` and `templates/_pager.html`."""
    found = [named(path) for path in HOUSE if "django.core.paginator" in path.read_text("utf-8")]
    assert found == ["resolution03/lib/paging.py"]
    shown = [path for path in (ROOT / "templates").rglob("*.html") if 'rel="next"' in path.read_text("utf-8")]
    assert not shown


def test_what_comes_from_outside_is_opened_by_one_kind_of_child():
    """`resolution03/lib/children`; the other processes are PostgreSQL's own programs, the set-up, and the
    service's own workers."""
    found = {named(path) for path in HOUSE if "import subprocess" in path.read_text("utf-8")}
    own = {path for path in found if not path.startswith("tools/")}
    assert own == {
        "bootstrap.py",
        "orgs/jobs/workers.py",
        "resolution03/lib/backups/client_tools.py",
        "resolution03/lib/children/process.py",
    }
    limiting = [named(path) for path in HOUSE if "setrlimit" in path.read_text("utf-8")]
    assert limiting == ["resolution03/lib/children/limited.py"]


def test_what_a_tuple_holds_by_default_is_not_shared_by_all():
    """A dict or list that stands as the default of a field of a NamedTuple is one for all of them."""
    found = [
        f"{path.name}:{field.lineno}"
        for path in HOUSE
        for made in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(made, ast.ClassDef) and any(ast.unparse(base) == "NamedTuple" for base in made.bases)
        for field in made.body
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.value, ast.Dict | ast.List | ast.Set | ast.Call)
    ]
    assert found == []


def test_what_the_short_run_is_told_of_is_there():
    listed = [*short.ON_POSTGRES.values(), *short.LEFT_TO_LONG.values(), short.STEPS, short.ALWAYS]
    for path in (path for paths in listed for path in paths):
        name, _colons, test = path.partition("::")
        assert list(ROOT.glob(f"{name.rstrip('/')}*")), path
        assert not test or f"def {test.partition('[')[0]}" in (ROOT / name).read_text("utf-8"), path


class Item:
    """A test of the database, as far as the short run looks at it."""

    fixturenames = ("db",)

    def __init__(self, nodeid: str):
        self.nodeid = nodeid


def test_of_many_cases_the_short_run_takes_each_third():
    few = [Item(f"tests/a.py::few[{case}]") for case in range(4)]
    many = [Item(f"tests/a.py::many[{case}]") for case in range(7)]
    walls = [Item(f"tests/test_walls.py::wall[{case}]") for case in range(7)]
    desk = [Item(f"tests/assessments/review/desk/test_a.py::test_{number}") for number in range(3)]
    asked = [Item(f"tests/members/test_a.py::test_{number}") for number in range(3)]
    cases = {f"tests/a.py::many[{case}]" for case in (1, 2, 4, 5)}
    everything = [*few, *many, *walls, *desk, *asked]
    assert short.left_out(everything, on_postgres=True) == cases
    assert short.left_out(everything, on_postgres=False) == cases | {
        one.nodeid for one in (*desk[1:], *asked[1:])
    }


@pytest.mark.parametrize(
    ("arguments", "is_long", "count"),
    [(["tests"], False, 2), (["tests"], True, 5), (["tests/lib"], False, 5)],
)
def test_what_is_named_runs_whole(monkeypatch, arguments, is_long, count):
    monkeypatch.setattr(short, "_is_short", None)
    short.configure(arguments, is_long=is_long)
    assert len(short.some(range(5))) == count
