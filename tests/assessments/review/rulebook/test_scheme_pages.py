from datetime import date

import pytest

from accounts.models import Role
from assessments.rules.models.caps import Cap
from assessments.rules.models.schemes import Reading, Scheme
from assessments.rules.models.targets import Target, Term
from tests.assessments.rated import rated_year
from tests.assessments.registers.confirming import send

TARGET = {
    "indicator": "village_heads_members",
    "comparison": ">",
    "value": "95",
    "first_year": "2026",
    "last_year": "2030",
    "document_number": "NQ 05-NQ/TU",
    "document_date": "1/8/2026",
    "issuer": "Tỉnh ủy Quảng Ngãi",
}


@pytest.fixture
def board(world, client_as):
    return client_as(Role.BOARD, world.province)


@pytest.mark.parametrize("role", [Role.BOARD, Role.OFFICER, Role.CLERK, Role.VIEWER])
def test_all_who_work_with_figures_read_the_rules(role, world, client_as):
    client = client_as(role, world.province)
    page = client.get("/rules/").content.decode()
    assert "HD 16-HD/BTCTW, 24/9/2018" in page
    assert ("Thêm mục tiêu" in page) == (role == Role.BOARD)
    assert client.get("/rules/indicators/grassroots_strong/").status_code == 200


def test_each_indicator_has_its_rule_in_words(board):
    page = board.get("/rules/indicators/village_heads_members/").content.decode()
    for words in ("&gt; 60%", "&gt; 70%", "&gt; 90%", "II.5", "NQ 03-NQ/TU, 8/8/2016 của Tỉnh ủy Kon Tum"):
        assert words in page, words
    assert board.get("/rules/indicators/nothing/").status_code == 404


def test_a_target_is_added_and_stands_in_the_history(board):
    page = send(board, "/rules/targets/add/", TARGET, follow=True).content.decode()
    added = Target.objects.get(value=95)
    assert added.document == "NQ 05-NQ/TU, 1/8/2026 của Tỉnh ủy Quảng Ngãi"
    assert added.document in page
    assert "&gt; 95%" in page
    assert "thêm mới" in page


def test_two_documents_of_one_number_are_told_apart_by_who_issued_them(board):
    cap = Cap.objects.get(subject="member")
    page = f"/rules/caps/{cap.pk}/"
    form = board.get(page).context["form"]
    typed = {key: form[key].value() for key in form.fields if form[key].value() not in (None, False)}
    decision = {"document_number": "21-QĐ", "document_date": "3/3/2026", "issuer": "Ban Tổ chức Tỉnh ủy"}
    send(board, page, typed | decision)
    cap.refresh_from_db()
    assert cap.document == "21-QĐ, 3/3/2026 của Ban Tổ chức Tỉnh ủy"
    too_long = send(board, page, typed | decision | {"issuer": "x" * 121}).context["form"].errors
    assert list(too_long) == ["issuer"]


def test_a_contradiction_stands_beside_its_field_and_stores_nothing(board):
    response = send(board, "/rules/targets/add/", TARGET | {"first_year": "2020"})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["first_year"]
    assert not Target.objects.filter(value=95).exists()


def test_what_a_rule_cannot_be_is_told_in_words_beside_its_field(board):
    """No name of a constraint reaches the page, whatever contradicts."""
    target, cap = Target.objects.get(indicator="grassroots_strong"), Cap.objects.first()
    term, scheme = Term.objects.first(), Scheme.objects.latest("first_year")
    for row, address, wrong, fields in (
        (target, "targets", {"first_year": "2025", "last_year": "2020"}, ["last_year"]),
        (target, "targets", {"first_year": "20"}, ["first_year"]),
        (target, "targets", {"due": "99999999999"}, ["due"]),
        (cap, "caps", {"percent": "120"}, ["percent"]),
        (cap, "caps", {"first_year": "2030", "last_year": "2020"}, ["last_year"]),
        (term, "terms", {"starts_on": "1/1/2020", "ends_on": "1/1/2019"}, ["ends_on"]),
        (scheme, "schemes", {"last_year": "2000"}, ["last_year"]),
    ):  # fmt: skip
        page = f"/rules/{address}/{row.pk}/"
        form = board.get(page).context["form"]
        typed = {key: form[key].value() for key in form.fields if form[key].value() not in (None, False)}
        for key in ("document_date", "starts_on", "ends_on"):
            if key in typed:
                typed[key] = f"{typed[key]:%d/%m/%Y}"
        errors = send(board, page, typed | wrong).context["form"].errors
        assert list(errors) == fields and "_" not in str(errors.get_json_data()[fields[0]][0]["message"]), (
            address,
            wrong,
            errors,
        )


