"""Every report, whatever it holds, as a file: sound, computed alike by all, safe, and of one unit.

A report that is added to `reports.REPORTS` is tested here without another line.
"""

import html
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pytest
from django.db import transaction
from python_calamine import load_workbook

from assessments.reports import declared
from orgs.versions import writing
from tests import short
from tests.assessments import hostile
from tests.assessments.office_files import (
    formulas,
    readable,
    recalculated_together,
    values,
    without_cached_values,
)
from tests.packages import MAIN, Package, faults, invalid

pytestmark = [pytest.mark.django_db, pytest.mark.once]
REPORTS = short.some(declared.REPORTS)
SLUGS = [report.slug for report in REPORTS]
OF_PERSONS = {report.slug for report in declared.REPORTS if report.is_of_persons}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Every report of a closed and an open year, of the province and of one unit: built once."""
    with django_db_blocker.unblock(), writing():
        world = hostile.build()
        files = {
            (report.slug, year, scope): report.build(hostile.matter(year, unit))
            for report in REPORTS
            for year in hostile.YEARS
            for scope, unit in (("province", None), ("unit", world.own.unit))
        }
        found = SimpleNamespace(
            files=files,
            persons=hostile.names_of_persons(),
            own=hostile.words_of(world.own),
            other=hostile.words_of(world.other),
        )
        transaction.set_rollback(True)
    return found


@pytest.fixture
def files(made, request) -> dict:
    """The files of one report, by year and scope."""
    slug = request.getfixturevalue("slug")
    return {(year, scope): content for (of, year, scope), content in made.files.items() if of == slug}


@pytest.mark.once
@pytest.mark.parametrize("slug", SLUGS)
def test_excel_has_nothing_to_repair(slug, files):
    found = {place: [*faults(content), *invalid(content)] for place, content in files.items()}
    assert not any(found.values()), found


@pytest.mark.once
@pytest.mark.parametrize("slug", SLUGS)
def test_other_readers_open_it_and_see_the_same(slug, files):
    for content in files.values():
        theirs, ours = load_workbook(BytesIO(content)), openpyxl.load_workbook(BytesIO(content))
        assert theirs.sheet_names == ours.sheetnames
        for sheet in ours:
            assert theirs.get_sheet_by_name(sheet.title).to_python() or sheet.max_row == 1


@pytest.mark.long
@pytest.mark.once
def test_libreoffice_computes_what_every_file_keeps(made, tmp_path):
    """One run for all: cached values are spoiled first, so that they must be computed again."""
    files = {place: made.files[place] for place in made.files if place[1:] != (2018, "unit")}
    spoiled = {"-".join(map(str, place)): without_cached_values(content) for place, content in files.items()}
    computed = recalculated_together(spoiled, tmp_path)
    wrong = {}
    for place, content in files.items():
        kept, mine = values(content), computed["-".join(map(str, place))]
        for cell in formulas(content):
            if not _same(kept.get(cell), mine.get(cell)):
                wrong[place, cell] = (kept.get(cell), mine.get(cell))
    assert wrong == {}


def _same(kept, computed) -> bool:
    if isinstance(kept, float) or isinstance(computed, float):
        return kept is not None and computed is not None and abs(kept - computed) < 1e-9
    return kept == computed


@pytest.mark.parametrize("slug", SLUGS)
def test_no_text_of_a_user_becomes_a_formula(slug, files):
    for content in files.values():
        written = " ".join(formulas(content).values())
        assert not [evil for evil in ("cmd|", "HYPERLINK", "+1+1", "-2+3", "SUM(A1:A9)") if evil in written]
        package = Package(content)
        rels = [name for name in package.names if "hyperlink" in package.parts[name].decode("utf-8")]
        assert rels == []


def test_names_that_read_like_formulas_are_there_as_text(made):
    text = values(made.files["steering-committee", 2018, "unit"]).values()
    assert {"=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1:A9)"} <= set(text)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_units_file_holds_nothing_of_another(slug, files, made):
    """Every part of the package: hidden sheets, names, comments, properties, caches."""
    for year in hostile.YEARS:
        text = html.unescape(readable(files[year, "unit"]))
        # What moved here in 2019 is the unit's own since then, where it came from is not.
        foreign = made.other if year == 2019 else made.other | {"ĐĐ.X77", "Đảng bộ đi ĐĐ"}
        assert [word for word in foreign if word in text] == [], year
        assert any(word in text for word in made.own), year


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug not in OF_PERSONS])
def test_no_person_stands_in_a_report_that_is_not_of_persons(slug, files, made):
    for content in files.values():
        text = html.unescape(readable(content))
        assert [name for name in made.persons if name in text] == []
        assert "QS1-0" not in text


@pytest.mark.parametrize("slug", SLUGS)
def test_a_file_tells_nothing_of_this_machine(slug, files):
    for content in files.values():
        package = Package(content)
        properties = package.parts["docProps/core.xml"] + package.parts["docProps/app.xml"]
        assert b"/work" not in properties and b"root" not in properties
        assert {sheet.get("state") for sheet in package.workbook.iter(f"{MAIN}sheet")} == {None}
