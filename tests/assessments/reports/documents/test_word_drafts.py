"""Word drafts: filled like the reports, of one unit, in the ledger; the office's own template."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Role
from assessments.operations.checkup import findings
from assessments.reports import declared
from assessments.reports.documents.actions import take_template, use_default
from assessments.reports.documents.drafts import DOCUMENTS
from assessments.reports.documents.templates import own_template
from assessments.reports.issued.actions import issue
from assessments.reports.issued.keeping import content_of
from assessments.reports.issued.models import DocumentTemplate, IssuedReport
from assessments.rules.models.years import RatingYear
from orgs.models import AuditEntry
from resolution03.lib import keeping
from tests import factories
from tests.assessments import hostile
from tests.assessments.docx import document, text
from tests.assessments.office_files import convert
from tests.assessments.years import opened, rate
from tests.packages import invalid, texts


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def year(world, actor) -> RatingYear:
    found = opened(2018, actor)
    rate(found, world.alpha.commune, "HTTNV")
    rate(found, world.beta.commune, "HTNV")
    return found


@pytest.fixture
def board(world, client_of):
    return client_of(factories.user(Role.BOARD, world.province))


@pytest.fixture
def officer(world, client_of):
    return client_of(factories.user(Role.OFFICER, world.alpha.unit))


def upload(client, content, name="mẫu.docx", kind="interim"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("assessments:document_template", args=[kind]), {"file": file})


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_province_is_told_as_the_figures_say(year, kind):
    content = DOCUMENTS[kind].build(declared.matter_of(year, year.province, None))
    found = text(content)
    assert "1/2 trong sạch, vững mạnh (50,00%; năm 2017 chưa có số liệu), mục tiêu ≥ 50%: đạt" in found
    assert "B.X01 | Đảng bộ xã Beta | Huyện ủy Beta | HTNV" in found
    assert "TỈNH ỦY KON TUM" in found and "{{" not in found and "{%" not in found
    assert invalid(content, ".docx") == []


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_units_draft_holds_nothing_of_another_and_no_person(db, kind):
    world = hostile.build()
    content = DOCUMENTS[kind].build(hostile.matter(2019, world.own.unit))
    parts = html.unescape(texts(content))
    assert [word for word in hostile.words_of(world.other) if word in parts] == []
    assert [name for name in hostile.names_of_persons() if name in parts] == []
    whole = html.unescape(texts(DOCUMENTS[kind].build(hostile.matter(2019))))
    assert [name for name in hostile.names_of_persons() if name in whole] == []


def test_it_opens_in_libreoffice(year, tmp_path):
    paths = []
    for kind, report in DOCUMENTS.items():
        paths.append(tmp_path / f"{kind}.docx")
        paths[-1].write_bytes(report.build(declared.matter_of(year, year.province, None)))
    convert(paths, "pdf", tmp_path / "out")
    assert all((tmp_path / "out" / f"{path.stem}.pdf").read_bytes()[:4] == b"%PDF" for path in paths)


def test_a_draft_stands_in_the_ledger_and_comes_again_byte_for_byte(year, actor, board):
    answer = board.get(reverse("assessments:document", args=[2018, "interim"]))
    assert "interim-review-2018.docx" in answer["Content-Disposition"]
    found = IssuedReport.objects.get()
    assert (found.slug, found.mark, content_of(found)) == ("interim-review", "1/2018", answer.content)
    assert "1/2018" in text(answer.content)
    again = board.get(reverse("assessments:document", args=[2018, "interim"]))
    assert again.content == answer.content and IssuedReport.objects.count() == 1
    file = board.get(reverse("assessments:issued_file", args=[found.pk]))
    assert file.content == answer.content and "wordprocessingml" in file["Content-Type"]


def test_an_officer_gets_the_own_draft_only(year, officer):
    own = officer.get(reverse("assessments:unit_document", args=[2018, "final", "A"]))
    assert own.status_code == 200 and "Beta" not in texts(own.content)
    for name, arguments, status in (
        ("unit_document", [2018, "final", "B"], 404),
        ("document", [2018, "final"], 403),
        ("unit_document", [2018, "other", "A"], 404),
    ):
        assert officer.get(reverse(f"assessments:{name}", args=arguments)).status_code == status


def test_a_full_disk_is_told_and_nothing_is_entered(year, board, var, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping.os, "fsync", full)
    answers = {
        name: board.get(reverse(f"assessments:{name}", args=[2018, slug]), follow=True)
        for name, slug in (("document", "interim"), ("report", "steering-committee"))
    } | {"template": upload(board, document("Riêng của {{ pham_vi }}"))}
    for name, answer in answers.items():
        assert answer.status_code == 200 and "No space left on device" in answer.content.decode(), name
    assert not IssuedReport.objects.exists() and not DocumentTemplate.objects.exists()
    assert [path for path in var.rglob("*") if path.is_file()] == []


def test_each_office_has_its_own_template(year, world, officer, board):
    assert upload(officer, document("Riêng của {{ pham_vi }}")).status_code == 302
    assert DocumentTemplate.objects.get().unit == world.alpha.unit
    own = officer.get(reverse("assessments:unit_document", args=[2018, "interim", "A"]))
    said, own_words, *_rest = text(own.content).splitlines()
    assert said.startswith("SỐ TẠM TÍNH") and own_words == "Riêng của Huyện ủy Alpha"
    province = board.get(reverse("assessments:document", args=[2018, "interim"]))
    assert "Riêng của" not in text(province.content)
    assert AuditEntry.objects.get(action="template.take").unit == world.alpha.unit


def test_the_template_in_use_is_downloaded_changed_and_put_aside(year, board):
    mine = document("{{ nam }}")
    upload(board, mine, "của tỉnh.docx")
    file = reverse("assessments:document_template_file", args=["interim"])
    assert board.get(file).content == mine
    assert board.get(f"{file}?default").content != mine
    board.post(reverse("assessments:document_template_default", args=["interim"]))
    assert board.get(file).content != mine and own_template("interim", None) is None
    assert DocumentTemplate.objects.count() == 2


def test_a_wrong_field_is_said_and_nothing_stored(year, board, var):
    answer = upload(board, document("Trong {{ tinhh_trang }} này"))
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 200 and "trường “{{ tinhh_trang }}” không có" in page
    assert "Đoạn: “Trong {{ tinhh_trang }} này”" in page
    assert not DocumentTemplate.objects.exists() and not list((var / "documents").glob("*"))


@pytest.mark.parametrize("name", ["mẫu.docm", "mẫu.doc", "mẫu.docx.exe", "x"])
def test_only_docx_is_taken(year, board, name):
    assert upload(board, document("{{ nam }}"), name).status_code == 200
    assert not DocumentTemplate.objects.exists()


def test_no_file_is_said(year, board):
    page = board.post(reverse("assessments:document_template", args=["interim"])).content.decode()
    assert "Chọn một tệp .docx." in page


def test_a_viewer_reads_drafts_and_changes_no_template(year, world, client_of):
    viewer = client_of(factories.user(Role.VIEWER, world.province))
    assert viewer.get(reverse("assessments:document", args=[2018, "interim"])).status_code == 200
    assert upload(viewer, document("{{ nam }}")).status_code == 403
    page = viewer.get(reverse("assessments:documents", args=[2018])).content.decode()
    assert reverse("assessments:document_template", args=["interim"]) not in page


def test_an_officer_below_a_unit_has_no_template(year, world, client_of):
    client = client_of(factories.user(Role.OFFICER, world.alpha.commune))
    assert upload(client, document("{{ nam }}")).status_code == 404


def test_a_lost_template_is_said_where_the_draft_is_asked_for(year, world, actor, board, var):
    take_template(by=actor, kind="interim", unit=None, file_name="a.docx", content=document("{{ nam }}"))
    assert "templates" not in {finding["code"] for finding in findings()}
    (var / "documents" / own_template("interim", None).stored_as).unlink()
    assert "templates" in {finding["code"] for finding in findings()}
    answer = board.get(reverse("assessments:document", args=[2018, "interim"]), follow=True)
    assert "Chưa lập được bản thảo." in answer.content.decode() and not IssuedReport.objects.exists()
    use_default(by=actor, kind="interim", unit=None)
    assert board.get(reverse("assessments:document", args=[2018, "interim"])).status_code == 200


def test_another_template_makes_another_issue(year, actor):
    def issued():
        return issue(DOCUMENTS["interim"], declared.matter_of(year, year.province, None), by=actor)

    first = issued()
    take_template(by=actor, kind="interim", unit=None, file_name="a.docx", content=document("{{ nam }}"))
    assert issued().number == 2 and content_of(first)


def test_the_fields_are_listed_with_their_values(year, board):
    page = html.unescape(board.get(reverse("assessments:document_fields")).content.decode())
    assert "{{ tccsd_vung_manh.ty_le }}" in page and "50,00%" in page
    assert "{% for d in ds_tccsd_chua_dat %}" in page and "{{ d.don_vi }}" in page
