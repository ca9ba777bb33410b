"""The parser's one home: a page's elements as names, attributes and texts.

lexbor (through selectolax) reads HTML as browsers do, malformed or not (WHATWG HTML, 2026).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .page_signs import Signs, signs_of

# Only what some measure reads: a selector costs the parser a fortieth of its time, an element
# more to hand over than to parse. No element may match two of them: it would come twice.
ALWAYS = "meta,link,title,script,img:not([alt])"
# Addresses without any of these lead to another page of the site, and most links do.
TELLING_LINKS = 'a:is([href*=":"],[href*="."],[href*="?"])'
_WHERE_NAMED = {
    "<base": "base",
    "<iframe": "iframe",
    "<video": "video",
    "<audio": "audio",
    "<dialog": "dialog",
    "password": 'input[type="password" i]',
    "http:": 'img[alt][src^="http:" i],source[src^="http:" i]',
}


class Element(NamedTuple):
    """One element: its name in lower case, its attributes (None: without a value)."""

    tag: str
    attributes: Mapping[str, str | None]
    node: LexborNode

    def get(self, name: str) -> str:
        """Return an attribute, stripped; "" where it is not there."""
        return (self.attributes.get(name) or "").strip()

    @property
    def text(self) -> str:
        """The text within, on one line."""
        return " ".join(self.node.text().split())

    @property
    def raw_text(self) -> str:
        """The text within as it stands, such as a script's."""
        return self.node.text()

    @property
    def in_picture(self) -> bool:
        """Whether it stands in a drawing, as the title of an SVG does."""
        parent = self.node.parent
        return parent is not None and parent.tag not in ("head", "body", "html", "noscript")

    @property
    def holds_named_image(self) -> bool:
        """Whether there is an image within that has an alternative text or a title."""
        images = self.node.css("img[alt],svg title")
        return any(
            (one.attributes.get("alt") or "").strip() or one.tag == "title" for one in images
        )


@dataclass(frozen=True, slots=True)
class Markup:
    """A parsed page: the elements that matter here, by name, each list in document order.

    ``links`` are those whose address has a colon, a dot or a question mark, in document order:
    all that can lead elsewhere or to a file. Each is its address as written and its node, of
    which `element_of` tells more.
    ``signs`` are the telling words in it.
    """

    elements: Mapping[str, list[Element]]
    links: Sequence[tuple[str, LexborNode]]
    signs: Signs
    _parser: LexborHTMLParser

    def named(self, *tags: str) -> Iterator[Element]:
        """Yield the elements of these names, name by name."""
        for tag in tags:
            yield from self.elements.get(tag, ())

    def matching(self, selector: str) -> list[Element]:
        """Return the elements that a CSS selector matches, in document order."""
        return [element_of(node) for node in self._parser.css(selector)]

    def words(self, most: int) -> int:
        """Return the number of words a reader may see, counted up to ``most``."""
        body = self._parser.body
        found = 0
        for node in body.traverse(include_text=True) if body is not None else ():
            if found >= most:
                break
            if node.is_text_node and node.parent is not None and node.parent.tag not in _UNSEEN:
                found += len(node.text_content.split() if node.text_content else ())
        return min(found, most)


_UNSEEN = frozenset(("script", "style", "template", "noscript"))


def parsed(html: bytes, signs: Signs | None = None) -> Markup:
    """Return the elements of a page in UTF-8; nothing in it is run or fetched.

    ``signs`` are those of `page_signs.signs_of`, None to look for them here.
    """
    signs = signs_of([html])[0] if signs is None else signs
    parser = LexborHTMLParser(html)
    wanted = [selector for name, selector in _WHERE_NAMED.items() if name in signs]
    found: dict[str, list[Element]] = {}
    links: list[tuple[str, LexborNode]] = []
    for node in parser.css(",".join([ALWAYS, TELLING_LINKS, *wanted])):
        tag = node.tag or ""
        if tag == "a":
            links.append((node.attributes["href"] or "", node))
        else:
            found.setdefault(tag, []).append(Element(tag, node.attributes, node))
    found |= {one.tag or "": [element_of(one)] for one in (parser.root, parser.body) if one}
    return Markup(found, links, signs, parser)


def element_of(node: LexborNode) -> Element:
    """Return a node with its attributes."""
    return Element(node.tag or "", node.attributes, node)
