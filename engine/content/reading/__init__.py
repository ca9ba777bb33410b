"""Reading posts from files, folders, standard input and frames."""

from .post_files import FileReading, PostFiles, joined
from .reader import BATCH_ROWS, from_frame, read_batches, read_posts
from .template import empty_posts_template

__all__ = [
    "BATCH_ROWS",
    "FileReading",
    "PostFiles",
    "empty_posts_template",
    "from_frame",
    "joined",
    "read_batches",
    "read_posts",
]
