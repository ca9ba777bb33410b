"""The errors a user can meet, in one tree.

SharewiseError            anything that is the input's fault; the command ends with exit code 2
├── ReadError             a file that can't be read as posts
├── PlatformError         an unknown platform, or platform data that is wrong
├── RulebookError         a rule pack that is wrong; names the pack file and line
├── HistoryError          a history that can't be learned from
├── ModelError            a model file that is foreign, damaged or of another version
├── GraphError            a graph that is wrong, or a part of it that is not there
├── RewardsError          a ledger, a budget or a key that is wrong
├── SettingsError         a sharewise.toml that is wrong
├── CommunityError        interactions that can't be worked on, or a community's data that is wrong
├── WriteError            an output that can't be written
└── BatchError            a run over many files that can't start or go on

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


class HistoryError(SharewiseError):
    """A history can't be learned from: no posts, no outcomes, no times."""


class ModelError(SharewiseError):
    """A model file is foreign, damaged, tampered with or of another version."""


class SettingsError(SharewiseError):
    """The settings file is wrong; the message names the file and key."""


class GraphError(SharewiseError):
    """A graph is wrong, or has no such part; the message names the edge or person."""


class RewardsError(SharewiseError):
    """Rewards can't be given, measured or forgotten so; the message says what to change."""


class CommunityError(SharewiseError):
    """Interactions can't be worked on as asked, or a data file of the community is wrong."""


class WriteError(SharewiseError):
    """An output can't be written; nothing half written is left behind."""


class BatchError(SharewiseError):
    """A run over many files can't start or go on; what is finished stays, ``--resume`` goes on."""
