import stat
from hashlib import sha256

import pytest

from resolution03.lib.keeping import Keeping, Lost

pytestmark = pytest.mark.once


@pytest.fixture
def keeping(tmp_path):
    return Keeping(tmp_path / "reports")


def sha(content):
    return sha256(content).hexdigest()


def test_a_kept_file_comes_back_as_it_was(keeping):
    name = keeping.keep(b"PK\x00\xff")
    assert keeping.read(name, sha(b"PK\x00\xff")) == b"PK\x00\xff"


def test_nobody_else_reads_it_and_its_name_tells_nothing(keeping):
    first, second = keeping.keep(b"1"), keeping.keep(b"1")
    assert first != second and first.isalnum() and len(first) == 40
    assert stat.S_IMODE(keeping.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((keeping.folder / first).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b"other"),
        lambda path: path.write_bytes(b""),
    ],
)
def test_a_lost_or_altered_file_is_never_handed_out(keeping, spoil):
    name = keeping.keep(b"kept")
    spoil(keeping.folder / name)
    with pytest.raises(Lost):
        keeping.read(name, sha(b"kept"))


def test_dropping_twice_is_no_fault(keeping):
    name = keeping.keep(b"x")
    keeping.drop(name)
    keeping.drop(name)
    assert not list(keeping.folder.iterdir())
