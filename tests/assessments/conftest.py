import pytest
from django.utils import translation

from tests import factories
from tests.assessments.entry.grid.grid import GRID, Grid
from tests.assessments.loads import Loader
from tests.assessments.year import opened
from tests.workbooks import PROVINCE_SHEETS


@pytest.fixture
def loader(db, tmp_path):
    return Loader(tmp_path)


@pytest.fixture
def province(loader):
    """The small province, loaded."""
    loader(PROVINCE_SHEETS)
    return loader


@pytest.fixture
def entry(reference, world):
    """An open year; twelve grassroots organizations of alpha, `A.X01` to `A.X12`."""
    for number in range(2, 13):
        factories.organization(world.alpha.unit, code=f"A.X{number:02}", name=f"Đảng bộ xã Đắk {number}")
    return opened(world)


@pytest.fixture
def open_grid(page_of):
    """A function that opens an entry page as an account; at the end everything typed is saved."""
    grids = []

    def open_as(user, address=GRID) -> Grid:
        grids.append(Grid(page_of(user, address)).ready())
        return grids[-1]

    yield open_as
    for grid in grids[-1:]:
        grid.settle()


@pytest.fixture
def grid(entry, open_grid):
    """The grassroots organizations of alpha, opened by its officer."""
    return open_grid(entry.officer)


@pytest.fixture
def in_english():
    """Sentences as the code writes them; the catalog may word them otherwise."""
    with translation.override("en"):
        yield
