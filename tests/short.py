"""What the short run leaves to `--long`, said once: what PostgreSQL is asked, and how many cases."""

from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# On PostgreSQL the short run holds what meets the database in ways that may differ. Pages, rules and
# reports ask it through the same querysets; one walk through all pages stands for them.
ON_POSTGRES = {
    "raw SQL and bulk writers: the roster follows the registers": (
        "tests/assessments/roster/",
        "tests/orgs/test_reorganize.py",
    ),
    "locks and transactions": (
        "tests/assessments/entry/grid/test_concurrency.py",
        "tests/assessments/test_data_version.py",
        "tests/assessments/test_many_at_once.py",
        "tests/assessments/test_sent_twice.py",
        "tests/assessments/workbooks/batches/test_batch_once.py",
        "tests/assessments/workbooks/layouts/test_layout_waiting.py",
        "tests/orgs/jobs/",
        "tests/test_second_try.py",
    ),
    "constraints": (
        "tests/assessments/review/submitting/test_submissions.py",
        "tests/members/",
    ),
    "migrations, also of version 1": (
        "tests/assessments/test_closed_without_migration.py",
        "tests/v1/",
    ),
    "rows kept as JSON, and given back": (
        "tests/assessments/registers/undoing/",
        "tests/assessments/review/rulebook/test_rules_undone.py",
        "tests/assessments/workbooks/undoing/",
    ),
    "loads": (
        "tests/assessments/workbooks/batches/test_load_after_acceptance.py",
        "tests/assessments/workbooks/loading/test_load_command.py",
        "tests/assessments/workbooks/loading/test_load_registers.py",
        "tests/assessments/workbooks/reorganizing/",
    ),
    "backups, restoring, erasing": (
        "tests/assessments/operations/test_backup.py",
        "tests/assessments/operations/test_doctor.py",
        "tests/assessments/operations/test_erasure.py",
        "tests/assessments/operations/test_restore_killed.py",
    ),
    "queries by annotations": (
        "tests/assessments/figures/names/",
        "tests/assessments/figures/test_figures.py",
    ),
    "search and order of texts": (
        "tests/assessments/registers/test_register_pages.py",
        "tests/lib/test_filters.py",
        "tests/lib/test_paging.py",
    ),
    "a walk through all pages": (
        "tests/test_walls.py::test_a_role_with_the_permission_gets_its_page[board]",
    ),
}

# Of a test of the database with more cases than MANY the short run takes each STEP-th, beginning with the
# first; of those that stand here all: each case of a wall is a way in.
MANY, STEP = 4, 3
ALL_CASES = ("tests/test_walls.py", "tests/accounts/")


def is_on_postgres(item) -> bool:
    return item.nodeid.startswith(tuple(path for paths in ON_POSTGRES.values() for path in paths))


def left_out_cases(items) -> set[str]:
    """The names of the cases that the short run does not take, the same in each run."""
    cases = defaultdict(list)
    for item in items:
        if "db" in item.fixturenames and not item.nodeid.startswith(ALL_CASES):
            cases[item.nodeid.partition("[")[0]].append(item.nodeid)
    many = [names for names in cases.values() if len(names) > MANY]
    return {name for names in many for place, name in enumerate(names) if place % STEP}


def is_everything(arguments: list[str]) -> bool:
    """Whether pytest was asked for all tests; what is named runs with all its cases."""
    return {Path(argument).resolve() for argument in arguments} <= {ROOT, ROOT / "tests"}
