"""`Nhập vào` in workbooks of organizations and villages: into what they went at their end (reading 10)."""

from datetime import date

import pytest

from assessments.registers.undoing.actions import HasDependents
from assessments.workbooks.batches.actions import store
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.run import Options
from assessments.workbooks.models import Upload
from assessments.workbooks.undoing.actions import undo
from orgs.models import AuditEntry, Organization, Village
from tests.workbooks import AFFILIATED, book

ORGANIZATIONS = ["Mã", "Tên tổ chức đảng", "Mã cấp trên", "Cấp", "Hình thức", "Ngày giải thể", "Nhập vào"]
VILLAGES = ["Mã thôn", "Tên thôn, tổ dân phố", "Mã đảng bộ xã", "Đến ngày", "Nhập vào"]
END = "1/7/2019"


def cell(code="A.X1.1", end=END, into=None, above="A.X1") -> list:
    return [code, f"Chi bộ {code}", above, AFFILIATED, "Chi bộ", end, into]


def cells(*rows) -> dict:
    return {"tc": [ORGANIZATIONS, *rows]}


def village(code="A.T1", end="30/6/2019", into=None, committee="A.X1") -> list:
    return [code, f"Thôn {code}", committee, end, into]


def villages(*rows) -> dict:
    return {"thon": [VILLAGES, *rows]}


def lineage(model) -> dict[str, str]:
    rows = model.objects.filter(merged_into__isnull=False)
    return dict(rows.order_by("code").values_list("code", "merged_into__code"))


def test_an_end_with_what_it_went_into_is_kept_and_moves_nothing(province):
    sheets = cells(cell(into="A.X1.2")) | villages(village(into="A.T2"))
    assert province.counts(sheets) == {"updated": 2}
    assert lineage(Organization) == {"A.X1.1": "A.X1.2"}
    assert lineage(Village) == {"A.T1": "A.T2"}
    ended = Organization.objects.get(code="A.X1.1")
    assert ended.dissolved_on == date(2019, 7, 1) and ended.members.count() == 2
    assert Village.objects.get(code="A.T1").cell == ended
    assert province.counts(sheets) == {"unchanged": 2}


def test_what_it_went_into_may_be_told_later_and_be_new(province):
    """Of a stored end the code alone is enough; the new one may stand below in the same file."""
    assert province.counts(cells(cell()) | villages(village())) == {"updated": 2}
    into = cells(cell(end=None, into="A.X1.9"), cell("A.X1.9", None, None))
    assert province.counts(into | villages(village(end=None, into="A.T9"), village("A.T9", None))) == {
        "updated": 2,
        "created": 2,
    }
    assert lineage(Organization) == {"A.X1.1": "A.X1.9"} and lineage(Village) == {"A.T1": "A.T9"}


def test_new_ones_that_went_into_new_ones(province):
    """As an office sends its whole history at once: the later ones stand last."""
    organizations = cells(
        cell("A.X1.7", "1/1/2017", "A.X1.8"), cell("A.X1.8", into="A.X1.9"), cell("A.X1.9", None)
    )
    rows = [village("T7", "31/12/2016", "T8"), village("T8", into="T9"), village("T9", None)]
    assert province.counts(organizations | villages(*rows)) == {"created": 6}
    assert lineage(Organization) == {"A.X1.7": "A.X1.8", "A.X1.8": "A.X1.9"}
    assert lineage(Village) == {"T7": "T8", "T8": "T9"}
    assert province.counts(organizations | villages(*rows)) == {"unchanged": 6}


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        ([cell(into="A.X1.8")], [(2, "unknown_code")]),
        ([cell(end=None, into="A.X1.8")], [(2, "unknown_code")]),
        ([cell(end=None, into="A.X1.2")], [(2, "inconsistent")]),
        ([cell("A.X1.8", None, "A.X1.2")], [(2, "inconsistent")]),
        ([cell(into="A.X1.1")], [(2, "inconsistent")]),
        ([cell(into="A.X1.2"), cell("A.X1.2", into="A.X1.1")], [(2, "inconsistent"), (3, "inconsistent")]),
        ([cell(into="A.X1.2"), cell("A.X1.2", into="A.X1.9"), cell("A.X1.9", into="A.X1.1")],
         [(2, "inconsistent"), (3, "inconsistent"), (4, "inconsistent")]),
        ([cell(into="A.X1.2"), cell("A.X1.2", into="A.X1.9"), cell("A.X1.9", None)], []),
        ([cell(into="A.X1.2"), cell("A.X1.2", into="A.X1")], []),
    ],
)  # fmt: skip
def test_an_organization_goes_into_one_that_is_there_at_its_end_and_not_round(province, rows, errors):
    assert province.errors(cells(*rows), check=True) == [(row, "Nhập vào", code) for row, code in errors]


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        ([village(into="A.T8")], [(2, "unknown_code")]),
        ([village(into="A.X1")], [(2, "unknown_code")]),
        ([village(end=None, into="A.T2")], [(2, "inconsistent")]),
        ([village(into="A.T1")], [(2, "inconsistent")]),
        ([village(into="A.T2"), village("A.T2", into="A.T1")], [(2, "inconsistent"), (3, "inconsistent")]),
        ([village(into="A.T2"), village("A.T2", into="B.T1")], []),
    ],
)
def test_a_village_too(province, rows, errors):
    assert province.errors(villages(*rows), check=True) == [(row, "Nhập vào", code) for row, code in errors]


