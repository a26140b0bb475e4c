import pytest


@pytest.fixture(autouse=True)
def said_in_english(in_english):
    """Rules are compared word by word."""
