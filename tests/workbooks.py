"""Small workbooks as an office might send them."""

from pathlib import Path

import openpyxl


def book(path: Path, sheets: dict[str, list[list]], *, hidden=(), merged=()) -> Path:
    """Write an .xlsx with the rows of each sheet; `merged`: ranges of the first sheet."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in hidden:
            sheet.sheet_state = "hidden"
    for reference in merged:
        workbook.worksheets[0].merge_cells(reference)
    workbook.save(path)
    return path


ORGANIZATIONS = [
    "Mã",
    "Tên tổ chức đảng",
    "Mã cấp trên",
    "Cấp",
    "Hình thức",
    "Loại hình",
    "Ngày thành lập",
    "Ngày giải thể",
    "Áp dụng từ ngày",
    "Số quyết định",
]
VILLAGES = [
    "Mã thôn",
    "Tên thôn, tổ dân phố",
    "Loại",
    "Mã đảng bộ xã",
    "Mã chi bộ",
    "Từ ngày",
    "Đến ngày",
    "Áp dụng từ ngày",
    "Số quyết định",
]
HEADS = [
    "Mã thôn",
    "Họ và tên",
    "Đảng viên",
    "Mã đảng viên",
    "Bí thư chi bộ",
    "Từ ngày",
    "Đến ngày",
]
MEMBERS = [
    "Mã đảng viên",
    "Họ và tên",
    "Ngày kết nạp",
    "Mã chi bộ",
    "Ngày chính thức",
    "Ngày ra khỏi tổ chức",
    "Lý do",
    "Miễn sinh hoạt",
    "Áp dụng từ ngày",
    "Ngày sinh",
]
ORGANIZATION_RATINGS = ["Năm", "Mã", "Tự xếp loại", "Mức xếp loại", "Lý do chưa xếp loại"]
MEMBER_RATINGS = ["Năm", "Mã đảng viên", "Tự xếp loại", "Mức xếp loại", "Lý do chưa xếp loại"]
REORGANIZATIONS = [
    "Mã cũ", "Tên cũ", "Mã mới", "Tên mới", "Mã cấp trên mới", "Cấp mới", "Hình thức mới", "Ngày hiệu lực",
    "Số quyết định",
]  # fmt: skip
TOTALS = ["Năm", "Mã", "Đối tượng", "Mức xếp loại", "Số lượng", "Tổng số"]

PROVINCE, UNIT = "Đảng bộ tỉnh", "Cấp trên trực tiếp cơ sở"
GRASSROOTS, AFFILIATED = "Tổ chức cơ sở đảng", "Trực thuộc đảng uỷ cơ sở"

TREE = [
    ORGANIZATIONS,
    ["KT", "Đảng bộ tỉnh", None, PROVINCE, "Đảng bộ"],
    ["A", "Huyện A", "KT", UNIT, "Đảng bộ"],
    ["B", "Huyện B", "KT", UNIT, "Đảng bộ"],
    ["A.X1", "Xã A1", "A", GRASSROOTS, "Đảng bộ"],
    ["A.X2", "Xã A2", "A", GRASSROOTS, "Đảng bộ"],
    ["B.X1", "Xã B1", "B", GRASSROOTS, "Đảng bộ"],
    ["A.X1.1", "Chi bộ 1", "A.X1", AFFILIATED, "Chi bộ"],
    ["A.X1.2", "Chi bộ 2", "A.X1", AFFILIATED, "Chi bộ"],
    ["B.X1.1", "Chi bộ B", "B.X1", AFFILIATED, "Chi bộ"],
]
VILLAGE_ROWS = [
    VILLAGES,
    ["A.T1", "Thôn 1", "Thôn", "A.X1", "A.X1.1"],
    ["A.T2", "Thôn 2", "Làng", "A.X1", "A.X1.2"],
    ["B.T1", "Thôn B", "Thôn", "B.X1", "B.X1.1"],
]
MEMBER_ROWS = [
    MEMBERS,
    ["M1", "A Một", "1/2/2010", "A.X1.1"],
    ["M2", "Y Hai", "3/2011", "A.X1.1"],
    ["M3", "A Ba", 2012, "A.X1.2"],
    ["M9", "Y Chín", 2012, "B.X1.1"],
]
HEAD_ROWS = [
    HEADS,
    ["A.T1", "A Một", "x", "M1", "x", "1/1/2015"],
    ["A.T2", "A Tư", None, None, None, "1/1/2015", "31/12/2016"],
]
PROVINCE_SHEETS = {"tc": TREE, "thon": VILLAGE_ROWS, "dv": MEMBER_ROWS, "tt": HEAD_ROWS}
