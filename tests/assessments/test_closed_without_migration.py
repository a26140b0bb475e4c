from importlib import import_module

MIGRATION = import_module("assessments.migrations.0015_two_years_and_groups")


def test_what_a_revision_kept_becomes_what_the_year_says():
    missing = [
        {"unit": "Huyện ủy A", "kind": "member", "rows": [["A1", "X"], ["A2", "X"]]},
        {"unit": "Huyện ủy A", "kind": "submission", "rows": [["A", "Huyện ủy A"]]},
        {"unit": "Huyện ủy B", "kind": "grassroots", "rows": [["B.1", "Y"]]},
    ]
    assert MIGRATION.closed_without(missing, {"Huyện ủy A": "A"}) == [
        {"code": "A", "name": "Huyện ủy A", "missing": {"member": 2, "submission": 1}},
        {"code": "", "name": "Huyện ủy B", "missing": {"grassroots": 1}},
    ]
    assert MIGRATION.closed_without([], {}) == []
