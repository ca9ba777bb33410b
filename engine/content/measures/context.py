"""What measures need to know beyond the posts: the brand, its people, its accounts."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class AccountContext:
    """One account of the brand: its platform, own limits and time zone.

    ``limits`` replaces the platform's values by limit name; ``timezone`` is an IANA name,
    None for the common one.
    """

    platform: str | None = None
    limits: Mapping[str, float] = field(default_factory=dict)
    timezone: str | None = None


@dataclass(frozen=True)
class Context:
    """The brand as measures see it; all names lower case, handles without ``@``."""

    handles: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    employees: tuple[str, ...] = ()
    accounts: Mapping[str, AccountContext] = field(default_factory=dict)
    timezone: str = "UTC"

    def only_account(self, platform: str) -> str | None:
        """Return the brand's one account on a platform; None where it has none or several.

        A post there that names no account goes out from it.
        """
        there = [name for name, account in self.accounts.items() if account.platform == platform]
        return there[0] if len(there) == 1 else None