def test_a_loop_with_what_is_stored(province):
    province(cells(cell(into="A.X1.2")) | villages(village(into="A.T2")))
    found = province.errors(cells(cell("A.X1.2", into="A.X1.1")) | villages(village("A.T2", into="A.T1")))
    assert found == [(2, "Nhập vào", "inconsistent")] * 2


def test_of_two_faults_of_one_kind_the_first_column_is_told(province):
    """A loop of parents before the missing end; an end before the beginning before itself."""
    row = cell("A.X1", None, "A.X2", above="A.X1.1")
    assert province.errors(cells([*row[:4], "Đảng bộ", *row[5:]])) == [(2, "Mã cấp trên", "inconsistent")]
    headings = [*ORGANIZATIONS, "Ngày thành lập"]
    early = [*cell(into="A.X1.1"), "1/8/2019"]
    assert province.errors({"tc": [headings, early]}) == [(2, "Ngày giải thể", "inconsistent")]


def test_the_word_clears_it_and_a_cleared_end_does_too(province):
    told = cells(cell(into="A.X1.2")) | villages(village(into="A.T2"))
    province(told)
    assert province.counts(cells(cell(into="xoá")) | villages(village(into="xóa"))) == {"updated": 2}
    assert lineage(Organization) == lineage(Village) == {}
    assert Organization.objects.get(code="A.X1.1").dissolved_on
    province(told)
    assert province.counts(cells(cell(end="xoá")) | villages(village(end="xoá"))) == {"updated": 2}
    assert lineage(Organization) == lineage(Village) == {}
    assert not Organization.objects.get(code="A.X1.1").dissolved_on


def test_what_goes_on_cannot_keep_what_it_went_into(province):
    province(cells(cell(into="A.X1.2")))
    assert province.errors(cells(cell(end="xoá", into="A.X1.2"))) == [(2, "Nhập vào", "inconsistent")]


def test_outside_of_what_the_loader_sees_there_is_no_such_code(province):
    for hides, code in ((True, [(2, "Nhập vào", "unknown_code")]), (False, [])):
        options = {"unit": "A", "hides": hides, "check": True}
        assert province.errors(cells(cell(into="B.X1.1")), **options) == code
        assert province.errors(villages(village(into="B.T1")), **options) == code
    province(cells(cell(into="B.X1.1")) | villages(village(into="B.T1")))
    unchanged = cells(cell(into="B.X1.1")) | villages(village(into="B.T1"))
    assert province.counts(unchanged, unit="A", hides=True) == {"unchanged": 2}


def test_it_is_told_in_the_trail_and_taken_back(province, tmp_path):
    province(cells(cell(into="A.X1.2")) | villages(village(into="A.T2")))
    sheets = cells(cell(into="A.X1.9"), cell("A.X1.9", None)) | villages(village(into="xoá"))
    path = book(tmp_path / "sổ.xlsx", sheets)
    assert store(by=province.by, sources=[Source(path, path.name)], options=Options()).applied
    pks = dict(Organization.objects.values_list("code", "pk"))
    told = AuditEntry.objects.filter(object_code="A.X1.1").latest("pk")
    assert (told.before, told.after) == (
        {"merged_into_id": pks["A.X1.2"]},
        {"merged_into_id": pks["A.X1.9"]},
    )
    undo(by=province.by, uploads=[Upload.objects.latest("pk")])
    assert lineage(Organization) == {"A.X1.1": "A.X1.2"} and lineage(Village) == {"A.T1": "A.T2"}


def test_what_went_into_a_new_one_since_rests_on_it(province, tmp_path):
    path = book(tmp_path / "sổ.xlsx", cells(cell("A.X1.9", None)) | villages(village("A.T9", None)))
    assert store(by=province.by, sources=[Source(path, path.name)], options=Options()).applied
    upload = Upload.objects.latest("pk")
    province(cells(cell(into="A.X1.9")) | villages(village(into="A.T9")))
    with pytest.raises(HasDependents) as refused:
        undo(by=province.by, uploads=[upload])
    told = "\n".join(refused.value.reasons)
    assert "A.X1.1" in told and "A.T1" in told


def test_the_decision_beside_the_end_of_a_village_is_that_of_its_end(province, tmp_path):
    """The cell's own stays; without an end in the row the number is the cell's, as ever."""
    headings = [*VILLAGES, "Số quyết định", "Mã chi bộ", "Áp dụng từ ngày"]
    moved = {"thon": [headings, [*village(end=None), "5-QĐ", "A.X1.2", "1/1/2018"]]}
    ended = {"thon": [headings, [*village(into="A.T2"), "9-QĐ", None, None]]}
    assert province.counts(moved) == {"updated": 1}
    path = book(tmp_path / "sổ.xlsx", ended)
    assert store(by=province.by, sources=[Source(path, path.name)], options=Options()).applied
    found = Village.objects.get(code="A.T1")
    assert (found.ending_decision, found.coverages.current().get().decision) == ("9-QĐ", "5-QĐ")
    assert province.counts(ended) == {"unchanged": 1}
    undo(by=province.by, uploads=[Upload.objects.latest("pk")])
    found.refresh_from_db()
    assert (found.ending_decision, found.ends_on, found.merged_into) == ("", None, None)
