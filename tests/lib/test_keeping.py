import stat
from hashlib import sha256

import pytest

from resolution03.lib.backups.placing import kept_files
from resolution03.lib.keeping import STORES, Keeping, Lost, NotKept

pytestmark = pytest.mark.once


@pytest.fixture
def keeping(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return Keeping("reports")


def sha(content):
    return sha256(content).hexdigest()


def test_a_kept_file_comes_back_as_it_was(keeping):
    name = keeping.keep(b"PK\x00\xff").stored_as
    assert keeping.read(name, sha(b"PK\x00\xff")) == b"PK\x00\xff"


def test_nobody_else_reads_it_and_its_name_tells_nothing(keeping):
    first, second = (keeping.keep(b"1").stored_as for _time in range(2))
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
    name = keeping.keep(b"kept").stored_as
    spoil(keeping.folder / name)
    with pytest.raises(Lost):
        keeping.read(name, sha(b"kept"))


def test_dropping_twice_is_no_fault(keeping):
    name = keeping.keep(b"x").stored_as
    keeping.drop(name)
    keeping.drop(name)
    assert not list(keeping.folder.iterdir())


def test_what_comes_in_pieces_is_one_file_and_a_copy_another(keeping):
    kept = keeping.keep(iter([b"a", b"b"]))
    copy = keeping.copy(kept.stored_as)
    assert kept.sha256 == copy.sha256 == sha(b"ab") and kept.stored_as != copy.stored_as
    keeping.drop(kept.stored_as)
    assert keeping.read(copy.stored_as, copy.sha256) == b"ab" and not keeping.has(kept.stored_as)
    with pytest.raises(Lost):
        keeping.copy(kept.stored_as)


def test_a_disk_that_is_full_keeps_nothing(keeping):
    def pieces():
        yield b"half"
        raise OSError(28, "No space left on device")

    with pytest.raises(NotKept, match="No space"):
        keeping.keep(pieces())
    assert not list(keeping.folder.iterdir())


def test_a_backup_holds_every_store(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    names = {store.place(store.keep(b"1").stored_as) for store in STORES}
    assert {name for name, _path in kept_files(tmp_path)} == names and len(names) == 4
