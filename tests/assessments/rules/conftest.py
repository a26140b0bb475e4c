import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english():
    """Sentences as the code writes them; the catalog may word them otherwise."""
    with translation.override("en"):
        yield
