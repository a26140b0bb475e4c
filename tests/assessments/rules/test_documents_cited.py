"""A document is its number, its date and who issued it."""

from datetime import date

import pytest

from assessments.rules.models.caps import Cap
from assessments.rules.models.schemes import Scheme
from assessments.rules.models.target_sets import TargetSet
from assessments.rules.models.targets import Term


@pytest.mark.parametrize(
    ("given", "cited"),
    [
        ({}, ""),
        ({"issuer": "Bộ Chính trị"}, ""),
        ({"document_number": "QĐ 1"}, "QĐ 1"),
        ({"document_number": "QĐ 1", "document_date": date(2025, 8, 3)}, "QĐ 1, 3/8/2025"),
        ({"document_number": "QĐ 1", "issuer": "Bộ Chính trị"}, "QĐ 1 của Bộ Chính trị"),
        (
            {"document_number": "QĐ 1", "document_date": date(2025, 8, 3), "issuer": "Bộ Chính trị"},
            "QĐ 1, 3/8/2025 của Bộ Chính trị",
        ),
    ],
)
def test_a_document_is_cited_with_what_is_known_of_it(given, cited):
    assert Cap(**given).document == cited


@pytest.mark.once
def test_every_document_that_is_there_after_migrate_tells_who_issued_it(db):
    assert set(TargetSet.objects.values_list("issuer", flat=True)) == {"Tỉnh ủy Kon Tum"}
    assert Term.objects.get(is_target_term=True).issuer == "Tỉnh ủy Kon Tum"
    assert dict(Scheme.objects.values_list("first_year", "issuer")) == {
        2014: "Ban Tổ chức Trung ương",
        2018: "Ban Tổ chức Trung ương",
        2019: "Ban Tổ chức Trung ương",
        2023: "Ban Tổ chức Trung ương",
        2025: "Bộ Chính trị",
    }
    assert not Cap.objects.exclude(issuer="").filter(document_number="").exists()
