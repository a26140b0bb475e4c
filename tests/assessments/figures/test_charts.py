import pytest

from assessments.figures import charts, drawing, series
from assessments.figures import tags as figures
from assessments.figures.charts import MET, UNMET, Milestone
from assessments.figures.overview.matrix import Cell, Line
from assessments.figures.series import Point, Target


def test_a_full_bar_fills_the_base():
    drawn = charts.bullet(value=100, state=MET)
    assert drawn.bars[0].width == drawn.base.width == 158


def test_nothing_is_drawn_for_zero_or_for_no_value():
    assert charts.bullet(value=0, state=UNMET).bars == ()
    assert charts.bullet(value=None).bars == ()


def test_a_value_beyond_the_scale_is_cut_at_its_end():
    drawn = charts.bullet(value=7000, scale=6000, state=MET)
    assert drawn.bars[0].width == drawn.base.width


def test_a_bar_exactly_at_its_target_ends_on_the_line():
    drawn = charts.bullet(value=50, state=MET, milestones=[Milestone(50, "50")])
    assert drawn.bars[0].x + drawn.bars[0].width == drawn.targets[0].x == 83


def test_an_unmet_bar_is_hollow_and_ends_where_a_met_one_would():
    met = charts.bullet(value=49.92, state=MET).bars[0]
    unmet = charts.bullet(value=49.92, state=UNMET).bars[0]
    assert (met.css, unmet.css) == ("bar-met", "bar-un")
    assert met.width == unmet.width == 78.9


def test_an_unjudged_bar_is_neither_met_nor_unmet():
    assert charts.bullet(value=12, state="").bars[0].css == "bar-wait"


def test_the_bracket_and_the_diamonds_stand_on_the_same_scale():
    drawn = charts.bullet(value=50, span=(0, 100), others=[50], width=108)
    assert drawn.span == "M4.0 20v3H104.0v-3"
    assert drawn.others[0].startswith("M54.0 8.5")


def test_counts_near_zero_are_one_square_each():
    drawn = charts.near_zero(3, UNMET)
    assert [square.x for square in drawn.bars] == [12, 27, 42]
    assert drawn.targets[0].label == "0"


def test_many_become_a_bar_on_a_round_scale():
    drawn = charts.near_zero(44, UNMET)
    assert len(drawn.bars) == 1
    assert drawn.bars[0].width == round(158 * 44 / 50, 1)


@pytest.mark.parametrize(
    ("value", "end"), [(0, 1), (1, 1), (3, 4), (10, 10), (11, 20), (44, 50), (5853, 6000), (6001, 8000)]
)
def test_a_scale_ends_at_a_round_number(value, end):
    assert charts.round_up(value) == end


def test_a_line_is_interrupted_at_breaks_and_gaps():
    points = [Point(2016, 10), Point(2017, 20), Point(2018, 30), Point(2019, None), Point(2020, 50)]
    drawn = series.series(points, scale=100, scale_label="100", breaks=[2018])
    assert len(drawn.lines) == 1
    assert drawn.lines[0].count(",") == 2
    assert len(drawn.dots) == 4
    assert drawn.breaks[0].x1 == pytest.approx((34 + 1.5 * 61.5), abs=0.1)


def test_a_break_before_the_first_year_is_not_drawn():
    points = [Point(2018, 30), Point(2019, 40)]
    assert series.series(points, scale=100, scale_label="100", breaks=[2018]).breaks == ()


def test_the_ends_of_the_scale_are_the_grid():
    drawn = series.series([Point(2018, 0), Point(2019, 100)], scale=100, scale_label="100")
    assert [dot.y for dot in drawn.dots] == [drawn.grid[0].y1, drawn.grid[1].y1] == [106, 14]


def test_only_a_missed_year_is_hollow():
    points = [Point(2017, 5, state=UNMET), Point(2018, 5, state=MET), Point(2019, 5)]
    drawn = series.series(points, scale=100, scale_label="100", selected=2018)
    assert [dot.css for dot in drawn.dots] == ["dot un", "dot", "dot"]
    assert [dot.r for dot in drawn.dots] == [3.4, 4.4, 3.4]


def test_targets_hold_only_in_their_years():
    points = [Point(year, 50) for year in range(2016, 2026)]
    targets = [Target(2016, 2018, 60, "60"), Target(2019, 2020, 70, "70"), Target(2030, 2031, 9, "9")]
    drawn = series.series(points, scale=100, scale_label="100", targets=targets)
    assert [(line.x1, line.x2) for line in drawn.targets] == [(34, 94.7), (110, 149.3)]
    assert {"60", "70"} <= {text.text for text in drawn.texts}


def test_each_kind_is_drawn_as_one_element():
    points = [Point(2017, 0, state=UNMET), Point(2018, 100), Point(2019, 50)]
    drawn = series.series(points, scale=100, scale_label="100", breaks=[2018])
    assert drawn.grid_path == "M34 106L290 106M34 14L290 14"
    assert drawn.line_path == "M157.0,14.0 280.0,60.0"
    assert dict(drawn.dot_paths)["dot un"] == "M30.6 106.0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0 -6.8 0"
    assert drawn.target_path == ""


def test_one_year_alone_is_a_dot():
    drawn = series.series([Point(2018, 40, "40")], scale=100, scale_label="100", selected=2018)
    assert drawn.lines == ()
    assert len(drawn.dots) == 1


def test_selected_and_last_year_carry_their_values_and_labels_do_not_touch():
    points = [Point(year, 50, str(year - 2000)) for year in range(2016, 2026)]
    drawn = series.series(points, scale=100, scale_label="100", selected=2018)
    texts = [text.text for text in drawn.texts]
    assert texts[-5:] == ["2016", "2018", "2020", "2022", "2025"]
    assert {"18", "25"} <= set(texts)


def test_the_value_of_the_last_year_but_one_ends_before_that_of_the_last():
    points = [Point(year, 50, f"{year}%") for year in range(2016, 2026)]
    drawn = series.series(points, scale=100, scale_label="100", selected=2024)
    places = {text.text: (text.x, text.anchor) for text in drawn.texts}
    assert places["2024%"] == (drawn.dots[-2].x, "end") and places["2025%"][1] == "end"


def test_the_strip_has_a_square_for_each_unit():
    drawn = charts.strip([(9, "done"), (0, "wait"), (1, "back")])
    assert [square.css for square in drawn.squares].count("done") == 9
    assert len(drawn.squares) == 10
    assert drawn.squares[-1].x + 16 < drawn.width


def test_words_are_escaped_where_the_picture_is_written():
    words = 'Huyện "A" <b>&'
    bar = charts.bullet(value=50, state=MET, milestones=[Milestone(50, "<5>")])
    years = series.series([Point(2018, 40, "<40>")], scale=100, scale_label="100", selected=2018)
    squares = charts.strip([(2, "done")])
    written = drawing.bullet(bar, words) + drawing.series(years, words) + drawing.strip(squares, words)
    assert written.count('aria-label="Huyện &quot;A&quot; &lt;b&gt;&amp;"') == 3
    assert "&lt;5&gt;" in written and "&lt;40&gt;" in written and "<b>" not in written


def test_cells_of_units_by_target_are_escaped():
    cell = Cell(fraction="1/2", value="<50>", gap='short by "1"', is_unmet=True, url='/?a=1&b="')
    row = figures.matrix_cells(Line("A", "", (cell,)))
    assert '<a href="/?a=1&amp;b=&quot;">&lt;50&gt;</a>' in row and "short by &quot;1&quot;" in row
