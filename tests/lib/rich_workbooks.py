"""Workbooks with what an office's own files hold beside values, and what is found in marked ones."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import openpyxl
import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def picture() -> io.BytesIO:
    """A PNG of one dot."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    dot = zlib.compress(b"\0\xff\0\0")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dot) + chunk(b"IEND", b""))


def rich(path: Path) -> Path:
    """Two visible sheets and a hidden one, with nearly everything that XlsxWriter writes."""
    book = xlsxwriter.Workbook(path)
    sheet, other, hidden = (book.add_worksheet(name) for name in ("Sách 'A' 1", "Khác", "Ẩn"))
    dark = book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "border": 1, "locked": False})
    sheet.write_row("A1", ["Mã", "Tên", "Ngày", "Mức"], dark)
    for row in range(1, 30):
        sheet.write_row(row, 0, [f"X{row}", f"tổ chức {row}"])
        sheet.write_number(row, 2, 40_000 + row, day)
    sheet.write_formula("D2", "=LEN(B2)", None, 9)
    sheet.write_comment("B5", "của văn phòng", {"author": "Hoa"})
    sheet.merge_range("A32:C33", "gộp")
    sheet.set_column("B:B", 40, day)
    sheet.set_row(40, 30, day)
    sheet.freeze_panes(1, 1)
    sheet.autofilter("A1:D30")
    sheet.conditional_format("C2:C30", {"type": "cell", "criteria": ">", "value": 40_010, "format": dark})
    sheet.data_validation("D2:D30", {"validate": "list", "source": "=Khác!$A$1:$A$3"})
    sheet.insert_image("F2", "dot.png", {"image_data": picture()})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Sách ''A'' 1'!$C$2:$C$9"})
    sheet.insert_chart("F5", chart)
    sheet.set_landscape()
    sheet.set_header("&CĐẢNG BỘ")
    sheet.repeat_rows(0)
    sheet.print_area("A1:D33")
    sheet.protect("", {"format_cells": True})
    other.write_column("A1", ["HTXSNV", "HTTNV", "HTNV"])
    other.add_table("C1:D4", {"columns": [{"header": "Một"}, {"header": "Hai"}]})
    other.write_comment("A1", "nhận xét khác")
    hidden.hide()
    book.define_name("Muc", "=Khác!$A$1:$A$3")
    book.set_properties({"title": "Danh sách", "author": "Văn phòng"})
    book.close()
    return path


def by_openpyxl(path: Path) -> Path:
    """A file as openpyxl writes it: comments under a name of their own, plain text in them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sách 'A' 1"
    for row in range(1, 8):
        sheet.append([f"X{row}", f"tên {row}"])
    sheet["B5"].comment = openpyxl.comments.Comment("của văn phòng", "Hoa")
    book.create_sheet("Khác")
    book.save(path)
    return path


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    """A package of parts written by hand."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def bare(sheet: bytes, *, strict: bool = False) -> dict[str, bytes]:
    """The least that makes a workbook: no styles, no views, `sheet` as its one sheet."""
    types = b"application/vnd.openxmlformats-officedocument.spreadsheetml"
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = MAIN.encode()
    if strict:
        office = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        main = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="%s/%s" Target="%s"/></Relationships>'
    )
    return {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        b'relationships+xml"/>'
        b'<Default Extension="xml" ContentType="application/xml"/>'
        b'<Override PartName="/xl/workbook.xml" ContentType="%s.sheet.main+xml"/>'
        b'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="%s.worksheet+xml"/></Types>'
        % (types, types),
        "_rels/.rels": rels % (office, b"officeDocument", b"xl/workbook.xml"),
        "xl/workbook.xml": b'<workbook xmlns="%s" xmlns:r="%s"><sheets>'
        b'<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>' % (main, office),
        "xl/_rels/workbook.xml.rels": rels % (office, b"worksheet", b"worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
    }
