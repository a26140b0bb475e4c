"""Joins the pieces: earlier marks go, new ones come, the list of errors stands last."""

from comments import EMPTY as NO_COMMENTS
from comments import Comments, is_marked
from drawing import EMPTY as NO_DRAWING
from drawing import blocks_for, blocks_of, draw
from limits import Problem
from listing import NAMED, free_name, is_listing, listing
from marked_sheet import MarkedSheet, name_of, place
from outline import local
from parts import COMMENTS_TYPE, STYLES_TYPE, VML_TYPE
from styles import ERROR, MINIMAL, WARNING, Styles

MOST_COMMENTS = 10_000


def notes(package, workbook):
    """What cannot be kept of this file; Problem where marks would break it."""
    if "revisionHeaders" in workbook.kinds:
        raise Problem("shared")
    found = []
    if any(kind.endswith("/digital-signature/origin") for _id, kind, _to in package.relations("")):
        found.append("signature")
    if any("threadedcomment" in name.lower() for name in package.names):
        found.append("threaded")
    return found


class Marking:
    def __init__(self, package, workbook):
        self.package = package
        self.workbook = workbook
        self.notes = []
        self.comment_count = 0
        self.styles_name = package.related(workbook.name, "styles")
        self.styles = Styles(self._styles_data())
        drawings = [name for name in package.names if name.lower().endswith(".vml")]
        used = {block for name in drawings for block in blocks_of(package.archive.read(name))}
        self.next_block = max(used, default=0) + 1
        self.list_sheet = self._earlier_list()

    def mark(self, marks, rows, widths, is_clean):
        """`is_clean`: nothing is wrong, only an earlier list is written over."""
        by_sheet: dict[str, list] = {}
        for sheet, row, column, level, text in marks:
            by_sheet.setdefault(sheet, []).append((row, column, level, text))
        anchors = {}
        for name, part in self.workbook.sheets.items():
            if name != self.list_sheet:
                anchors[name] = self._mark_sheet(part, by_sheet.get(name, []))
        if self.list_sheet or not is_clean:
            self._list([(form, texts, _linked(link, anchors)) for form, texts, link in rows], widths)
        self._put_styles()
        if self.styles.is_full:
            self.notes.append("formats")

    def _mark_sheet(self, part, marks):
        """Mark one sheet and take away its earlier marks; where each cell's mark stands."""
        if not marks and not self._was_marked(part):
            return {}
        sheet = MarkedSheet(self.package.part(part).data, self.styles)
        anchors = sheet.anchor_cells({(row, column) for row, column, _level, _text in marks})
        levels: dict[tuple, str] = {}
        texts: dict[tuple, list] = {}
        for row, column, level, text in marks:
            cell = anchors[row, column]
            levels[cell] = ERROR if ERROR in (level, levels.get(cell)) else WARNING
            texts.setdefault(cell, []).append(text)
        sheet.mark(levels)
        self._comment(part, sheet, {cell: "\n".join(found) for cell, found in texts.items()})
        self._put(part, sheet.part)
        return anchors

    def _was_marked(self, part):
        name = self.package.related(part, "comments")
        return bool(self.styles.earlier) or (name and is_marked(self.package.part(name).data))

    def _comment(self, part, sheet, texts):
        """Comments and their boxes; those that the file has stay."""
        name = self.package.related(part, "comments")
        if name is None and not texts:
            return
        texts = self._within_limit(self._without_conversations(part, texts))
        data = NO_COMMENTS % self.workbook.main.encode() if name is None else self.package.part(name).data
        comments = Comments(data)
        comments.mark({name_of(*cell): text for cell, text in sorted(texts.items())})
        if name is None:
            name = self.package.free_name("xl/comments%d.xml")
            self.package.declare(name, COMMENTS_TYPE)
            self.package.relate(part, self.workbook.relations + "/comments", name)
        self._put(name, comments.part)
        self._draw(part, sheet, comments, texts)

    def _draw(self, part, sheet, comments, texts):
        boxes = []
        for cell in comments.added:
            row, column = place(cell)
            boxes.append((row - 1, column - 1, texts[row, column], sheet.width))
        name = next((to for key, _kind, to in self.package.relations(part) if key == sheet.drawing), None)
        if name is None:
            if not boxes:
                return
            name = self.package.free_name("xl/drawings/vmlDrawing%d.vml")
            self.package.put(name, NO_DRAWING)
            self.package.declare_extension(name, "vml", VML_TYPE)
            key = self.package.relate(part, self.workbook.relations + "/vmlDrawing", name)
            sheet.draw_from(key, self.workbook.relations)
        removed = {(row - 1, column - 1) for row, column in map(place, comments.removed)}
        if removed or boxes:
            data = self.package.part(name).data
            self.package.put(name, draw(data, removed, boxes, self.next_block))
        self.next_block += blocks_for(len(boxes))

    def _without_conversations(self, part, texts):
        """Excel shows a conversation in place of a comment: its cells keep it and are only filled."""
        name = self.package.related(part, "threadedComment")
        if name is None:
            return texts
        taken = set()
        for node in self.package.part(name).outline().children:
            if local(node.name) == "threadedComment":
                taken.add(place(node.get("ref")))
        return {cell: text for cell, text in texts.items() if cell not in taken}

    def _within_limit(self, texts):
        room = MOST_COMMENTS - self.comment_count
        if len(texts) > room:
            self.notes.append("comments")
            texts = dict(sorted(texts.items())[:room])
        self.comment_count += len(texts)
        return texts

    def _earlier_list(self):
        """The name of the list of an earlier marking, which is written over."""
        for name, part in self.workbook.sheets.items():
            if NAMED.fullmatch(name) and is_listing(self.package.part(part).data):
                return name
        return None

    def _list(self, rows, widths):
        data = listing(self.workbook.main, rows, widths, self.styles.for_list())
        if self.list_sheet:
            self.package.put(self.workbook.sheets[self.list_sheet], data)
        else:
            names = self.package.part(self.workbook.name).outline().find("sheets").all("sheet")
            self.workbook.add_sheet(free_name(node.get("name") for node in names), data)

    def _styles_data(self):
        if self.styles_name:
            return self.package.part(self.styles_name).data
        return MINIMAL % self.workbook.main.encode()

    def _put(self, name, part):
        if part.edits:
            self.package.put(name, part.edited())

    def _put_styles(self):
        if not self.styles.has_new:
            return
        if self.styles_name is None:
            self.styles_name = "xl/styles.xml"
            self.package.declare(self.styles_name, STYLES_TYPE)
            self.package.relate(self.workbook.name, self.workbook.relations + "/styles", self.styles_name)
        self.package.put(self.styles_name, self.styles.edited())


def _linked(link, anchors):
    if not link:
        return None
    sheet, row, column = link
    return sheet, name_of(*anchors.get(sheet, {}).get((row, column), (row, column)))