def test_a_reading_is_put_in_use_by_a_decision(board, world):
    rated_year(world)
    reading = Reading.objects.get(scheme__first_year=2018, meaning="strong", in_use=False)
    before = board.get("/years/2018/").context["rows"][0].value
    response = send(
        board,
        f"/rules/readings/{reading.pk}/choose/",
        {"document_number": "12-QĐ/TU", "document_date": "15/01/2019", "issuer": "Ban Thường vụ Tỉnh ủy"},
        follow=True,
    )
    assert "12-QĐ/TU, 15/1/2019 của Ban Thường vụ Tỉnh ủy" in response.content.decode()
    row = board.get("/years/2018/").context["rows"][0]
    assert (before, row.value, row.figure.is_default_reading) == ("50,00%", "50,00%", False)
    assert row.figure.reading == "chỉ mức HTXSNV"


def test_a_reading_needs_the_decisions_number_and_date(board):
    reading = Reading.objects.get(scheme__first_year=2018, meaning="strong", in_use=False)
    response = send(board, f"/rules/readings/{reading.pk}/choose/", {})
    assert set(response.context["form"].errors) == {"document_number", "document_date"}
    reading.refresh_from_db()
    assert not reading.in_use


def test_a_reading_is_added_with_levels_of_its_scheme(board):
    scheme = Scheme.objects.get(first_year=2018)
    level = scheme.levels.get(subject="organization", code="HTXSNV")
    foreign = Scheme.objects.get(first_year=2014).levels.first()
    address = f"/rules/schemes/{scheme.pk}/readings/exemplary/add/"
    refused = send(board, address, {"name": "khác", "levels": [foreign.pk]})
    assert list(refused.context["form"].errors) == ["levels"]
    send(board, address, {"name": "khác", "levels": [level.pk]})
    assert Reading.objects.get(name="khác").scheme == scheme


def test_caps_terms_schemes_and_levels_are_changed(board):
    cap, term, scheme = (
        Cap.objects.first(),
        Term.objects.get(is_target_term=True),
        Scheme.objects.get(first_year=2018),
    )
    level = scheme.levels.first()
    for address in (
        f"/rules/caps/{cap.pk}/",
        f"/rules/terms/{term.pk}/",
        f"/rules/schemes/{scheme.pk}/",
        f"/rules/levels/{level.pk}/",
    ):
        form = board.get(address).context["form"]
        data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
        data |= {"name": "Tên mới"} if "name" in data else {"percent": "25"}
        days = {name: f"{value:%d/%m/%Y}" for name, value in data.items() if isinstance(value, date)}
        data |= days
        assert send(board, address, data).status_code == 302, address
    cap.refresh_from_db()
    term.refresh_from_db()
    assert (cap.percent, term.name) == (25, "Tên mới")


def test_a_scheme_is_added_like_another(board):
    like = Scheme.objects.get(first_year=2025)
    send(board, "/rules/schemes/add/", {"name": "QĐ mới", "first_year": "2028", "like": like.pk})
    assert Scheme.objects.get(first_year=2028).levels.count() == 8


def test_a_rule_is_removed(board):
    target = Target.objects.get(indicator="grassroots_strong")
    assert send(board, f"/rules/targets/{target.pk}/remove/").status_code == 302
    assert not Target.objects.filter(pk=target.pk).exists()
    assert board.get(f"/rules/targets/{target.pk}/").status_code == 404


def test_only_the_board_edits(world, client_as):
    target = Target.objects.first()
    for role in (Role.OFFICER, Role.CLERK, Role.VIEWER, Role.ADMINISTRATOR):
        client = client_as(role, world.province)
        assert send(client, f"/rules/targets/{target.pk}/remove/").status_code == 403
        assert send(client, "/rules/targets/add/", TARGET).status_code == 403
