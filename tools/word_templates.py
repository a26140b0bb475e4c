#!/usr/bin/env python3
"""The default Word templates of the review reports, in the Party's layout (DOMAIN §6).

python tools/word_templates.py     writes assessments/reports/documents/templates/*.docx
"""

import sys
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "assessments" / "reports" / "documents" / "templates"
sys.path.insert(0, str(ROOT / "assessments" / "reports" / "documents" / "child"))
FONT = "Times New Roman"
STAMP = "2016-08-08T00:00:00Z"

TARGETS = (
    ("TT", "{{ loop.index }}", 12),
    ("Mục tiêu", "{{ m.ten }}", 33),
    ("Mức", "{{ m.muc }}", 18),
    ("Có", "{{ m.co }}", 18),
    ("Cơ sở", "{{ m.tong }}", 18),
    ("Tỷ lệ", "{{ m.ty_le }}", 20),
    ("Năm {{ nam_truoc }}", "{{ m.nam_truoc.ty_le }}", 25),
    ("Kết quả", "{{ m.ket_qua }}", 22),
)
ORGANIZATIONS = (
    ("TT", "{{ d.tt }}", 12),
    ("Mã", "{{ d.ma }}", 24),
    ("Tổ chức đảng", "{{ d.ten }}", 65),
    ("Đơn vị", "{{ d.don_vi }}", 44),
    ("Mức", "{{ d.muc }}", 20),
)
UNRATED = (*ORGANIZATIONS[:4], ("Lý do", "{{ d.ly_do }}", 20))
VILLAGES = (
    ("TT", "{{ d.tt }}", 12),
    ("Mã", "{{ d.ma }}", 26),
    ("Thôn, tổ dân phố", "{{ d.ten }}", 46),
    ("Đảng bộ xã", "{{ d.dang_bo }}", 44),
    ("Đơn vị", "{{ d.don_vi }}", 40),
)
UNITS = (
    ("TT", "{{ d.tt }}", 12),
    ("Đơn vị", "{{ d.ten }}", 56),
    ("TCCSĐ vững mạnh", "{{ d.tccsd_vung_manh.ty_le }}", 25),
    ("TCCSĐ tiêu biểu", "{{ d.tccsd_tieu_bieu.ty_le }}", 25),
    ("Trực thuộc vững mạnh", "{{ d.truc_thuoc_vung_manh.ty_le }}", 25),
    ("Đảng viên tốt", "{{ d.dang_vien_tot.ty_le }}", 25),
)
YEARS = (
    ("Năm", "{{ d.nam }}", 16),
    ("TCCSĐ vững mạnh", "{{ d.tccsd_vung_manh.ty_le }}", 24),
    ("TCCSĐ tiêu biểu", "{{ d.tccsd_tieu_bieu.ty_le }}", 24),
    ("Trực thuộc vững mạnh", "{{ d.truc_thuoc_vung_manh.ty_le }}", 24),
    ("Đảng viên tốt", "{{ d.dang_vien_tot.ty_le }}", 24),
    ("Thôn trưởng là đảng viên", "{{ d.thon_truong_dang_vien.ty_le }}", 24),
    ("Ghi chú", "{{ d.ghi_chu }}", 30),
)
TASKS = (
    ("TT", "{{ d.tt }}", 11),
    ("Nhiệm vụ, giải pháp", "{{ d.ten }}", 62),
    ("Có", "{{ d.co }}", 18),
    ("Trên tổng", "{{ d.tong }}", 18),
    ("Tỷ lệ, bình quân", "{{ d.ty_le }}", 19),
    ("Năm {{ nam_truoc }}", "{{ d.nam_truoc }}", 19),
    ("Cộng chưa đủ", "{{ d.cong_chua_du }}", 18),
)
STRONG, EXEMPLARY, AFFILIATED = "tccsd_vung_manh", "tccsd_tieu_bieu", "truc_thuoc_vung_manh"
MEMBERS, HEADS = "dang_vien_tot", "thon_truong_dang_vien"


