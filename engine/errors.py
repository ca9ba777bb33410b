"""The errors a user can meet, in one tree.

SharewiseError            anything that is the input's fault; the command ends with exit code 2
├── ReadError             a file that can't be read as posts
├── PlatformError         an unknown platform, or platform data that is wrong
├── RulebookError         a rule pack that is wrong; names the pack file and line
├── SettingsError         a sharewise.toml that is wrong
└── WriteError            an output that can't be written

Every message says where, what was found and what is allowed.
"""


class SharewiseError(Exception):
    """Base of every error that the user's input or machine causes."""

    exit_code = 2


class ReadError(SharewiseError):
    """A file can't be read as posts: missing, empty, damaged, too large."""


class PlatformError(SharewiseError):
    """A platform is unknown, or its data file is wrong."""


class RulebookError(SharewiseError):
    """A rule pack is wrong; the message names the file and line."""


class SettingsError(SharewiseError):
    """The settings file is wrong; the message names the file and key."""


class WriteError(SharewiseError):
    """An output can't be written; nothing half written is left behind."""
