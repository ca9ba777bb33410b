"""Take a person out of GraphML and GEXF: their node, its edges, their name elsewhere."""

import io
from xml.etree import ElementTree

from .person_names import PersonNames

_NAMED = ("id", "label")
_ENDS = ("source", "target")


def graph_nodes(content: bytes, names: PersonNames) -> tuple[bytes, int]:
    """Return the file without the person's node and edges, and how many places were changed.

    Raises
    ------
    ValueError
        The content is no XML, or has a document type: none that this writes has one.
    """
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ValueError("a document type in the XML, which no file written here has")
    try:
        events = ElementTree.iterparse(io.BytesIO(content), events=["start-ns"])  # noqa: S314
        spaces = dict(space for _, space in events)
        tree = ElementTree.fromstring(content)  # noqa: S314 - no document type: no entities
    except ElementTree.ParseError as error:
        raise ValueError(f"not XML: {error}") from None
    for prefix, space in spaces.items():
        ElementTree.register_namespace(prefix, space)
    elements = list(tree.iter())
    gone = names.among(one.get(key) for one in elements for key in (*_NAMED, *_ENDS))
    ids = {one.get("id") for one in elements if _is(one, "node") and one.get("label") in gone}
    gone |= {one for one in ids if one is not None}
    places = 0
    for parent in elements:
        for child in list(parent):
            ends = _NAMED if _is(child, "node") else _ENDS if _is(child, "edge") else ()
            if any(child.get(key) in gone for key in ends):
                parent.remove(child)
                places += 1
    for one in tree.iter():
        text, value = one.text or "", one.get("value", "")
        if names.scrubbed(text) != text:
            one.text = names.scrubbed(text)
            places += 1
        if names.scrubbed(value) != value:
            one.set("value", names.scrubbed(value))
            places += 1
    if not places:
        return content, 0
    return ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True), places


def _is(element: ElementTree.Element, name: str) -> bool:
    return element.tag.rpartition("}")[2] == name
