"""Two years of part II: in alpha one commune with a village and one without; beta has one, U1 none."""

from types import SimpleNamespace

import pytest

from accounts.actors import Actor
from assessments.review.years.actions import open_year
from assessments.roster.models.counts import ActivityCount
from assessments.rules.models.counts import Activity
from tests import factories
from tests.assessments.year import opened

CELLS = {"A.X01": 2, "A.X02": 1, "B.X01": 2, "U1.X01": 3}
"""How many cells each has; those of villages: A.X01 and B.X01."""


@pytest.fixture
def year(world):
    """2017 and 2018 open; nothing given."""
    bodies = {"A.X01": world.alpha.commune, "B.X01": world.beta.commune}
    for code, unit in (("A.X02", world.alpha.unit), ("U1.X01", world.units[0])):
        bodies[code] = factories.organization(unit, code=code, name=f"Đảng bộ {code}")
        for _number in range(CELLS[code]):
            factories.cell(bodies[code])
    open_year(2017, by=Actor(name="thử nghiệm"))
    return SimpleNamespace(**vars(opened(world)), bodies=bodies, world=world)


@pytest.fixture
def give(year):
    """Write counts of an organization: `give("A.X01", households=3)`."""

    def write(code, /, year_=2018, period="year", reason="", **counts):
        body = year.bodies[code]
        keys = dict(Activity.objects.values_list("code", "pk"))
        for activity, count in counts.items():
            ActivityCount.objects.create(
                year_id=year_,
                period=period,
                organization=body,
                grassroots=body,
                unit_id=body.parent_id,
                activity_id=keys[activity],
                count=count,
                reason=reason,
            )

    return write


@pytest.fixture
def board(year, client_of):
    return client_of(year.board)


@pytest.fixture
def officer(year, client_of):
    return client_of(year.officer)
