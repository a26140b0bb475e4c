import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution03.lib.text import (
    clean,
    code,
    fold,
    match_key,
    name_sort_key,
    search_key,
    sort_key,
    tones_placed,
)


def test_tidy_composes_squeezes_and_repairs_eth():
    decomposed = unicodedata.normalize("NFD", "Đảng ủy")
    assert clean(f" \u00d0ăk\u00a0 Hà\n {decomposed}\ufeff ") == "Đăk Hà Đảng ủy"


def test_tidy_keeps_case_and_tone_placement():
    assert clean("Huyện UỶ Hòa") == "Huyện UỶ Hòa"


def test_codes_are_trimmed_and_upper_case():
    assert code(" dh.x03.07\n") == "DH.X03.07"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trực thuộc đảng uỷ cơ sở", "trực thuộc Đảng ủy  cơ sở"),
        ("Xoá tên", "XÓA TÊN"),
        ("Hoà", "Hòa"),
        ("Khoẻ", "Khỏe"),
        ("Mã đảng\nviên", "Mã đảng viên"),
        ("Trong sạch, vững mạnh", "Trong sạch vững mạnh"),
        ("\u00d0ảng viên", "Đảng viên"),
        (unicodedata.normalize("NFD", "Mức xếp loại"), "Mức xếp loại"),
        ("hoàn thành", "hòan thành"),
        ("HUỶ", "hủy"),
    ],
)
def test_spellings_of_one_heading_match(one, other):
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("quý", "qúy"), ("Mã", "Ma"), ("Đội", "Dội"), ("thôn", "thon"), ("họa", "hoá")],
)
def test_different_words_do_not_match(one, other):
    assert match_key(one) != match_key(other)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăk Hà", "dak ha"),
        ("Y Blŏ", "y blo"),
        ("Ia H’Drai", "ia hdrai"),
        ("NGUYỄN THỊ Ưỡn", "nguyen thi uon"),
        ("Thôn 1,  xã Đắk La", "thon 1, xa dak la"),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


def test_search_key_joins_what_is_there():
    assert search_key("ST.X02", "", "Xã Mô Rai") == "st.x02 xa mo rai"


def test_words_sort_as_in_a_vietnamese_dictionary():
    in_order = [
        "An", "Ân", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Ba Na", "Bà Na", "Dung", "Đăk", "Đắk",
        "Em", "Ê", "Lan", "Lan Anh", "Làn Anh", "Oanh", "Ô", "Ơ", "Thôn 2", "Thôn 10", "Thông",
        "Un", "Ưng", "Y",
    ]  # fmt: skip
    assert sorted(reversed(in_order), key=sort_key) == in_order


def test_people_sort_by_given_name_then_family_name():
    in_order = [
        "Y An",
        "Lê Văn Bình",
        "Nguyễn Thị Bình",
        "A Đức",
        "Trần Ân Hà",
        "Trần An Hạ",
    ]

    assert sorted(reversed(in_order), key=name_sort_key) == in_order


def test_tones_decide_between_equal_letters():
    in_order = ["Lê Ha", "Lê Hà", "Lê Há", "Lê Hạ"]
    assert sorted(reversed(in_order), key=name_sort_key) == in_order


@given(st.text())
def test_tidy_and_fold_are_settled(text):
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_sort_keys_mean_the_same_to_both_databases(text):
    key = sort_key(text)
    assert key.isascii() and key.isalnum() and key == key.lower()


@given(st.text(alphabet="aàảãáạăâbcdđeêoôơuưỷủy 0123456789", max_size=12))
def test_match_key_is_settled(text):
    assert match_key(match_key(text)) == match_key(text)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("ủy ban, hóa, khỏe, thùy", "uỷ ban, hoá, khoẻ, thuỳ"),
        ("TỈNH ỦY, Xóa tên", "TỈNH UỶ, Xoá tên"),
        ("đảng ủy", "đảng uỷ"),
    ],
)
def test_tones_stand_on_the_first_vowel_or_the_last(first, last):
    assert tones_placed(first, first=False) == tones_placed(last, first=False) == last
    assert tones_placed(last, first=True) == tones_placed(first, first=True) == first


@pytest.mark.parametrize("text", ["Hoàn thành", "quý", "QUỲ", "toàn", "khuỷu", "của", "Huyện", "giỏi"])
def test_what_has_one_spelling_only_stays(text):
    assert tones_placed(text, first=True) == tones_placed(text, first=False) == text
