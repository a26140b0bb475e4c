from datetime import date
from io import BytesIO

import openpyxl
import pytest

from accounts.models import Role
from assessments.reports import declared
from assessments.reports.offices.actions import FIELDS, OfficeChanged, save_office
from assessments.reports.offices.letterhead import defaults, letterhead, long_date, speller, written
from assessments.reports.offices.models import Office
from assessments.rules.models.years import RatingYear, Submission
from orgs.models import AuditEntry
from tests import factories
from tests.assessments.year import opened

ADDRESS = "/offices/A/"


@pytest.fixture
def year(world):
    return opened(world)


def values(**given) -> dict[str, str]:
    return dict.fromkeys(FIELDS, "") | given


def unit_matter(code="A"):
    held = Submission.objects.select_related("unit").get(year=2018, code=code)
    return declared.matter_of(RatingYear.objects.get(pk=2018), held.unit, held)


def province_matter():
    found = RatingYear.objects.get(pk=2018)
    return declared.matter_of(found, found.province, None)


def texts_of(matter) -> set[str]:
    content = declared.BY_SLUG["steering-committee"].build(matter)
    sheet = openpyxl.load_workbook(BytesIO(content))["04 Thôn"]
    return {cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}


@pytest.mark.parametrize(
    ("unit", "body", "number"),
    [
        ("Huyện uỷ Đăk Hà", "HUYỆN UỶ ĐĂK HÀ", "Số ……-BC/HU"),
        ("Đảng bộ huyện Đăk Hà", "HUYỆN ỦY ĐĂK HÀ", "Số ……-BC/HU"),
        ("Đảng bộ thành phố Kon Tum", "THÀNH ỦY KON TUM", "Số ……-BC/……"),
        ("Đảng bộ Quân sự tỉnh", "ĐẢNG ỦY QUÂN SỰ TỈNH", "Số ……-BC/ĐU"),
        ("Khối", "KHỐI", "Số ……-BC/……"),
    ],
)
def test_a_unit_prints_what_is_usual(unit, body, number):
    texts = defaults("Đảng bộ tỉnh Kon Tum", unit)
    assert (texts["body_above"], texts["body"]) == ("ĐẢNG BỘ TỈNH KON TUM", body)
    assert (texts["number"], texts["place"], texts["signer"]) == (number, "……", "")


def test_the_board_prints_what_is_usual():
    texts = defaults("Đảng bộ tỉnh Kon Tum", "")
    assert (texts["body_above"], texts["body"]) == ("TỈNH ỦY KON TUM", "BAN TỔ CHỨC")
    assert (texts["place"], texts["signs_as"]) == ("Kon Tum", "PHÓ TRƯỞNG BAN")


def test_what_the_office_entered_stands_as_it_wrote_it():
    office = Office(body="ĐẢNG UỶ KHỐI", spelling="ủy")
    texts = written(office, "Đảng bộ tỉnh Hoà Bình", "Đảng uỷ Khối")
    assert (texts["body"], texts["body_above"]) == ("ĐẢNG UỶ KHỐI", "ĐẢNG BỘ TỈNH HOÀ BÌNH")


def test_only_the_systems_own_words_are_respelled():
    province = written(Office(spelling="uỷ"), "Đảng bộ tỉnh Hòa Bình", "")
    assert province["body_above"] == "TỈNH UỶ HÒA BÌNH"
    spell = speller("uỷ", ["Huyện ủy Alpha", "Đảng ủy"])
    assert spell("Đảng ủy cơ sở: Huyện ủy Alpha, huyện ủy khác") == (
        "Đảng ủy cơ sở: Huyện ủy Alpha, huyện uỷ khác"
    )
    assert speller("")("đảng ủy, đảng uỷ") == "đảng ủy, đảng uỷ"


def test_days_are_written_as_the_party_writes_them():
    assert long_date(date(2016, 8, 8)) == "ngày 08 tháng 8 năm 2016"
    assert long_date(date(2026, 1, 12)) == "ngày 12 tháng 01 năm 2026"


