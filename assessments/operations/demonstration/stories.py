"""Which story the demonstration tells: the province as it was, reorganized, or merged into a larger one."""

from enum import StrEnum

from orgs.models import Installation


class Story(StrEnum):
    PLAIN = "plain"
    REORGANIZED = "reorganized"
    MERGED = "merged"

    @property
    def note(self) -> str:
        """What every page says of the invented data, and by which the stored story is known."""
        return _NOTES[self]


_NOTES = {
    Story.PLAIN: "Tỉnh trong bản này không sắp xếp lại đơn vị hành chính năm 2025.",
    Story.REORGANIZED: (
        "Tỉnh trong bản này đã sắp xếp ngày 01/7/2025 (102 xã thành 40, kết thúc cấp huyện); "
        "từ 26/7/2026 đảng bộ xã là tổ chức cơ sở đảng."
    ),
    Story.MERGED: (
        "Tỉnh trong bản này nhập ngày 01/7/2025 thành tỉnh 96 xã, phường, đặc khu, kết thúc cấp huyện; "
        "từ 26/7/2026 đảng bộ xã là tổ chức cơ sở đảng."
    ),
}


def stored() -> Story | None:
    """The story of a marked database; None of another."""
    marked = Installation.objects.filter(is_demonstration=True).first()
    if marked is None:
        return None
    return next((story for story in Story if story.note == marked.note), Story.PLAIN)
