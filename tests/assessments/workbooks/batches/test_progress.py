"""How far long work is: told in words to who waits for it, and to nobody else."""

import json

import pytest
from django.urls import reverse

from assessments.workbooks.batches import actions as uploads
from assessments.workbooks.batches import progress as telling
from assessments.workbooks.batches.progress import Phase, folder, in_words, progress, told
from assessments.workbooks.models import Upload
from tests.assessments.workbooks.batches.test_plan_page import members
from tests.assessments.workbooks.batches.test_upload import shown
from tests.assessments.year import opened

TOKEN = "0123456789abcdef" * 2


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return opened(world)


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def test_the_words_say_what_is_done_and_how_many_rows():
    assert in_words(Phase.READ, 12_000, 0) == "Đang đọc… 12.000 dòng"
    assert in_words(Phase.JUDGE, 12_000, 33_000) == "Đang kiểm tra… 12.000/33.000 dòng"
    assert in_words(Phase.FOLLOW, 0, 0) == "Đang cập nhật danh sách và số liệu…"


def test_only_who_waits_is_told_and_nothing_is_left_behind(var):
    with progress(TOKEN, 7) as tell:
        tell(Phase.STORE, 5, 9)
        assert told(TOKEN, 7) == "Đang ghi… 5/9 dòng"
        assert told(TOKEN, 8) == ""
        with progress(TOKEN, 8) as other:
            other(Phase.READ, 1, 1)
        assert told(TOKEN, 7) == "Đang ghi… 5/9 dòng"
    assert told(TOKEN, 7) == "" and list(folder().iterdir()) == []
    assert folder().stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("token", ["", "../../etc/passwd", "x" * 32, TOKEN + "\n"])
def test_a_wrong_token_tells_nobody(var, token):
    with progress(token, 7) as tell:
        tell(Phase.READ, 1, 1)
    assert told(token, 7) == "" and list(folder().iterdir()) == []


def test_it_does_not_write_at_every_row(var, monkeypatch):
    monkeypatch.setattr(telling, "EVERY", 60)
    with progress(TOKEN, 7) as tell:
        for done in range(1, 1000):
            tell(Phase.JUDGE, done, 999)
        assert json.loads((folder() / f"{TOKEN}.json").read_text())["done"] == 1


def test_work_goes_on_when_nobody_can_be_told(var, monkeypatch):
    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(telling.os, "open", full)
    with progress(TOKEN, 7) as tell:
        tell(Phase.READ, 1, 1)


def test_a_load_tells_its_phases(client, entry, monkeypatch):
    heard = []
    keep, apply = uploads.keep, uploads.apply

    def listening(action):
        def act(*, tell, **options):
            def both(phase, done=0, total=0):
                tell(phase, done, total)
                heard.append((phase, told(TOKEN, entry.officer.pk), done, total))

            return action(tell=both, **options)

        return act

    monkeypatch.setattr(uploads, "keep", listening(keep))
    monkeypatch.setattr(uploads, "apply", listening(apply))
    client.force_login(entry.officer)
    address = reverse("assessments:upload")
    answer = client.post(address, {"files": members(*range(1, 41)), "token": TOKEN})
    plan_hash = shown(client, answer)["first"].plan_hash
    assert [phase for phase, *_rest in heard][-1] == Phase.PLAN
    assert any(done == total == 40 for phase, _words, done, total in heard if phase == Phase.JUDGE)
    assert all(words for _phase, words, *_rest in heard)
    heard.clear()
    client.post(f"{answer.url}apply/", {"plan": plan_hash, "token": TOKEN})
    assert {Phase.READ, Phase.JUDGE, Phase.STORE, Phase.FOLLOW} <= {phase for phase, *_rest in heard}
    assert Upload.objects.get().applied_at and list(folder().iterdir()) == []


def test_the_page_asks_for_its_own_work_only(client, entry):
    address = reverse("assessments:upload_progress", args=[TOKEN])
    with progress(TOKEN, entry.officer.pk) as tell:
        tell(Phase.READ, 12, 0)
        client.force_login(entry.officer)
        assert client.get(address).json() == {"words": "Đang đọc… 12 dòng"}
        client.force_login(entry.stranger)
        assert client.get(address).json() == {"words": ""}
        client.force_login(entry.viewer)
        assert client.get(address).status_code == 403
