"""The real districts and communes, those of July 2025, and the party units over them (data/SOURCE.md)."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Commune:
    """`number`: its code of the General Statistics Office."""

    name: str
    kind: str
    district: str
    number: str = ""

    @property
    def is_town(self) -> bool:
        """A ward or township: its villages are called tổ dân phố."""
        return self.kind in ("phường", "thị trấn")


@dataclass(frozen=True, slots=True)
class NewCommune:
    """A commune since July 2025, made of whole `old` ones (by their numbers); none for one of the former
    Quảng Ngãi. `code`: of its party organization."""

    code: str
    name: str
    old: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """What its party organization is called."""
        return f"Đảng bộ {self.name[0].lower()}{self.name[1:]}"


@dataclass(frozen=True, slots=True)
class Unit:
    """One of the fourteen party organizations under the province.

    `committees` and `cells`: grassroots organizations beside those of communes. `kinh`: the share
    of Kinh among the members; `peoples`: the others, the most numerous first.
    """

    code: str
    name: str
    district: str
    committees: int
    cells: int
    kinh: float
    peoples: tuple[str, ...]
    deciding_body: str
    sign: str


_BN, _XD, _GR, _GT = "Ba Na", "Xơ Đăng", "Gia Rai", "Giẻ-Triêng"


def _district(code, name, committees, cells, kinh, *peoples) -> Unit:
    city = name.startswith("Thành phố")
    body = f"Ban Thường vụ {'Thành ủy' if city else 'Huyện ủy'} {name.split(maxsplit=1 + city)[-1]}"
    title = f"Đảng bộ {name[0].lower()}{name[1:]}"
    return Unit(code, title, name, committees, cells, kinh, peoples, body, "TU" if city else "HU")


def _agency(code, name, committees, cells, kinh) -> Unit:
    body = f"Ban Thường vụ Đảng ủy {name}"
    return Unit(code, f"Đảng bộ {name}", "", committees, cells, kinh, (_XD, _BN), body, "ĐU")


UNITS = (
    _district("TP", "Thành phố Kon Tum", 5, 34, 0.75, _BN, _GR),
    _district("DG", "Huyện Đắk Glei", 3, 32, 0.35, _GT, _XD),
    _district("NH", "Huyện Ngọc Hồi", 4, 32, 0.45, _GT, _XD),
    _district("DT", "Huyện Đắk Tô", 4, 32, 0.5, _XD),
    _district("KP", "Huyện Kon Plông", 3, 30, 0.3, _XD),
    _district("KR", "Huyện Kon Rẫy", 3, 31, 0.4, _BN, _XD),
    _district("DH", "Huyện Đắk Hà", 4, 32, 0.55, _XD, _BN),
    _district("ST", "Huyện Sa Thầy", 4, 32, 0.5, _GR, _XD),
    _district("TM", "Huyện Tu Mơ Rông", 3, 32, 0.2, _XD),
    _district("IH", "Huyện Ia H'Drai", 3, 26, 0.6, _GR, _XD),
    _agency("KC", "Khối các cơ quan và doanh nghiệp tỉnh", 26, 62, 0.85),
    _agency("QS", "Quân sự tỉnh", 13, 30, 0.8),
    _agency("CA", "Công an tỉnh", 14, 26, 0.8),
    _agency("BP", "Bộ đội Biên phòng tỉnh", 14, 24, 0.75),
)
PROVINCE = ("KT", "Đảng bộ tỉnh Kon Tum")


@cache
def communes() -> tuple[Commune, ...]:
    """The 102 communes; raises OSError when the project's data file is gone."""
    return tuple(
        Commune(
            row["name"].split(maxsplit=2 if row["kind"] == "thị trấn" else 1)[-1],
            row["kind"],
            row["district"],
            row["code"],
        )
        for row in _rows("kontum_communes.csv")
        if row["kind"] in ("phường", "xã", "thị trấn")
    )


def communes_of(unit: Unit) -> list[Commune]:
    return [commune for commune in communes() if commune.district == unit.district]


@cache
def new_communes() -> tuple[NewCommune, ...]:
    """The 40 communes into which the 102 went on 1 July 2025."""
    old, names = defaultdict(list), {}
    for row in _rows("kontum_old_to_new_2025.csv"):
        old[row["new_code"]].append(row["old_code"])
        names[row["new_code"]] = row["new_name"]
    return tuple(
        NewCommune(f"X{place:02}", names[number], tuple(old[number]))
        for place, number in enumerate(sorted(names), start=1)
    )


@cache
def neighbors() -> tuple[NewCommune, ...]:
    """The other 56 communes of the larger province."""
    rows = enumerate(_rows("quangngai_communes_2025.csv"), start=len(new_communes()) + 1)
    return tuple(NewCommune(f"X{place:02}", row["name"]) for place, row in rows)


def _rows(file: str) -> list[dict[str, str]]:
    with (_DATA / file).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))
