"""Paste of what was copied from Excel or LibreOffice."""

from tests.assessments.entry.grid.grid import levels, stored


def test_a_column_fills_downward_and_what_cannot_be_read_is_named(grid):
    grid.focus(1)
    grid.paste("HTTNV\r\nHoàn thành nhiệm vụ\r\nhttnv\r\nTSVM\r\n\r\nKHTNV\r\n")
    grid.says(4, "TSVM")
    grid.saved(1, 2, 3, 6)
    assert levels(1, 2, 3, 4, 5, 6) == ["HTTNV", "HTNV", "HTTNV", "", "", "KHTNV"]
    notice = grid.notice("pasted")
    assert "1 ô đã dán không đọc được" in notice.inner_text()
    notice.get_by_role("button", name="Dòng 4, Quyết định").click()
    assert grid.at() == [4, "decided"]
    grid.press("Control+z")
    grid.settle()
    assert levels(1, 2, 3, 6) == [""] * 4
    assert "TSVM" not in grid.state(4).inner_text()


def test_a_block_fills_several_columns_and_reasons(grid):
    grid.focus(2, "self_rated")
    grid.paste('HTTNV\tHTNV\t"Xét lại\nquý IV"\nHTNV\tHTNV\t\nHTXSNV\t\tMới thành lập\n')
    grid.settle()
    assert levels(2, 3, 4, field="self_rated") == ["HTTNV", "HTNV", "HTXSNV"]
    assert levels(2, 3, 4) == ["HTNV", "HTNV", ""]
    assert (stored(2).note, stored(4).reason) == ("Xét lại quý IV", "Mới thành lập")


def test_lines_beyond_the_last_row_are_counted(grid):
    grid.focus(11)
    grid.paste("HTTNV\nHTTNV\nHTTNV\nHTTNV\n")
    grid.page.get_by_text("Còn thừa 2 dòng đã dán").wait_for()
    grid.settle()
    assert levels(10, 11, 12) == ["", "HTTNV", "HTTNV"]


def test_a_block_with_codes_is_matched_by_code(grid):
    grid.focus(1)
    grid.paste(
        "A.X09\tĐảng bộ xã Đắk 9\tHTTNV\nA.X02\tĐảng bộ xã Đắk 2\tHTNV\n"
        "A.X77\tĐảng bộ xã lạ\tHTNV\na.x05\tĐảng bộ xã Đắk 5\tHTXSNV\n"
    )
    grid.saved(9, 2, 5)
    assert levels(1, 9, 2, 5) == ["", "HTTNV", "HTNV", "HTXSNV"]
    assert "A.X77" in grid.notice("pasted").inner_text()
