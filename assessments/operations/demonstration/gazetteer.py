"""The real districts and communes (data/kontum_communes.csv) and the party units over them."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "kontum_communes.csv"


@dataclass(frozen=True, slots=True)
class Commune:
    name: str
    kind: str
    district: str

    @property
    def is_town(self) -> bool:
        """A ward or township: its villages are called tổ dân phố."""
        return self.kind in ("phường", "thị trấn")


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
    with _FILE.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    return tuple(
        Commune(
            row["name"].split(maxsplit=2 if row["kind"] == "thị trấn" else 1)[-1],
            row["kind"],
            row["district"],
        )
        for row in rows
        if row["kind"] in ("phường", "xã", "thị trấn")
    )


def communes_of(unit: Unit) -> list[Commune]:
    return [commune for commune in communes() if commune.district == unit.district]
