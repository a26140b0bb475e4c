"""The page of self-rated levels against decided ones: numbers, lists, scopes, workbooks."""

from io import BytesIO

import openpyxl
import pytest

from accounts.models import Role
from assessments.figures.judged.crossing import NONE
from assessments.review.years.actions import open_year
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.schemes import Level
from tests import factories
from tests.assessments.rated import ACTOR
from tests.pages import flat, text_of
from tests.queries import queries

PAGE, ALPHA, BETA = (f"/years/2018/self-rated/{code}" for code in ("", "A/", "B/"))
OPEN = "?self=HTXSNV&decided=HTTNV"


def give(year, who, own: str = "", decided: str = "", **values):
    """Levels of a line as they stand; NONE where none is given."""
    model, listed = (
        (MemberLine, "member") if who._meta.model_name == "member" else (OrganizationLine, "organization")
    )
    subject = "member" if model is MemberLine else "organization"
    levels = {level.code: level for level in Level.objects.filter(scheme=year.scheme, subject=subject)}
    found = {"self_rated": levels.get(own), "decided": levels.get(decided)} | values
    model.objects.filter(year=year, **{listed: who}).update(**found)


@pytest.fixture
def year(world):
    """Alpha's commune decided lower than it rated itself, beta's higher without a reason."""
    found = open_year(2018, by=ACTOR)
    give(found, world.alpha.commune, "HTXSNV", "HTTNV", decision_number="7-QĐ/HU")
    give(found, world.beta.commune, "HTNV", "HTTNV")
    give(found, world.alpha.cells[0], "", "HTTNV")
    give(found, world.alpha.cells[1], "HTTNV", "")
    for part in (world.alpha, world.beta):
        give(found, part.members[0], "HTXSNV", "HTTNV")
        give(found, part.members[1], "HTTNV", "HTTNV")
    return found


def test_every_line_stands_in_one_cell(year, world, client_as):
    client = client_as(Role.BOARD, world.province)
    for subject, model, rows in (
        ("grassroots", OrganizationLine, OrganizationLine.objects.filter(kind="grassroots")),
        ("affiliated", OrganizationLine, OrganizationLine.objects.filter(kind="affiliated")),
        ("member", MemberLine, MemberLine.objects.filter(is_exempt=False)),
    ):
        pairs = list(rows.filter(year=year, dropped=False).values_list("self_rated__code", "decided__code"))
        context = client.get(f"{PAGE}?subject={subject}").context
        main = context["main"]
        shown = {}
        for line in main.lines:
            own = line.level.code if line.level else None
            codes = [level.code for level in main.crossing.levels]
            shown |= {(own, code): cell.count for code, cell in zip(codes, line.cells, strict=True)}
            shown[own, None] = line.undecided.count
        assert shown == {pair: pairs.count(pair) for pair in shown}, model
        assert sum(shown.values()) == len(pairs)
        units = sum(one.crossing.total for one in context["by_unit"])
        assert units == len(pairs)


def test_the_finding_the_four_apart_and_the_rule(year, world, client_as):
    page = text_of(client_as(Role.BOARD, world.province).get(PAGE))
    assert "Tự xếp và quyết định: 0 tổ chức giữ nguyên mức, 1 thấp hơn, 1 cao hơn" in page
    assert "Năm 2018: 2 đã có quyết định trong 2; 2 có cả hai mức, 0 không tự xếp." in page
    assert "mức cao hơn tự xếp phải ghi lý do" in page
    affiliated = client_as(Role.BOARD, world.province).get(f"{PAGE}?subject=affiliated").context["main"]
    crossing = affiliated.crossing
    assert (crossing.not_self_rated, crossing.undecided, crossing.both) == (1, 3, 0)


def test_a_cell_opens_its_list_and_its_excel_has_the_same_rows(year, world, client_as):
    client = client_as(Role.BOARD, world.province)
    response = client.get(PAGE + OPEN)
    [row] = response.context["table_rows"]
    assert (row.code, row.unit, str(row.cells["document"])) == ("A.X01", "Huyện ủy Alpha", "7-QĐ/HU")
    assert "Đang mở: tự xếp HTXSNV, quyết định HTTNV, 1" in text_of(response)
    book = openpyxl.load_workbook(BytesIO(client.get(PAGE + OPEN + "&format=xlsx").content)).active
    codes = [line[0] for line in book.iter_rows(min_row=5, values_only=True)]
    assert codes == ["A.X01"]
    undecided = client.get(f"{PAGE}?subject=affiliated&self=HTTNV&decided={NONE}")
    assert [one.code for one in undecided.context["table_rows"]] == ["A.X01.2"]
    blank = client.get(f"{PAGE}?subject=affiliated&self={NONE}&decided={NONE}")
    assert [one.code for one in blank.context["table_rows"]] == ["B.X01.1", "B.X01.2"]


def test_higher_without_a_reason_says_so(year, world, client_as):
    client = client_as(Role.BOARD, world.province)
    address = f"{PAGE}?self=HTNV&decided=HTTNV"
    assert client.get(address).context["table_rows"][0].cells["reason"] == "chưa ghi lý do"
    give(year, world.beta.commune, "HTNV", "HTTNV", note="có thành tích")
    assert client.get(address).context["table_rows"][0].cells["reason"] == "có thành tích"


