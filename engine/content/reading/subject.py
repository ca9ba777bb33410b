"""What a file is read as: which columns make it one, and how its rows are called in messages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .column_names import HOLDS_POST, map_columns, probable_column, recognised
from .exports import without_posts


@dataclass(frozen=True)
class Subject:
    """One kind of table.

    Attributes
    ----------
    noun, plural : what a row is
    template : the argument of ``sharewise template``
    needs : which columns a file must have, in words
    known : how many of some column names are recognised
    holds : whether columns of these names can be such a table
    header : a header to take as an example, "" for none
    meant : the column of some names that may be the one needed, else None
    instead : what to say of a header that is known to be of something else, else None
    """

    noun: str
    plural: str
    template: str
    needs: str
    known: Callable[[Sequence[str]], int]
    holds: Callable[[Sequence[str]], bool]
    header: str = ""
    meant: Callable[[Sequence[str]], str | None] = lambda header: None
    instead: Callable[[Sequence[str]], str | None] = lambda header: None


def _another_export(header: Sequence[str]) -> str | None:
    export = without_posts(header)
    return None if export is None else f"{export.name}, which holds no posts; take {export.instead}"


POSTS = Subject(
    noun="post",
    plural="posts",
    template="posts",
    needs="one of text, title, link, media is needed, or a name another tool gives it",
    known=recognised,
    holds=lambda names: any(field in map_columns(names).fields for field in HOLDS_POST),
    header="date,text,link",
    meant=lambda names: probable_column(names, "text"),
    instead=_another_export,
)