def test_a_units_forms_are_headed_and_signed_by_its_own_office(year, world, actor):
    save_office(
        by=actor,
        organization=world.alpha.unit,
        version=0,
        values=values(
            body="HUYỆN ỦY ALPHA MỚI",
            place="Đăk Alpha",
            number="Số 12-BC/HU",
            signs_as="BÍ THƯ",
            signer="A Ký",
            preparer="Y Lập",
        ),
    )
    found = texts_of(unit_matter())
    assert {"HUYỆN ỦY ALPHA MỚI", "Số 12-BC/HU", "BÍ THƯ", "A Ký", "Y Lập"} <= found
    assert any(text.startswith("Đăk Alpha, ngày ") for text in found)
    assert "HUYỆN ỦY ALPHA MỚI" not in texts_of(unit_matter("B")) | texts_of(province_matter())


def test_titles_follow_the_spelling_and_names_of_units_do_not(year, world, actor):
    save_office(by=actor, organization=world.province, version=0, values=values(spelling="uỷ"))
    head = letterhead(province_matter())
    assert head.body[0] == "TỈNH UỶ KON TUM"
    assert head.spell("Huyện ủy Alpha thuộc tỉnh ủy") == "Huyện ủy Alpha thuộc tỉnh uỷ"
    assert "Huyện ủy Alpha" in texts_of(province_matter())


def test_an_unchanged_office_leaves_no_trace(world, actor):
    save_office(by=actor, organization=world.alpha.unit, version=0, values=values())
    assert not Office.objects.exists() and not AuditEntry.objects.filter(action="office.change").exists()


def test_the_trail_tells_before_and_after(world, actor):
    for version, place in enumerate(("Đăk Hà", "Đăk Tô")):
        save_office(by=actor, organization=world.alpha.unit, version=version, values=values(place=place))
    entry = AuditEntry.objects.filter(action="office.change").order_by("-pk").first()
    assert (entry.before, entry.after) == ({"place": "Đăk Hà"}, {"place": "Đăk Tô"})
    assert (entry.unit_id, entry.object_code) == (world.alpha.unit.pk, "A")


def test_two_editors_do_not_overwrite_each_other(world, actor):
    save_office(by=actor, organization=world.alpha.unit, version=0, values=values(place="Đăk Hà"))
    with pytest.raises(OfficeChanged):
        save_office(by=actor, organization=world.alpha.unit, version=0, values=values(place="Đăk Tô"))
    assert Office.objects.get().place == "Đăk Hà"


def test_the_page_shows_both_values_and_a_second_save_stands(year, world, client_of, actor):
    save_office(by=actor, organization=world.alpha.unit, version=0, values=values(place="Đăk Hà"))
    client = client_of(year.officer)
    page = client.post(ADDRESS, values(place="Đăk Tô", version="0")).content.decode()
    assert "Đang lưu: Đăk Hà" in page and 'value="Đăk Tô"' in page and 'name="version" value="1"' in page
    assert client.post(ADDRESS, values(place="Đăk Tô", version="1")).status_code == 302
    assert Office.objects.get().place == "Đăk Tô"


def test_the_preview_is_drawn_and_nothing_is_stored(year, client_of):
    client, sent = client_of(year.officer), values(signer="A Thử Ký", version="0")
    for address, more in ((ADDRESS, {"preview": "1"}), (f"{ADDRESS}preview/", {})):
        page = client.post(address, sent | more).content.decode()
        assert ">A Thử Ký</b>" in page and "HUYỆN ỦY ALPHA" in page
    assert not Office.objects.exists()


def test_a_text_too_long_says_so_and_is_kept(year, client_of):
    page = client_of(year.officer).post(ADDRESS, values(place="x" * 81, version="0"))
    assert page.status_code == 200 and "x" * 81 in page.content.decode()
    assert "Địa danh" in page.content.decode() and not Office.objects.exists()


def test_an_officer_goes_straight_to_the_own_office(year, client_of):
    assert client_of(year.officer).get("/offices/").url == ADDRESS
    assert client_of(year.officer).get("/offices/KT/").status_code == 404


def test_the_board_edits_any_office_and_lists_them_all(year, client_of, world):
    client = client_of(year.board)
    page = client.get("/offices/").content.decode()
    assert "Huyện ủy Alpha" in page and "Huyện ủy Beta" in page and "Đảng bộ tỉnh Kon Tum" in page
    assert client.post("/offices/KT/", values(place="Kon Plông", version="0")).status_code == 302
    assert Office.objects.get().organization == world.province


def test_a_commune_has_no_office(year, world, client_of):
    assert client_of(year.board).get("/offices/A.X01/").status_code == 404
    officer_of_commune = factories.user(Role.OFFICER, world.alpha.commune)
    assert client_of(officer_of_commune).get("/offices/").status_code == 404
