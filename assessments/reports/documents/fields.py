"""The fields that a Word template may name: declared here, shown on a page, checked at upload.

Words that an office understands, without diacritics so that they are typed alike everywhere. Each is
filled from the same functions as the reports. Organizations and villages only, never persons.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _t

from assessments.figures.count_indicators import of_counts
from assessments.figures.indicator import Indicator, WordList
from assessments.figures.indicators import INDICATORS
from assessments.reports.documents import organized, tasks
from assessments.reports.documents.facts import Facts
from assessments.roster.models.tallies import Subject

Shape = dict[str, Any]
"""What the check of a template needs: "" for a text, a dict for a group, [item] for a list."""


@dataclass(frozen=True, slots=True)
class Field:
    """`parts` name what a group holds, or what each row of a list holds; `count`: the code of the count that
    it tells, where it tells one."""

    name: str
    meaning: Any
    value: Callable[[Facts], Any]
    parts: dict[str, Any] | None = None
    is_list: bool = False
    count: str = ""

    @property
    def shape(self) -> Any:
        if self.parts is None:
            return ""
        inner = {name: part if isinstance(part, dict) else "" for name, part in self.parts.items()}
        inner = {name: dict.fromkeys(part, "") if part else "" for name, part in inner.items()}
        return [inner] if self.is_list else inner


SHORT = {
    "co": _t("how many count"),
    "tong": _t("of how many (the rated, or the villages with a head); blank for a count"),
    "ty_le": _t("the share in per cent, or the count"),
    "ket_qua": _t(
        "“đạt”, “chưa đạt”, “chưa đến hạn”, “không tính” where there is nothing to judge; "
        "blank without a target"
    ),
}
FIGURE = {
    "ten": _t("the target's name"),
    "muc": _t("the goal with its sign"),
    **SHORT,
    "thieu": _t("how many are missing to the goal, blank when it is met"),
    "dat": _t("for conditions: whether it is met"),
    "danh_sach": _t("how many stand in the list of 31 December, the unrated among them"),
    "chua_xep": _t("how many are not rated"),
    "cach_hieu": _t("the reading in use"),
    "nam_truoc": SHORT,
    "nam_truoc_nua": SHORT,
    "so_sanh": _t("this year beside last year in words; says so where they are not compared, and why"),
    "cong_chua_du": _t("of a sum to which some units gave nothing: how many of how many gave"),
}
COUNT = {
    name: words for name, words in FIGURE.items()
    if name not in ("danh_sach", "chua_xep", "cach_hieu", "nam_truoc_nua")
}  # fmt: skip
ORGANIZATION = {
    "tt": _t("number in the list"),
    "ma": _t("code"),
    "ten": _t("name"),
    "don_vi": _t("unit"),
    "muc": _t("level, in short"),
    "ly_do": _t("reason when not rated"),
}
VILLAGE = {
    "tt": _t("number in the list"),
    "ma": _t("code"),
    "ten": _t("name"),
    "dang_bo": _t("commune committee"),
    "don_vi": _t("unit"),
}


TASK = {
    "tt": _t("number in the list"),
    "nhom": _t("group of the count"),
    "muc": _t("clause of the resolution"),
    "ten": _t("name"),
    "don_vi_tinh": _t("unit of count"),
    "co": _t("the sum of what was given"),
    "tong": _t("of how many, of those that gave both; blank without a share"),
    "ty_le": _t("the share in per cent, or how many for each one; blank without a share"),
    "da_bao": _t("how many of how many gave it"),
    "cong_chua_du": _t("the same where the sum is incomplete; else blank"),
    "nam_truoc": _t("the share or the sum of the year before; blank where it was counted otherwise"),
}


ORGANIZED = {
    "hoi_thi": _t("contests of good secretaries held in the year"),
    "du_thi": _t("secretaries who took part in them"),
    "so_lop": _t("training classes of the year"),
    "luot_nguoi": _t("persons trained in them"),
    "truong_chinh_tri": _t("of them by the Political School, in all classes"),
    "kinh_phi": _t("funds of the classes, in million dong"),
}
ORGANIZED_IN_ALL = {
    "don_vi": _t("how many units there are"),
    "co_chuong_trinh": _t("how many units have a programme that holds"),
    "co_ke_hoach": _t("how many units have a plan of the year"),
    "co_so_tong_ket": _t("how many units held a review in the year"),
    **ORGANIZED,
}
ORGANIZED_BY_UNIT = {
    "tt": _t("number in the list"),
    "ma": _t("code"),
    "ten": _t("name"),
    "chuong_trinh": _t("number and day of the programme"),
    "ke_hoach": _t("number and day of the plan of the year"),
    "so_tong_ket": _t("number and day of the latest review of the year"),
    **ORGANIZED,
}


def _head(name: str) -> Callable[[Facts], str]:
    return lambda facts: facts.head(name)


_HEADS: tuple[Field, ...] = (
    Field("nam", _t("the year reported"), lambda facts: str(facts.year)),
    Field("nam_truoc", _t("the year before"), lambda facts: str(facts.year - 1)),
    Field("nam_truoc_nua", _t("two years before"), lambda facts: str(facts.year - 2)),
    Field("pham_vi", _t("the province or the unit reported"), lambda facts: facts.scope_name),
    Field("co_quan_cap_tren", _t("the body above, as the office's heading has it"), _head("above")),
    Field("co_quan", _t("the body that reports"), _head("body")),
    Field("so_van_ban", _t("the document's number"), _head("number")),
    Field("noi_ban_hanh", _t("place"), _head("place")),
    Field("ngay_ban_hanh", _t("today as “ngày 08 tháng 8 năm 2016”"), _head("date")),
    Field("thay_mat", _t("on whose behalf somebody signs"), _head("signs_for")),
    Field("chuc_vu_ky", _t("as what somebody signs"), _head("signs_as")),
    Field("nguoi_ky", _t("who signs, as the office entered it"), _head("signer")),
    Field("tinh_trang_so_lieu", _t("as of when the figures stand, and whether the year is closed"),
          lambda facts: facts.state),
    Field("tam_tinh",
          _t("that the figures are provisional, or which units the year was closed without; else blank"),
          lambda facts: facts.provisional),
    Field("khong_so_sanh", _t("what the mark after figures of earlier years means; blank without any"),
          lambda facts: facts.apart),
    Field("so_so", _t("number in the ledger of issued reports"), lambda facts: facts.mark),
)  # fmt: skip


def fields() -> list[Field]:
    """What a template may name: the heads, each indicator, the tables, the lists behind figures, each count
    that the Board has declared; two statements."""
    counts = (_of_count(indicator) for _group, indicator in of_counts())
    return [*_HEADS, *map(_of_indicator, INDICATORS.values()), *_tables(), *_lists(), *counts]


def _of_count(indicator: Indicator) -> Field:
    code = indicator.code
    return Field(
        indicator.paper.field, indicator.words.name, lambda facts: facts.count(code), COUNT, count=code
    )


def _of_indicator(indicator: Indicator) -> Field:
    return Field(
        indicator.paper.field,
        indicator.words.name,
        lambda facts: facts.figure(indicator.code),
        FIGURE,
    )


def _tables() -> list[Field]:
    every = {one.paper.field: SHORT for one in INDICATORS.values()}
    unit = {"tt": _t("number in the list"), "ma": _t("code"), "ten": _t("name")}
    year = {"nam": _t("year"), "ghi_chu": _t("provisional, or not compared with the years before")}
    targets, units = _t("all targets, one a row"), _t("the units, with every target")
    years = _t("the years from 2016 to this one, with every target")
    return [
        Field("cac_muc_tieu", targets, lambda facts: facts.figures(), FIGURE, True),
        Field("cac_don_vi", units, lambda facts: facts.units(), unit | every, True),
        Field("cac_nam", years, lambda facts: facts.years(), year | every, True),
        Field(
            "cac_so_dem",
            _t("each count that somebody gave, as forms 08 and 09 tell it"),
            lambda facts: tasks.rows(facts.matter),
            TASK,
            True,
        ),
        Field(
            "to_chuc_thuc_hien",
            _t("part III as in form 10: units with and sums"),
            lambda facts: organized.whole(facts.matter),
            ORGANIZED_IN_ALL,
        ),
        Field(
            "to_chuc_thuc_hien_don_vi",
            _t("part III as in form 10, a row a unit"),
            lambda facts: organized.units(facts.matter),
            ORGANIZED_BY_UNIT,
            True,
        ),
    ]


def _lists() -> list[Field]:
    """Organizations, then villages, then heads."""
    order = list(Subject)
    declared = [(one, held) for one in INDICATORS.values() for held in one.paper.lists]
    return [_list(*pair) for pair in sorted(declared, key=lambda pair: order.index(pair[0].subject))]


def _list(indicator: Indicator, listed: WordList) -> Field:
    code, part = indicator.code, listed.part
    if indicator.is_of_villages:
        return Field(listed.name, listed.meaning, lambda facts: facts.villages(code, part), VILLAGE, True)
    return Field(
        listed.name, listed.meaning, lambda facts: facts.organizations(code, part), ORGANIZATION, True
    )


def shape() -> Shape:
    """What a template may name."""
    return {field.name: field.shape for field in fields()}


def filled(facts: Facts, counts: Callable[[str], bool] = lambda code: True) -> dict[str, Any]:
    """Every field with its value: texts, and lists and groups of texts; of counts those that `counts`
    wants."""
    wanted = [field for field in fields() if not field.count or counts(field.count)]
    facts.matter.board.of_counts.expect(field.count for field in wanted if field.count)
    return {field.name: field.value(facts) for field in wanted}
