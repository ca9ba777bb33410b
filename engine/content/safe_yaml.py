"""YAML read safely: no tags, no aliases, bounded size and depth; the home of PyYAML.

The text is parsed in C; the values are built here rather than by PyYAML's constructor,
which costs most of its time. What comes out is what the safe loader gives.
"""

import re
from collections.abc import Sequence
from typing import Any

import yaml

from ..errors import SharewiseError

MAX_CHARACTERS = 4_000_000
MAX_DEPTH = 40

_FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAY_ANCHOR = re.compile(r"(?m)(?:^|[\s\[{,])&\S")
_STRING = "tag:yaml.org,2002:str"
_SEQUENCE = "tag:yaml.org,2002:seq"
_MAPPING = "tag:yaml.org,2002:map"


class YamlError(SharewiseError):
    """Text that is no YAML, or YAML that is refused; ``line`` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class _Loader(_FastLoader):  # type: ignore[misc]
    """The safe loader, remembering what type each plain scalar has."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._tags: dict[str, str] = {}

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Do nothing: resolving by path is not used."""

    def ascend_resolver(self) -> None:
        """Do nothing: resolving by path is not used."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """Return the tag of an untagged node."""
        if kind is not yaml.ScalarNode:
            return _SEQUENCE if kind is yaml.SequenceNode else _MAPPING
        if not implicit[0]:
            return _STRING
        tag = self._tags.get(value)
        if tag is None:
            tag = self._tags[value] = super().resolve(kind, value, implicit)
        return tag


def load_yaml(text: str) -> Any:
    """Return what the YAML text says, as dicts, lists and scalars.

    Raises
    ------
    YamlError
        Not YAML; longer than `MAX_CHARACTERS`; nested deeper than `MAX_DEPTH`; a key twice
        in a mapping; an alias, which can unpack to any size; or a tag that names a type.
    """
    if len(text) > MAX_CHARACTERS:
        raise YamlError(f"{len(text)} characters; at most {MAX_CHARACTERS} are read", 1)
    try:
        if _MAY_ANCHOR.search(text):
            _refuse_aliases(text)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            return None if node is None else _value(node, loader, MAX_DEPTH)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(error.problem or "not YAML", mark.line + 1 if mark else 1) from None
    except yaml.YAMLError as error:
        raise YamlError(str(error).splitlines()[0], 1) from None
    except RecursionError:
        raise YamlError(f"nested deeper than {MAX_DEPTH} levels", 1) from None
    except ValueError as error:
        raise YamlError(f"a value that can't be read: {error}", 1) from None


def line_of(text: str, path: Sequence[str | int]) -> int:
    """Return the line, from 1, where ``path`` (keys and list positions) stands in the text.

    As far as the path can be followed; its nearest parent's line otherwise.
    """
    node = yaml.compose(text, Loader=_FastLoader)
    line = 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == step]
            if not found:
                return line
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            if step >= len(node.value):
                return line
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def _refuse_aliases(text: str) -> None:
    for event in yaml.parse(text, Loader=_FastLoader):
        if isinstance(event, yaml.AliasEvent):
            mark = event.start_mark
            line = mark.line + 1 if mark else 1
            raise YamlError("an alias (*name) is not allowed; write the value out", line)


def _value(node: Any, loader: _Loader, depth: int) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.tag == _STRING else loader.construct_object(node)
    if depth == 0:
        line = node.start_mark.line + 1
        raise YamlError(f"nested deeper than {MAX_DEPTH} levels", line)
    if node.tag not in (_SEQUENCE, _MAPPING):
        raise YamlError(f"the tag {node.tag} is not allowed", node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, loader, depth - 1) for item in node.value]
    made: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise YamlError("a key must be a plain word", key_node.start_mark.line + 1)
        key = _value(key_node, loader, depth - 1)
        if key in made:
            line = key_node.start_mark.line + 1
            raise YamlError(f"the key {key!r} stands twice in one mapping", line)
        made[key] = _value(value_node, loader, depth - 1)
    return made
