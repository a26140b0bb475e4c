"""A Word template filled with declared fields, in a small part of Jinja's language.

A template may name fields, go through lists and ask conditions; nothing else is understood, so
that nothing else can be attacked. Every source that docxtpl hands to Jinja passes `Language`.
"""

import difflib
import re
import zipfile
from io import BytesIO

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
SAMPLE = "mẫu"
LOOP = {"index": "", "first": "", "last": ""}
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.For,
    nodes.If,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)
MOST_FAULTS = 30
TAGS = re.compile(r"<[^>]+>")
MOMENTS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
FIELD = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


class Faulty(Exception):
    """The fields of the template are wrong; `faults` says which."""

    def __init__(self, faults):
        super().__init__("faulty")
        self.faults = faults


def fill(path, shape, context, stamp):
    """The bytes of the filled document; the same for the same template, context and stamp."""
    environment = Environment(shape)
    template = DocxTemplate(path)
    try:
        check(template, environment)
        template.render(context, environment, autoescape=True)
        say_provisional(template.docx, context.get("tam_tinh", ""))
    except TemplateSyntaxError as error:
        raise Faulty([syntax_fault(error)]) from error
    except TemplateError as error:
        raise Faulty([fault("failed", str(error)[:200], "")]) from error
    properties = template.docx.core_properties
    properties.author = properties.last_modified_by = ""
    stream = BytesIO()
    template.save(stream)
    return packed(stream.getvalue(), stamp)


def say_provisional(document, words):
    """An office's own template may not ask for it: then it stands above everything else."""
    body = document.element.body
    if words and words not in "".join(body.itertext()):
        paragraph = document.add_paragraph()
        paragraph.add_run(words).bold = True
        body.insert(0, paragraph._p)


def check(template, environment):
    """Every part that will be filled, so that all faults are told at once."""
    template.render_init()
    sources = [template.patch_xml(template.get_xml())]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        parts = template.get_headers_footers(uri)
        sources += [template.patch_xml(template.get_part_xml(part)) for _key, part in parts]
    found = []
    for source in sources:
        try:
            environment.parse(re.sub(r"<w:p([ >])", r"\n<w:p\1", source))
        except Faulty as faulty:
            found += faulty.faults
    if found:
        raise Faulty(found[:MOST_FAULTS])


class Environment(SandboxedEnvironment):
    """Jinja without filters, tests, globals and calls; a name that is not declared is a fault."""

    def __init__(self, shape):
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.shape = shape
        for names in (self.filters, self.tests, self.globals):
            names.clear()

    def _parse(self, source, name, filename):
        try:
            tree = super()._parse(source, name, filename)
        except TemplateSyntaxError as error:
            error.source = source
            raise Faulty([syntax_fault(error)]) from error
        language = Language(source)
        language.visit(tree, self.shape)
        if language.faults:
            raise Faulty(language.faults)
        return tree


class Language:
    """What is wrong in one template: words not understood, fields not declared, lists misused."""

    def __init__(self, source):
        self.lines = source.splitlines()
        self.faults = []

    def visit(self, node, names):
        if not isinstance(node, ALLOWED):
            self.add("not_understood", node, type(node).__name__)
        elif isinstance(node, nodes.For):
            self.loop(node, names)
        elif isinstance(node, nodes.Output):
            for one in node.nodes:
                self.output(one, names)
        elif isinstance(node, (nodes.Name, nodes.Getattr)):
            self.resolve(node, names)
        else:
            for child in node.iter_child_nodes():
                self.visit(child, names)

    def loop(self, node, names):
        if not isinstance(node.target, nodes.Name) or node.test or node.recursive:
            self.add("not_understood", node, "for")
            return
        listed = self.resolve(node.iter, names)
        if listed is not None and not isinstance(listed, list):
            self.add("no_list", node, written(node.iter))
        item = listed[0] if isinstance(listed, list) else {}
        for child in node.body:
            self.visit(child, names | {node.target.name: item, "loop": LOOP})
        for child in node.else_:
            self.visit(child, names)

    def output(self, node, names):
        if not isinstance(node, (nodes.Name, nodes.Getattr)):
            self.visit(node, names)
            return
        found = self.resolve(node, names)
        if isinstance(found, list):
            self.add("is_list", node, written(node))
        elif isinstance(found, dict):
            self.add("is_group", node, written(node), ", ".join(found))

    def resolve(self, node, names):
        """The shape of a field; a fault, and None, for one that is not declared."""
        if isinstance(node, nodes.Name):
            if node.name not in names:
                return self.add("unknown", node, node.name, nearest(node.name, names))
            return names[node.name]
        if not isinstance(node, nodes.Getattr):
            return self.add("not_understood", node, type(node).__name__)
        whole = self.resolve(node.node, names)
        if whole is None:
            return None
        if not isinstance(whole, dict) or node.attr not in whole:
            parts = whole if isinstance(whole, dict) else {}
            best = nearest(node.attr, parts)
            near = f"{written(node.node)}.{best}" if best else ""
            return self.add("unknown", node, written(node), near)
        return whole[node.attr]

    def add(self, code, node, found, near=""):
        paragraph = plain(self.lines[node.lineno - 1]) if node.lineno <= len(self.lines) else ""
        self.faults.append(fault(code, found, near, around(paragraph, found)))


def fault(code, found, near, paragraph=""):
    return {"code": code, "found": found, "nearest": near, "paragraph": paragraph}


def syntax_fault(error):
    lines = (error.source or "").splitlines()
    line = lines[error.lineno - 1] if 0 < error.lineno <= len(lines) else ""
    tags = FIELD.findall(plain(line))
    return fault("syntax", tags[0] if tags else "", "", around(plain(line), "{"))


def written(node):
    """`tccsd.ten` as the template writes it."""
    if isinstance(node, nodes.Getattr):
        return f"{written(node.node)}.{node.attr}"
    return getattr(node, "name", "")


def nearest(name, names):
    found = difflib.get_close_matches(name, list(names), n=1, cutoff=0.5)
    return found[0] if found else ""


def plain(xml):
    return TAGS.sub("", xml).strip()


def around(text, found, most=160):
    """The part of a long paragraph that holds what was found."""
    if len(text) <= most:
        return text
    start = max(0, text.find(found) - most // 2)
    return f"{'…' if start else ''}{text[start : start + most]}…"


def sample(shape):
    """Words for every field, one row for every list."""
    if isinstance(shape, dict):
        return {name: sample(part) for name, part in shape.items()}
    if isinstance(shape, list):
        return [sample(shape[0])]
    return SAMPLE


def packed(content, stamp):
    """The same package with the same bytes each time: parts in order, one moment in all of them."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as made, zipfile.ZipFile(stream, "w") as out:
        for name in sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            data = made.read(name)
            if name == "docProps/core.xml":
                data = MOMENTS.sub(rb"\g<1>" + stamp.encode(), data)
            out.writestr(entry, data)
    return stream.getvalue()
