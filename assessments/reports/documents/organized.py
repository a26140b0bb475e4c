"""What a Word report tells of programmes and plans, reviews, contests and training, as form 10 does."""

from collections.abc import Callable, Iterable

from assessments.entry.records.models import Record
from assessments.entry.records.organized import Organized, added
from assessments.reports.building.matter import Matter
from assessments.reports.documents.compared import Texts
from assessments.reports.offices import letterhead
from assessments.reports.sheets.organized import by_place
from resolution03.lib.figures import number

_SHARES: dict[str, Callable[[Organized], object]] = {
    "co_chuong_trinh": lambda held: held.programme,
    "co_ke_hoach": lambda held: held.plan,
    "co_so_tong_ket": lambda held: held.review,
}
_SUMS: dict[str, Callable[[Organized], int | None]] = {
    "hoi_thi": lambda held: held.contests_held,
    "du_thi": lambda held: held.participants,
    "so_lop": lambda held: held.classes,
    "luot_nguoi": lambda held: held.persons,
    "truong_chinh_tri": lambda held: held.school_persons,
    "kinh_phi": lambda held: held.funds,
}


def whole(matter: Matter) -> Texts:
    """How many units have each, of how many, and the sums; dots where nobody gave a number."""
    units = [held for _place, held in by_place(matter)]
    shares = {name: number(sum(bool(has(one)) for one in units)) for name, has in _SHARES.items()}
    return {"don_vi": number(len(units))} | shares | _sums(units)


def units(matter: Matter) -> list[Texts]:
    """The units in the office's order; of a unit's report only itself."""
    return [
        {"tt": str(tt), "ma": place.code, "ten": place.name} | _unit(held)
        for tt, (place, held) in enumerate(by_place(matter), start=1)
    ]


def _unit(held: Organized) -> Texts:
    documents = (("chuong_trinh", held.programme), ("ke_hoach", held.plan), ("so_tong_ket", held.review))
    return {name: _cited(one) for name, one in documents} | _sums([held])


def _cited(record: Record | None) -> str:
    """`12-CTr/HU, 05/01/2018`; empty without one."""
    if record is None:
        return ""
    return ", ".join(filter(None, (record.number, f"{record.on:%d/%m/%Y}")))


def _sums(units: Iterable[Organized]) -> Texts:
    found = {name: added(count(one) for one in units) for name, count in _SUMS.items()}
    return {name: letterhead.DOTS if value is None else number(value) for name, value in found.items()}
