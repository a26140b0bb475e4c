"""A demonstration that holds what only work leaves behind: uploads planned, stored and undone, an
office's own sheet, issued reports, a template. Made by the pages themselves, of any one state of the code."""

import io
import shutil
from datetime import datetime

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell

from sameness.house import FILES, House

OFFICER, UNIT, BOARD = "canbo.ih", "IH", "bantochuc"
HOST = "localhost"


def furnish(given) -> int:
    """Write the database to `given.file`, and its kept files beside it."""
    house = House(given.house, given.database, given.now)
    house.open(is_walked=False)
    from sameness import walkers

    walkers.prepare()
    for step in (_uploads, _reports, _template):
        step()
    house.close()
    shutil.copyfile(house.database, given.file)
    beside = given.file.with_name(given.file.name + FILES)
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(house.scratch / "var", beside)
    print(f"{given.file}, {sum(1 for file in beside.rglob('*') if file.is_file())} kept files")
    return 0


def _client(username: str):
    from sameness.walkers import Walker

    return Walker(username, username).walk([]).client


def _ask(client, method: str, address: str, data: dict | None = None, *, follow=True):
    answer = getattr(client, method)(address, data or {}, follow=follow, HTTP_HOST=HOST)
    told = answer.request["PATH_INFO"]
    print(f"{method} {address} → {answer.status_code} {told}")
    if answer.status_code >= 400:
        raise SystemExit(answer.content.decode("utf-8", "replace")[:2000])
    return answer


def _uploads() -> None:
    officer = _client(OFFICER)
    stored = _upload(officer, "to-chuc.xlsx", _changed(_prepared(officer, "organizations")))
    _store(officer, stored)
    undone = _upload(officer, "thon.xlsx", _changed(_prepared(officer, "villages")))
    if _store(officer, undone):
        _ask(officer, "post", f"{undone}undo/")
    _upload(officer, "dang-vien.xlsx", _spoiled(_changed(_prepared(officer, "members"))))
    _upload(officer, "mau-rieng.xlsx", _own_sheet())


def _prepared(client, part: str) -> Workbook:
    year = datetime.now().year - 1
    answer = _ask(client, "post", f"/upload/prepared/{year}/{UNIT}/{part}/")
    return load_workbook(io.BytesIO(answer.content))


def _changed(book: Workbook) -> Workbook:
    """Where the last column that bears text in the second row of data gets another row's text."""
    for sheet in book.worksheets:
        rows = [row for row in sheet.iter_rows(min_row=2) if any(cell.value for cell in row)]
        for cell in rows[-1] if len(rows) > 2 else ():
            if isinstance(cell.value, str) and cell.column_letter in "BCD":
                cell.value = f"{cell.value} mới"
                break
    return book


def _spoiled(book: Workbook) -> Workbook:
    """Days that no calendar has, in some rows of each sheet."""
    for sheet in book.worksheets:
        for cell in [cell for row in sheet.iter_rows(min_row=8, max_row=12) for cell in row[3:7]]:
            if not isinstance(cell, MergedCell):
                cell.value = "31/02/2999"
    return book


def _own_sheet() -> Workbook:
    from django.db import connection

    book = Workbook()
    sheet = book.active
    sheet.append(["DANH SÁCH XẾP LOẠI TỔ CHỨC ĐẢNG"])
    sheet.append(["TT", "Tên tổ chức đảng", "Thuộc đảng bộ", "Mức xếp loại"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.name, p.name FROM orgs_organization o JOIN orgs_organization p ON p.id = o.parent_id "
            "WHERE p.code = %s ORDER BY o.id LIMIT 12",
            [UNIT],
        )
        words = ("Tốt", "Xuất sắc", "Hoàn thành nhiệm vụ", "TSVM")
        for number, (name, parent) in enumerate(cursor.fetchall(), 1):
            sheet.append([number, name, parent, words[number % len(words)]])
    return book


def _upload(client, name: str, book: Workbook) -> str:
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    stream.name = name
    return _ask(client, "post", "/upload/", {"files": [stream]}).request["PATH_INFO"]


def _store(client, plan: str) -> bool:
    from lxml import html

    page = html.document_fromstring(_ask(client, "get", plan).content.decode("utf-8"))
    for field in page.iterfind(".//input[@name='plan']"):
        _ask(client, "post", f"{plan}apply/", {"plan": field.get("value")})
        return True
    print("not to be stored:", plan)
    return False


def _reports() -> None:
    board, officer = _client(BOARD), _client(OFFICER)
    for address in ("/reports/2025/targets/", "/reports/2024/targets/", "/reports/2025/documents/interim/"):
        _ask(board, "get", address)
    _ask(officer, "get", f"/reports/2025/return/units/{UNIT}/")
    _ask(officer, "post", f"/reports/2025/persons/left/units/{UNIT}/", {"purpose": "so sánh"})


def _template() -> None:
    board = _client(BOARD)
    answer = _ask(board, "get", "/reports/documents/interim/template/file/")
    content = b"".join(answer) if answer.streaming else answer.content
    stream = io.BytesIO(content)
    stream.name = "mau.docx"
    _ask(board, "post", "/reports/documents/interim/template/", {"file": stream})
