import pytest

from tests.assessments.loads import Loader
from tests.workbooks import PROVINCE_SHEETS


@pytest.fixture
def loader(db, tmp_path):
    return Loader(tmp_path)


@pytest.fixture
def province(loader):
    """The small province, loaded."""
    loader(PROVINCE_SHEETS)
    return loader
