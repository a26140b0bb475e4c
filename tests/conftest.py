from types import SimpleNamespace

import pytest

from accounts.actors import Actor
from tests import factories


@pytest.fixture
def actor() -> Actor:
    return Actor(name="thử nghiệm")


@pytest.fixture
def world(db):
    """A province with 14 units, so that `/1/2/` and `/1/20/` both occur; two of them are filled.

    `alpha` and `beta` hold each a commune committee with two cells, a village with a head, and
    three members; whatever is of beta bears the word `Beta` in its name.
    """
    province = factories.province()
    units = [
        factories.organization(province, code=f"U{number}", name=f"Huyện ủy {number}")
        for number in range(1, 13)
    ]
    alpha = _filled(province, "Alpha", "A")
    beta = _filled(province, "Beta", "B")
    return SimpleNamespace(province=province, units=units, alpha=alpha, beta=beta)


def _filled(province, word, letter):
    unit = factories.organization(province, code=letter, name=f"Huyện ủy {word}")
    commune = factories.organization(unit, code=f"{letter}.X01", name=f"Đảng bộ xã {word}")
    cells = [
        factories.cell(commune, code=f"{letter}.X01.{number}", name=f"Chi bộ {word} {number}")
        for number in (1, 2)
    ]
    village = factories.village(commune, cells[0], code=f"T.{letter}.1", name=f"Thôn {word}")
    head = factories.head(village, full_name=f"A {word} Trưởng")
    members = [
        factories.member(cells[0], code=f"{letter}{number}", full_name=f"Y {word} {number}")
        for number in (1, 2, 3)
    ]
    return SimpleNamespace(
        unit=unit, commune=commune, cells=cells, village=village, head=head, members=members
    )