def test_the_workbook_of_the_matrices_says_what_the_page_says(year, world, client_as):
    client = client_as(Role.BOARD, world.province)
    book = openpyxl.load_workbook(BytesIO(client.get(f"{PAGE}?format=xlsx").content)).active
    head, *rows = book.iter_rows(min_row=4, values_only=True)
    assert head[:7] == ("Năm", "Đơn vị", "Tự xếp", "HTXSNV", "HTTNV", "HTNV", "KHTNV")
    context = client.get(PAGE).context
    shown = [
        [*(cell.count for cell in line.cells), line.decided, line.undecided.count]
        for matrix in (context["main"], *context["by_unit"])
        for line in matrix.lines
    ]
    assert [list(row[3:9]) for row in rows] == shown
    assert rows[0][1] == "Đảng bộ tỉnh Kon Tum" and rows[5][1] == "Huyện ủy Alpha"


def test_years_stand_side_by_side_and_other_levels_apart(year, world, client_as):
    former, later = open_year(2017, by=ACTOR), open_year(2019, by=ACTOR)
    give(former, world.alpha.commune, "TSVM", "HTNV")
    give(later, world.alpha.commune, "HTTNV", "HTTNV")
    response = client_as(Role.BOARD, world.province).get("/years/2019/self-rated/")
    codes = [[level.code for level in one.crossing.levels] for one in response.context["former"]]
    assert codes[0] == ["HTXSNV", "HTTNV", "HTNV", "KHTNV"] and "TSVM" in codes[1]
    assert [cut.year for cut in response.context["breaks"]] == [2018]
    assert "không so sánh qua vạch năm 2018" in text_of(response)
    links = [cell.url for one in response.context["former"] for line in one.lines for cell in line.cells]
    opened = next(url for url in links if "/2017/" in url)
    assert "self=TSVM&amp;decided=HTNV" in flat(response) and "self=TSVM&decided=HTNV" in opened


def test_an_officer_stays_in_the_own_unit(year, world, client_as):
    client = client_as(Role.OFFICER, world.alpha.unit)
    assert client.get(PAGE)["Location"] == ALPHA
    response = client.get(f"{ALPHA}?subject=member")
    assert response.context["main"].crossing.total == 3 and not response.context["by_unit"]
    assert "Beta" not in flat(response)
    assert client.get(BETA).status_code == client.get(f"{BETA}{OPEN}").status_code == 404
    opened = client.get(f"{ALPHA}{OPEN}&subject=member")
    assert [row.name for row in opened.context["table_rows"]] == ["Y Alpha 1"]


def test_a_viewer_has_the_numbers_of_members_and_no_list(year, world, client_as):
    client = client_as(Role.VIEWER, world.province)
    response = client.get(f"{PAGE}?subject=member")
    cells = [cell for line in response.context["main"].lines for cell in line.cells]
    assert sum(cell.count for cell in cells) == 4 and not any(cell.url for cell in cells)
    assert client.get(f"{PAGE}{OPEN}&subject=member").status_code == 403
    assert client.get(f"{PAGE}{OPEN}&subject=member&format=xlsx").status_code == 403
    assert "Y Alpha" not in flat(response)
    assert [row.code for row in client.get(PAGE + OPEN).context["table_rows"]] == ["A.X01"]


def test_what_is_no_level_or_subject_is_not_found(year, world, client_as):
    client = client_as(Role.BOARD, world.province)
    for asked in ("?self=TSVM&decided=HTTNV", "?self=HTTNV", "?subject=village", "?self=x&decided=none"):
        assert client.get(PAGE + asked).status_code == 404, asked


def test_a_year_without_lines_says_so(world, client_as):
    year = open_year(2018, by=ACTOR)
    OrganizationLine.objects.filter(year=year).update(dropped=True)
    page = text_of(client_as(Role.BOARD, world.province).get(PAGE))
    assert "Chưa có dòng nào để xếp loại" in page


def test_the_number_of_statements_does_not_grow(year, world, client_as):
    client = client_as(Role.BOARD, world.province)
    open_year(2017, by=ACTOR)
    addresses = (PAGE, PAGE + OPEN, f"{PAGE}?subject=member", f"{PAGE}{OPEN}&subject=member")
    few = {address: (queries(client, address), queries(client, address))[1] for address in addresses}
    for number in range(12):
        commune = factories.organization(world.units[number], code=f"M{number}")
        factories.member(factories.cell(commune, code=f"M{number}.1"))
    again = open_year(2019, by=ACTOR)
    for model, subject in ((OrganizationLine, "organization"), (MemberLine, "member")):
        levels = Level.objects.filter(scheme=again.scheme, subject=subject)
        own, decided = levels.get(code="HTXSNV"), levels.get(code="HTTNV")
        model.objects.filter(year=again).update(self_rated=own, decided=decided)
    many = {address: queries(client, address.replace("2018", "2019")) for address in addresses}
    assert many == few