def _against(name: str) -> str:
    """How many gave to an incomplete sum; the target and the verdict, where there is a target."""
    return (
        f"{{% if {name}.cong_chua_du %}} ({{{{ {name}.cong_chua_du }}}}){{% endif %}}"
        f"{{% if {name}.muc %}}, mục tiêu {{{{ {name}.muc }}}}: {{{{ {name}.ket_qua }}}}{{% endif %}}"
        f"{{% if {name}.thieu %}}, thiếu {{{{ {name}.thieu }}}}{{% endif %}}"
    )


def _share(name: str) -> str:
    """`329/659`."""
    return f"{{{{ {name}.co }}}}/{{{{ {name}.tong }}}}"


def _beside(name: str) -> str:
    """`(49,92%; năm 2017: …)`."""
    return f"({{{{ {name}.ty_le }}}}; {{{{ {name}.so_sanh }}}})"


RATED = (
    "Đánh giá, xếp loại tổ chức cơ sở đảng: đến ngày 31-12-{{ nam }}, {{ pham_vi }} có "
    f"{{{{ {STRONG}.danh_sach }}}} tổ chức cơ sở đảng, đã xếp loại {{{{ {STRONG}.tong }}}}; "
    f"{_share(STRONG)} trong sạch, vững mạnh {_beside(STRONG)}{_against(STRONG)}. Tiêu biểu: "
    f"{{{{ {EXEMPLARY}.co }}}} ({{{{ {EXEMPLARY}.ty_le }}}}){_against(EXEMPLARY)}.",
    f"Tổ chức đảng trực thuộc đảng ủy cơ sở: {_share(AFFILIATED)} trong sạch, vững mạnh "
    f"{_beside(AFFILIATED)}{_against(AFFILIATED)}.",
    f"Đảng viên: {_share(MEMBERS)} đảng viên được xếp loại hoàn thành tốt nhiệm vụ trở lên "
    f"{_beside(MEMBERS)}{_against(MEMBERS)}.",
)
VILLAGE_WORDS = (
    f'Thôn trưởng là đảng viên: {{% if {HEADS}.tong == "0" %}}không có thôn, tổ dân phố nào có thôn '
    f"trưởng đương nhiệm{{% else %}}{_share(HEADS)} {_beside(HEADS)}{_against(HEADS)}{{% endif %}}.",
    "Thôn, tổ dân phố chưa có tổ chức đảng: {{ thon_chua_co_to_chuc.co }}; chưa có đảng viên: "
    "{{ thon_chua_co_dang_vien.co }}; tái trắng tổ chức đảng: {{ thon_tai_trang_to_chuc.co }}; tái trắng "
    "đảng viên: {{ thon_tai_trang_dang_vien.co }}.",
)
ADMITTED = f"Kết nạp đảng viên trong nhiệm kỳ: {{{{ ket_nap.co }}}}{_against('ket_nap')}."
BY_HAND = "…………"


