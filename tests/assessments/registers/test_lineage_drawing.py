"""The picture of a lineage: every body once, ways between them, days where all share one; never out of it."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.registers.lineage.drawing import DEEPEST, HEIGHT, MOST, WIDTH, Drawing
from assessments.registers.lineage.family import Body, Family

DAY = date(2019, 7, 1)


def body(
    pk: int, into: int | None = None, *, on: date | None = DAY, url: str = "/x/", name: str = ""
) -> Body:
    last = f"{on - timedelta(1):%d/%m/%Y}" if into and on else ""
    gone = on if into else None
    return Body(pk, f"C{pk}", name or f"Chi bộ {pk}", url, None, gone, "", into, None, "", last)


def family(*bodies: Body, shown: int = 1) -> Family:
    found = {one.pk: one for one in bodies}
    return Family(found[shown], found, "%(count)d", "%(count)d")


def drawn(drawing: Drawing) -> ElementTree.Element:
    return ElementTree.fromstring(drawing.svg)  # noqa: S314 (drawn here)


def names(drawing: Drawing) -> list[str]:
    return [box.name for box in drawing.boxes]


def test_three_into_one():
    drawing = Drawing(family(body(1), body(2, 1), body(3, 1), body(4, 1)))
    assert sorted(names(drawing)) == ["Chi bộ 1", "Chi bộ 2", "Chi bộ 3", "Chi bộ 4"]
    assert len(drawing.ways) == 3 and drawing.columns == 2
    shown = next(box for box in drawing.boxes if box.name == "Chi bộ 1")
    assert shown.column == 1 and shown.y == sorted(box.y for box in drawing.boxes if box.column == 0)[1]
    assert "01/07/2019" in drawing.svg and drawing.svg.count("<a ") == 4


def test_days_that_differ_stand_in_no_line():
    drawing = Drawing(family(body(1), body(2, 1), body(3, 1, on=date(2020, 1, 1))))
    assert 'class="when"' not in drawing.svg
    assert "30/06/2019" in drawing.svg and "31/12/2019" in drawing.svg


def test_what_it_was_later_and_went_into_stands_behind():
    drawing = Drawing(
        family(body(1, 5), body(2, 1), body(5)), [(None, "đơn vị"), (date(2026, 7, 26), "cơ sở")]
    )
    assert names(drawing) == ["Chi bộ 2", "Chi bộ 1", "Chi bộ 1", "Chi bộ 5"]
    assert [box.column for box in drawing.boxes] == [0, 1, 2, 3]
    assert "26/07/2026" in drawing.svg and "cơ sở" in drawing.svg


def test_only_so_many_are_drawn_and_the_others_counted():
    many = [body(pk, 1) for pk in range(2, MOST + 6)]
    drawing = Drawing(family(body(1), *many))
    assert len(drawing.boxes) == MOST + 2
    assert names(drawing).count("và 4 nơi khác") == 1
    for count in (MOST, MOST + 1):
        assert len(Drawing(family(body(1), *many[:count])).boxes) == count + 1


def test_only_so_many_generations_are_drawn():
    chain = [body(pk, pk - 1) for pk in range(2, 9)]
    assert names(Drawing(family(body(1), *chain))) == [f"Chi bộ {pk}" for pk in range(1 + DEEPEST, 0, -1)]


def test_words_are_escaped_and_long_names_are_whole_in_a_title():
    name = '<b>"Đảng bộ" & ' + "rất dài " * 20
    drawing = Drawing(family(body(1), body(2, 1, name=name, url="")))
    root = drawn(drawing)
    assert [one.text for one in root.iter("title")] == [name]
    assert "<b>" not in drawing.svg and drawing.svg.count("<a ") == 1


@given(st.lists(st.integers(0, 20), max_size=25), st.integers(0, 25))
def test_any_lineage_is_drawn_inside_its_frame(parents, shown):
    """Each went into one before it, so that there is no loop."""
    bodies = [body(1)] + [
        body(n + 2, 1 + parent % (n + 1), on=DAY + timedelta(n)) for n, parent in enumerate(parents)
    ]
    drawing = Drawing(family(*bodies, shown=1 + shown % len(bodies)))
    root = drawn(drawing)
    for box in root.iter("rect"):
        assert float(box.get("x")) >= 0 and float(box.get("x")) + float(box.get("width")) <= WIDTH
        assert float(box.get("y")) >= 0 and float(box.get("y")) + HEIGHT <= drawing.height
    places = [(box.column, box.y) for box in drawing.boxes]
    assert len(places) == len(set(places))
    assert len(drawing.ways) == len(drawing.boxes) - 1
    assert not re.search(r"nan|None", drawing.svg)


@pytest.mark.parametrize("gone", [True, False])
def test_of_a_part_the_whole_stands_before_it(gone):
    whole = Body(2, "W", "Đảng bộ cũ", "/w/", None, DAY if gone else None, "", None, None)
    part = Body(1, "P", "Đảng bộ tách", "/p/", DAY, None, "", None, 2)
    drawing = Drawing(family(part, whole))
    assert names(drawing) == ["Đảng bộ cũ", "Đảng bộ tách"]
    assert ("node end" in drawing.svg) == gone
