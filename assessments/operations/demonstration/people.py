"""Invented names as people of the province bear them: Kinh and the peoples of the highlands."""

from dataclasses import dataclass
from random import Random

MALE, FEMALE = "m", "f"

_FAMILIES = (
    "Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Trần Lê Lê Lê Phạm Phạm Hoàng Huỳnh "
    "Phan Phan Vũ Võ Võ Đặng Đặng Bùi Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Mai Cao Đoàn Lương Trương "
    "Tạ Hà Châu Thái Văn Lưu Tô Kiều Quách Đào Phùng Tống"
).split()
_MIDDLES = {
    MALE: "Văn Văn Văn Văn Đức Hữu Quang Minh Công Đình Xuân Quốc Thanh Ngọc Thế Tiến Trọng Anh "
    "Hoàng Duy Bá Viết Mạnh Tuấn".split(),
    FEMALE: "Thị Thị Thị Thị Thị Ngọc Thanh Thu Kim Bích Mỹ Hồng Diệu Phương Thuỳ Minh Hoài Như "
    "Tuyết Xuân".split(),
}
_GIVEN = {
    MALE: "An Bình Cường Dũng Đạt Đông Giang Hà Hải Hậu Hiếu Hoà Hoàng Hùng Hưng Huy Khánh Khoa "
    "Kiên Lâm Long Lộc Mạnh Minh Nam Nghĩa Nhân Ninh Phong Phúc Phước Quân Quang Quý Sơn Tài Tâm "
    "Tân Thắng Thành Thiện Thịnh Thọ Tiến Toàn Trí Trung Trường Tuấn Tùng Việt Vinh Vũ".split(),
    FEMALE: "An Anh Bích Châu Chi Dung Duyên Giang Hà Hạnh Hằng Hậu Hiền Hoa Hoà Hồng Huệ Hương "
    "Huyền Khánh Lan Lệ Liên Liễu Linh Loan Mai Minh My Nga Ngân Ngọc Nguyệt Nhàn Nhung Oanh Phương "
    "Quyên Sương Tâm Thanh Thảo Thơm Thuỷ Trang Trâm Tú Tuyết Uyên Vân Xuân Yến".split(),
}
_ONSETS = "B Bl Br Ch Đ G Gl Gr H K Kl Kr L M Mr N Nh P Pl R S T Th Tr V X".split()
_RHYMES = (
    "ang anh at ăk ăng ăm âm ia iêng iêu in iu lơi oanh oi ô ôi ông ơi ơk ơn ớt óp uân ui uk um "
    "uôn up ưk ưn ưng yă yêm yui"
).split()
_CLANS = {
    "Ba Na": ("A", "A", "A", "Đinh"),
    "Xơ Đăng": ("A",),
    "Giẻ-Triêng": ("A", "A", "Bloong", "Kring", "Xiêng", "Hiêng", "Un"),
    "Gia Rai": ("Rơ Châm", "Rơ Mah", "Siu", "Ksor", "Kpă", "Puih", "A", "A"),
}
PEOPLES = tuple(_CLANS)


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    sex: str


def person(chance: Random, people: str | None, *, women: float = 0.4) -> Person:
    """One invented person; `people` is one of PEOPLES, or None for Kinh. `women` is a share."""
    sex = FEMALE if chance.random() < women else MALE
    return Person(_highland_name(chance, people, sex) if people else _kinh_name(chance, sex), sex)


def _kinh_name(chance: Random, sex: str) -> str:
    family, middle = chance.choice(_FAMILIES), chance.choice(_MIDDLES[sex])
    given = chance.choice(_GIVEN[sex])
    return f"{family} {middle} {given}" if middle != given else f"{family} {given}"


def _highland_name(chance: Random, people: str, sex: str) -> str:
    """As on lists of the province: `A` for men, `Y` for women, or the clan before the name."""
    clan = chance.choice(_CLANS[people])
    given = syllable(chance)
    if clan == "A":
        return f"{'Y' if sex == FEMALE else 'A'} {given}"
    if people == "Gia Rai" and sex == FEMALE:
        return f"{clan} H'{given}"
    return f"{clan} {given}"


def syllable(chance: Random) -> str:
    """A word that could be one of a highland language."""
    return f"{chance.choice(_ONSETS)}{chance.choice(_RHYMES)}"
