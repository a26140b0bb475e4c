"""Workbooks as offices keep them for themselves: no heading as the system names it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.workbooks import book

LETTERS = [
    ["HUYỆN ỦY ALPHA"],
    ["KẾT QUẢ ĐÁNH GIÁ NĂM 2018"],
    [],
    ["STT", "Mã TC", "Tên chi, đảng bộ", "Kết quả", None, "Ghi chú"],
    [None, None, None, "Tự nhận", "Cấp trên", None],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
    ["I", None, "Khối xã"],
    [1, "A.X01", "Đảng bộ xã Alpha", "A", "B", None],
    [2, "A.X01.1", "Chi bộ Alpha 1", "B", "B", "mới"],
    [None, "Cộng", None, 2, 2, None],
]
LETTERS_MOVED = [["Kèm theo báo cáo"], [], *LETTERS[3:]]


def odd(folder, sheets, *, merged=(), name="danh sách.xlsx"):
    path = book(folder / "made.xlsx", sheets, merged=merged)
    return SimpleUploadedFile(name, path.read_bytes())


def letters(folder, rows=LETTERS, **options):
    """The sheet of letters; its captions are merged wherever its headings stand."""
    at = next(number for number, row in enumerate(rows, 1) if row[:1] == ["STT"])
    merged = [f"{column}{at}:{column}{at + 1}" for column in "ABCF"]
    return odd(folder, {"Biểu 1": rows}, merged=[*merged, f"D{at}:E{at}"], **options)


def sent(client, user, *files):
    """The answer to an upload, and the address to which it leads."""
    client.force_login(user)
    return client.post(reverse("assessments:upload"), {"files": files}).url


def page_of_sheet(client, user, *files):
    """Upload, and the address of the page of the first sheet, to which the plan leads at least."""
    address = sent(client, user, *files)
    if "/sheet/" in address:
        return address
    sheet = client.get(address).context["batch"].sheets[0]
    assert sheet["note"]["unknown"]
    return f"{address}file/{sheet['upload'].pk}/sheet/0/"


def proposal(client, address, **changes):
    """What the page of a sheet proposes, as its form would send it; `changes` typed over."""
    desk = client.get(address).context["desk"]
    start = desk.start
    data = {"header": start.header_row, "rows": start.header_rows, "kind": start.kind}
    for form in filter(None, (desk.mapping_form, desk.values_form)):
        data |= {field.html_name: field.value() or "" for field in form}
    if desk.values_form:
        data["seen"] = desk.values_form.keys
    return data | {"remember": "on", "name": "Biểu", "do": "use"} | changes


OLD_FONT = [
    ["§¶ng bé huyÖn Alpha"],
    ["N¨m", "M·", "Tªn tæ chøc ®¶ng", "Møc xÕp lo¹i"],
    [2018, "A.X01", "§¶ng bé x· Alpha", "Hoµn thµnh tèt nhiÖm vô"],
    [2018, "A.X01.1", "Chi bé th«n mét", "HTTNV"],
]

BY_NAME = [
    ["DANH SÁCH XẾP LOẠI CHI BỘ NĂM 2018"],
    ["TT", "Tên tổ chức đảng", "Kết quả xếp loại"],
    ["I", "Đảng bộ xã Alpha"],
    [1, "Chi bộ  alpha 1", "HTTNV"],
    [2, "Chi bộ Anpha 2", "HTNV"],
    [3, "Chi bộ Beta 1", "HTNV"],
]

MEMBERS_IN_GROUPS = [
    ["DANH SÁCH ĐẢNG VIÊN XÃ ALPHA"],
    ["STT", "Họ và tên", "Ngày sinh", None, "Ngày vào Đảng"],
    [None, None, "Nam", "Nữ", None],
    ["I. Chi bộ Alpha 1:"],
    [1, "Y Alpha 1", None, 1990, "1/1/2010"],
    ["II. Chi bộ Alpha 2"],
    [2, "A Mới Đến", 1991, None, "3/2015"],
]