class Draft:
    """A document under way, in the Party's layout."""

    def __init__(self):
        self.document = Document()
        rels = self.document.part.rels
        for key in [key for key, rel in rels.items() if rel.reltype.endswith("/stylesWithEffects")]:
            del rels[key]
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(15)
        section.header_distance = Mm(10)
        section.different_first_page_header_footer = True
        _page_number(section.header.paragraphs[0])
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(14)
        fonts = style.element.rPr.rFonts
        for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(name), FONT)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        style.element.rPr.append(language)

    def line(self, text="", align=ALIGN.CENTER, **look):
        return _write(self.document.add_paragraph(), text, align, **look)

    def body(self, text, **look):
        made = self.line(text, ALIGN.JUSTIFY, **look)
        made.paragraph_format.first_line_indent = Mm(10)
        made.paragraph_format.space_after = Pt(6)
        return made

    def heading(self, text):
        self.body(text, bold=True).paragraph_format.keep_with_next = True

    def command(self, text):
        """A paragraph that docxtpl takes out: `{%p if … %}`."""
        self.line(text, ALIGN.LEFT)

    def head(self):
        table = self._plain_table((70, 95))
        left, right = table.rows[0].cells
        _lines(
            left,
            ("{{ co_quan_cap_tren }}", {}),
            ("{{ co_quan }}", {"bold": True}),
            ("*", {}),
            ("{{ so_van_ban }}", {}),
        )
        _lines(
            right,
            ("ĐẢNG CỘNG SẢN VIỆT NAM", {"bold": True, "underline": True}),
            ("{{ noi_ban_hanh }}, {{ ngay_ban_hanh }}", {"italic": True}),
        )
        self.line()

    def title(self, subject):
        self.line("BÁO CÁO", bold=True, size=16)
        self.line(subject, bold=True)
        self.line("-----")
        self.command("{%p if tam_tinh %}")
        self.line("{{ tam_tinh }}", bold=True)
        self.command("{%p endif %}")

    def table(self, listed, columns, row="d"):
        """A table with a row for each of a list."""
        table = self.document.add_table(rows=4, cols=len(columns), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        _widths(table, [width for _heading, _field, width in columns])
        for cell, (heading, _field, width) in zip(table.rows[0].cells, columns, strict=True):
            _cell(cell, heading, width, bold=True, align=ALIGN.CENTER)
        _mark(table.rows[0], "w:tblHeader")
        _mark(table.rows[2], "w:cantSplit")
        for cell, (_heading, field, width) in zip(table.rows[2].cells, columns, strict=True):
            align = ALIGN.LEFT if width >= 30 else ALIGN.CENTER
            _cell(cell, field, width, align=align)
        for place, words in ((1, f"{{%tr for {row} in {listed} %}}"), (3, "{%tr endfor %}")):
            _write(table.rows[place].cells[0].paragraphs[0], words, ALIGN.LEFT)
        self.line()

    def listed(self, words, listed, columns):
        """A heading and a table, or that there is none."""
        self.command(f"{{%p if {listed} %}}")
        self.heading(words)
        self.table(listed, columns)
        self.command("{%p endif %}")

    def signature(self):
        table = self._plain_table((80, 85))
        left, right = table.rows[0].cells
        receivers = left.paragraphs[0]
        _write(receivers, "Nơi nhận:", ALIGN.LEFT, underline=True, size=13)
        for words in ("- Tỉnh ủy (báo cáo),", "- Ban Chỉ đạo thực hiện Nghị quyết 03-NQ/TU,", "- Lưu ……."):
            _write(left.add_paragraph(), words, ALIGN.LEFT, size=12)
        _lines(
            right,
            ("{{ thay_mat }}", {"bold": True}),
            ("{{ chuc_vu_ky }}", {}),
            ("", {}),
            ("", {}),
            ("", {}),
            ("{{ nguoi_ky }}", {"bold": True}),
        )

    def _plain_table(self, widths):
        table = self.document.add_table(rows=1, cols=len(widths))
        table.autofit = False
        _widths(table, widths)
        return table

    def content(self) -> bytes:
        from filling import packed

        properties = self.document.core_properties
        properties.author = properties.last_modified_by = properties.comments = ""
        properties.title, properties.language = "Báo cáo Nghị quyết 03-NQ/TU", "vi-VN"
        stream = BytesIO()
        self.document.save(stream)
        return packed(stream.getvalue(), STAMP)


def interim() -> bytes:
    """Báo cáo sơ kết: one year beside the year before."""
    draft = Draft()
    draft.head()
    draft.title("sơ kết thực hiện Nghị quyết số 03-NQ/TU, ngày 08-8-2016 của Tỉnh ủy, năm {{ nam }}")
    draft.heading("I. Tình hình chung")
    draft.body(f"{BY_HAND} ({{{{ tinh_trang_so_lieu }}}}).")
    _results(draft, "II")
    _tasks(draft)
    draft.heading("III. Đánh giá chung, hạn chế và nguyên nhân")
    draft.body(BY_HAND)
    draft.heading("IV. Nhiệm vụ, giải pháp thời gian tới")
    draft.body(BY_HAND)
    draft.signature()
    _appendix(draft)
    return draft.content()


def final() -> bytes:
    """Báo cáo tổng kết: all years since the resolution, and the units."""
    draft = Draft()
    draft.head()
    draft.title("tổng kết thực hiện Nghị quyết số 03-NQ/TU, ngày 08-8-2016 của Tỉnh ủy (2016 - {{ nam }})")
    draft.heading("I. Công tác lãnh đạo, chỉ đạo, tổ chức thực hiện")
    draft.body(f"{BY_HAND} ({{{{ tinh_trang_so_lieu }}}}).")
    _results(draft, "II")
    _tasks(draft)
    draft.heading("Kết quả qua các năm")
    draft.table("cac_nam", YEARS)
    draft.heading("Kết quả của các đơn vị năm {{ nam }}")
    draft.table("cac_don_vi", UNITS)
    draft.heading("III. Đánh giá chung, hạn chế, nguyên nhân và bài học kinh nghiệm")
    draft.body(BY_HAND)
    draft.heading("IV. Phương hướng, nhiệm vụ và kiến nghị")
    draft.body(BY_HAND)
    draft.signature()
    _appendix(draft)
    return draft.content()


def _results(draft: Draft, number: str) -> None:
    draft.heading(f"{number}. Kết quả thực hiện các mục tiêu năm {{{{ nam }}}}")
    words = (*RATED, *VILLAGE_WORDS, ADMITTED)
    for place, text in enumerate(words, start=1):
        draft.body(f"{place}. {text}")
    draft.table("cac_muc_tieu", TARGETS, "m")
    draft.command("{%p if khong_so_sanh %}")
    draft.body("{{ khong_so_sanh }}.", italic=True)
    draft.command("{%p endif %}")
    draft.body(
        "Cách hiểu “trong sạch, vững mạnh” của năm {{ nam }}: {{ tccsd_vung_manh.cach_hieu }}.", italic=True
    )


def _tasks(draft: Draft) -> None:
    """What part II asks to be done; nothing where nobody counted anything."""
    draft.command("{%p if cac_so_dem %}")
    draft.heading("Kết quả thực hiện nhiệm vụ, giải pháp (mục II, III của Nghị quyết) năm {{ nam }}")
    draft.table("cac_so_dem", TASKS)
    draft.body(
        "Tỷ lệ tính ở những nơi có cả tử số và mẫu số. Cộng chưa đủ: số nơi đã có số trên số nơi phải có.",
        italic=True,
    )
    draft.command("{%p endif %}")


def _appendix(draft: Draft) -> None:
    draft.line().paragraph_format.page_break_before = True
    draft.line("DANH SÁCH KÈM THEO", bold=True)
    draft.line("(Số sổ báo cáo: {{ so_so }})", italic=True)
    for words, listed, columns in (
        ("Tổ chức cơ sở đảng chưa đạt trong sạch, vững mạnh", "ds_tccsd_chua_dat", ORGANIZATIONS),
        ("Tổ chức cơ sở đảng chưa xếp loại", "ds_tccsd_chua_xep", UNRATED),
        ("Thôn, tổ dân phố chưa có tổ chức đảng", "ds_thon_chua_co_to_chuc", VILLAGES),
        ("Thôn, tổ dân phố chưa có đảng viên", "ds_thon_chua_co_dang_vien", VILLAGES),
        ("Thôn, tổ dân phố có thôn trưởng chưa là đảng viên", "ds_thon_truong_chua_dang_vien", VILLAGES),
        ("Thôn, tổ dân phố khuyết thôn trưởng", "ds_thon_khuyet_truong", VILLAGES),
    ):
        draft.listed(words, listed, columns)


def _write(paragraph, text, align, bold=False, italic=False, underline=False, size=None):
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline = bold or None, italic or None, underline or None
    if size:
        run.font.size = Pt(size)
    return paragraph


def _lines(cell, *lines):
    for number, (text, look) in enumerate(lines):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        _write(paragraph, text, ALIGN.CENTER, **look)


def _cell(cell, text, width, bold=False, align=ALIGN.LEFT):
    cell.width = Mm(width)
    _write(cell.paragraphs[0], text, align, bold=bold, size=12)


def _widths(table, widths):
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def _mark(row, name):
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _page_number(paragraph):
    paragraph.alignment = ALIGN.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()._r
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run.append(mark)


TEMPLATES = {"interim": interim, "final": final}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, made in TEMPLATES.items():
        (FOLDER / f"{name}.docx").write_bytes(made())


if __name__ == "__main__":
    main()
