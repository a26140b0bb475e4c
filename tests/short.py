"""What the short run leaves to `--long`, said once: what PostgreSQL is asked, what another test shows too,
how many tests of a module, cases of a test and examples of a property."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
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
        "tests/assessments/entry/records/test_records_together.py",
        "tests/assessments/test_data_version.py",
        "tests/assessments/test_many_at_once.py",
        "tests/assessments/test_sent_twice.py",
        "tests/assessments/workbooks/batches/test_batch_once.py",
        "tests/assessments/workbooks/layouts/test_layout_waiting.py",
        "tests/orgs/jobs/",
        "tests/test_second_try.py",
    ),
    "constraints": (
        "tests/assessments/entry/records/test_records.py",
        "tests/assessments/review/submitting/test_submissions.py",
        "tests/members/",
    ),
    "migrations, also of version 1": (
        "tests/assessments/test_closed_without_migration.py",
        "tests/v1/test_v1.py::test_a_backup_of_version_1_is_restored_and_migrated",
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
    "no text holds a NUL": ("tests/test_fuzz.py::test_nul_is_at_no_address_and_in_nothing_that_is_sent",),
    "a walk through all pages": (
        "tests/test_walls.py::test_a_role_with_the_permission_gets_its_page[board]",
    ),
}

# What another test shows in the short run, if less widely.
LEFT_TO_LONG = {
    "the backup of version 1 goes through all migrations, and its figures are compared": (
        "tests/assessments/operations/test_backup.py::test_a_copy_of_an_earlier_version_is_migrated",
        "tests/v1/test_v1.py::test_a_closed_year_that_is_reopened_has_the_lines_that_it_had",
        "tests/v1/test_v1.py::test_its_trail_is_told_in_words",
        "tests/v1/test_v1.py::test_nobody_was_awarded_a_title_before_titles_were_recorded",
    ),
    "LibreOffice computes the whole report of one year again (test_reports.py)": (
        "tests/assessments/reports/documents/test_word_drafts.py::test_it_opens_in_libreoffice",
        "tests/assessments/reports/sheets/test_control.py::test_a_changed_cell_of_the_whole_report_is_noticed",
        "tests/assessments/reports/sheets/test_reports.py::test_every_cell_computes_to_what_it_keeps[2017]",
        "tests/assessments/reports/sheets/test_reports.py::test_a_reported_year_computes_to_what_it_keeps",
        "tests/assessments/workbooks/marked/test_marked_download.py::test_a_prepared_workbook_stays_one_through",
        "tests/assessments/workbooks/prepared/test_prepared.py::test_the_check_of_dates_knows_dates_from_others",
        "tests/lib/test_marking.py::test_libreoffice_opens_it_and_marks_are_found_after_it_saved",
    ),
    "every report is read by others and names nobody (building/test_report_files.py)": (
        "tests/assessments/reports/sheets/test_report_set.py::test_others_read_it_and_it_names_no_person",
        "tests/assessments/reports/sheets/test_reports.py::test_no_workbook_names_a_person",
        "tests/assessments/reports/sheets/test_reports.py::test_other_readers_open_it",
    ),
    "what takes memory or rows beyond all limits is read past (test_hostile_workbooks.py, one of each)": (
        "tests/lib/test_hostile_workbooks.py::test_a_million_phantom_rows_are_read_past[bare]",
        "tests/lib/test_hostile_workbooks.py::test_millions_of_styles_or_texts[texts]",
        "tests/lib/test_marking_hostile.py::test_a_file_that_takes_too_much_memory_takes_only_the_child",
        "tests/lib/test_reading.py::test_empty_formatted_rows_count_for_nothing",
        "tests/lib/test_reading.py::test_too_many_rows_and_too_much_inside",
    ),
    "other keys and pages of the grid, other sheets by keyboard": (
        "tests/assessments/entry/grid/test_grid_window.py::test_rows_are_seen_at_every_zoom",
        "tests/assessments/workbooks/layouts/test_layout_standing.py::test_the_row_and_its_superior_are_told",
    ),
    "axe walks through the pages of one role (test_pages_browser.py)": (
        "tests/assessments/entry/grid/test_entry_pages_browser.py::test_pages_of",
    ),
    ".ci/run makes an environment": (
        "tests/test_setup.py::test_an_environment_that_somebody_else_made_is_left_alone",
    ),
    "pages that change a register hold years first, too": (
        "tests/assessments/test_lock_order.py::test_every_action_that_leaves_a_trace_holds_years_first",
    ),
    "the same seed plans the same province (test_demonstration_plan.py)": (
        "tests/assessments/operations/demonstration/test_demonstration.py::test_reset_with_the_same_seed",
    ),
}

# Of a test of the database with more cases than MANY the short run takes each STEP-th, beginning with the
# first. Of what is left of a module it takes, on SQLite, each so-manyth test that STEPS says, by the longest
# path that fits; of what PostgreSQL is asked each second STEP-th, as it has been asked there.
MANY, STEP = 4, 3
STEPS = {
    # Pages and workbooks of one room, each over a province and an open year of its own.
    "tests/assessments/entry/": 3,
    "tests/assessments/figures/": 3,
    "tests/assessments/registers/": 3,
    "tests/assessments/review/": 3,
    "tests/assessments/workbooks/": 3,
    # Each test a second of processor: closed years, accepted units, whole reports, files read and marked in
    # a process of their own, a browser.
    "tests/assessments/entry/grid/test_grid_": 5,
    "tests/assessments/figures/test_indicator_added.py": 5,
    "tests/assessments/figures/test_judge.py": 5,
    "tests/assessments/reports/": 5,
    "tests/assessments/review/desk/": 5,
    "tests/assessments/workbooks/layouts/": 5,
    "tests/assessments/workbooks/marked/": 5,
    "tests/assessments/workbooks/prepared/": 5,
}
# Whole all the same: walls, of which each case is a way in, and what keeps units and persons apart.
ALWAYS = (
    "tests/accounts/",
    "tests/assessments/reports/building/test_report_files.py",
    "tests/assessments/reports/issued/test_issued_pages.py::test_each_role_sees_what_lies_in_its_scope",
    "tests/assessments/reports/sheets/test_reports.py::test_every_cell_computes_to_what_it_keeps",
    "tests/assessments/workbooks/prepared/test_prepared.py::test_nothing_of_another_unit",
    "tests/test_walls.py",
)
# Examples that hypothesis tries; of a property of the whole province fewer.
EXAMPLES, OF_A_PROVINCE = 12, 2
_is_short = True


def configure(arguments: list[str], *, is_long: bool) -> None:
    """Told before the modules of tests are read; what is named runs whole, with `--long` everything."""
    global _is_short
    _is_short = not is_long and {Path(argument).resolve() for argument in arguments} <= {ROOT, ROOT / "tests"}


def is_short() -> bool:
    return _is_short


def some(things: Sequence[T]) -> Sequence[T]:
    """Each STEP-th of many like things, beginning with the first; all where the run is not short."""
    return things[::STEP] if _is_short else things


def examples(count: int, *, most: int = EXAMPLES) -> int:
    """How many of `count` examples hypothesis tries in this run."""
    return min(count, most) if _is_short else count


def is_on_postgres(item) -> bool:
    return item.nodeid.startswith(_on_postgres())


def is_left_to_long(item) -> bool:
    return item.nodeid.startswith(tuple(name for names in LEFT_TO_LONG.values() for name in names))


def left_out(items, *, on_postgres: bool) -> set[str]:
    """The names of the tests and cases that the short run does not take, the same in each run."""
    asked = [item.nodeid for item in items if _needs_database(item) and not item.nodeid.startswith(ALWAYS)]
    taken = _each(
        asked, lambda name: name.partition("[")[0], lambda _test, count: STEP if count > MANY else 1
    )
    if not on_postgres:
        taken = _each(taken, lambda name: name.partition("::")[0], lambda module, _count: _step(module))
    return set(asked) - set(taken)


def _each(names: list[str], group: Callable[[str], str], step: Callable[[str, int], int]) -> list[str]:
    groups = defaultdict(list)
    for name in names:
        groups[group(name)].append(name)
    return [name for key, found in groups.items() for name in found[:: step(key, len(found))]]


def _step(module: str) -> int:
    if any(path.startswith(module) or module.startswith(path) for path in _on_postgres()):
        return 2 * STEP
    fits = [path for path in STEPS if module.startswith(path)]
    return STEPS[max(fits, key=len)] if fits else 1


def _on_postgres() -> tuple[str, ...]:
    return tuple(path for paths in ON_POSTGRES.values() for path in paths)


def _needs_database(item) -> bool:
    return "db" in item.fixturenames or item.get_closest_marker("django_db") is not None
