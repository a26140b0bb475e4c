"""What the party organizations beside those of communes are called: (name, kind of basis)."""

STATE = "Cơ quan Nhà nước"
PARTY = "Cơ quan Đảng, MTTQ, đoàn thể CT-XH"
SERVICE = "Đơn vị sự nghiệp"
BUSINESS = "Doanh nghiệp và hợp tác xã"
ARMY = "Quân đội"
POLICE = "Công an"

DISTRICT_COMMITTEES = (
    ("Công an huyện", POLICE),
    ("Quân sự huyện", ARMY),
    ("Trung tâm Y tế huyện", SERVICE),
    ("Cơ quan Chính quyền huyện", STATE),
    ("Trung tâm Giáo dục nghề nghiệp", SERVICE),
)
DISTRICT_CELLS = (
    ("Văn phòng cấp ủy", PARTY),
    ("Ban Tổ chức", PARTY),
    ("Ban Tuyên giáo", PARTY),
    ("Ban Dân vận", PARTY),
    ("Cơ quan Ủy ban Kiểm tra", PARTY),
    ("Mặt trận Tổ quốc", PARTY),
    ("Hội Nông dân", PARTY),
    ("Hội Liên hiệp Phụ nữ", PARTY),
    ("Đoàn Thanh niên", PARTY),
    ("Phòng Nội vụ", STATE),
    ("Phòng Tài chính - Kế hoạch", STATE),
    ("Phòng Nông nghiệp và Phát triển nông thôn", STATE),
    ("Phòng Tài nguyên và Môi trường", STATE),
    ("Phòng Giáo dục và Đào tạo", STATE),
    ("Phòng Lao động - Thương binh và Xã hội", STATE),
    ("Phòng Văn hoá và Thông tin", STATE),
    ("Phòng Dân tộc", STATE),
    ("Phòng Tư pháp", STATE),
    ("Thanh tra", STATE),
    ("Kho bạc Nhà nước", STATE),
    ("Chi cục Thuế", STATE),
    ("Bảo hiểm xã hội", STATE),
    ("Toà án nhân dân", STATE),
    ("Viện kiểm sát nhân dân", STATE),
    ("Chi cục Thi hành án dân sự", STATE),
    ("Hạt Kiểm lâm", STATE),
    ("Trường Trung học phổ thông", SERVICE),
    ("Trường Phổ thông dân tộc nội trú", SERVICE),
    ("Trung tâm Dịch vụ nông nghiệp", SERVICE),
    ("Trung tâm Văn hoá - Thể thao", SERVICE),
    ("Ban Quản lý rừng phòng hộ", SERVICE),
    ("Ngân hàng Chính sách xã hội", BUSINESS),
    ("Điện lực", BUSINESS),
    ("Hợp tác xã Dịch vụ tổng hợp", BUSINESS),
)
PROVINCE_COMMITTEES = (
    ("Trường Chính trị tỉnh", SERVICE),
    ("Văn phòng Tỉnh ủy", PARTY),
    ("Văn phòng Ủy ban nhân dân tỉnh", STATE),
    ("Sở Nội vụ", STATE),
    ("Sở Tài chính", STATE),
    ("Sở Kế hoạch và Đầu tư", STATE),
    ("Sở Nông nghiệp và Phát triển nông thôn", STATE),
    ("Sở Giáo dục và Đào tạo", STATE),
    ("Sở Y tế", STATE),
    ("Sở Giao thông vận tải", STATE),
    ("Sở Xây dựng", STATE),
    ("Sở Công Thương", STATE),
    ("Sở Tư pháp", STATE),
    ("Sở Tài nguyên và Môi trường", STATE),
    ("Sở Văn hoá, Thể thao và Du lịch", STATE),
    ("Sở Lao động - Thương binh và Xã hội", STATE),
    ("Cục Thuế tỉnh", STATE),
    ("Kho bạc Nhà nước tỉnh", STATE),
    ("Bệnh viện Đa khoa tỉnh", SERVICE),
    ("Đài Phát thanh và Truyền hình tỉnh", SERVICE),
    ("Trường Cao đẳng Cộng đồng", SERVICE),
    ("Chi nhánh Ngân hàng tỉnh", BUSINESS),
    ("Công ty Điện lực tỉnh", BUSINESS),
    ("Công ty Cao su số 1", BUSINESS),
    ("Công ty Lâm nghiệp số 1", BUSINESS),
    ("Công ty Cấp nước tỉnh", BUSINESS),
)
PROVINCE_CELLS = (
    ("Báo tỉnh", SERVICE),
    ("Sở Ngoại vụ", STATE),
    ("Ban Dân tộc", STATE),
    ("Thanh tra tỉnh", STATE),
    ("Hội Cựu chiến binh tỉnh", PARTY),
    ("Liên đoàn Lao động tỉnh", PARTY),
    ("Bảo tàng tỉnh", SERVICE),
    ("Chi cục Thống kê", STATE),
    ("Công ty Cổ phần số {number}", BUSINESS),
    ("Doanh nghiệp số {number}", BUSINESS),
    ("Trung tâm sự nghiệp số {number}", SERVICE),
    ("Chi cục số {number}", STATE),
)
FORCES = {
    "QS": (("Tiểu đoàn số {number}", ARMY), ("Đơn vị trực thuộc số {number}", ARMY)),
    "CA": (("Phòng nghiệp vụ số {number}", POLICE), ("Đội nghiệp vụ số {number}", POLICE)),
    "BP": (("Đồn Biên phòng số {number}", ARMY), ("Đơn vị trực thuộc số {number}", ARMY)),
}
COMMUNE_CELLS = (
    "Cơ quan",
    "Trường Tiểu học",
    "Trường Trung học cơ sở",
    "Trạm Y tế",
    "Công an",
    "Quân sự",
)
PARTS = (
    "Văn phòng",
    "Tổ chức - Hành chính",
    "Kế hoạch - Tài chính",
    "Nghiệp vụ 1",
    "Nghiệp vụ 2",
    "Thanh tra",
    "Kỹ thuật",
    "Nghiệp vụ 3",
    "Hậu cần",
    "Nghiệp vụ 4",
    "Nghiệp vụ 5",
)


def committees_of(unit_code: str, in_district: bool) -> tuple[tuple[str, str], ...]:
    if in_district:
        return DISTRICT_COMMITTEES
    return (FORCES[unit_code][0],) if unit_code in FORCES else PROVINCE_COMMITTEES


def cells_of(unit_code: str, in_district: bool) -> tuple[tuple[str, str], ...]:
    if in_district:
        return DISTRICT_CELLS
    return (FORCES[unit_code][1],) if unit_code in FORCES else PROVINCE_CELLS


def named(names: tuple[tuple[str, str], ...], number: int) -> tuple[str, str]:
    """The name and kind of the `number`-th (from 1); the last patterns repeat with a number."""
    if number <= len(names):
        name, kind = names[number - 1]
    else:
        patterns = [entry for entry in names if "{number}" in entry[0]]
        name, kind = patterns[number % len(patterns)]
    return name.format(number=number), kind
