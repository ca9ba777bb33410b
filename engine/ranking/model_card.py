"""The model card: what a model is, was trained on, has shown, and is not for (Mitchell 2019)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...models.stored_model import AccountModel, TrainedModel


def model_card(model: "TrainedModel", manifest: Mapping[str, Any]) -> str:
    """Return the card in Markdown (Mitchell et al. 2019, Model cards for model reporting)."""
    versions = ", ".join(f"{name} {number}" for name, number in manifest["versions"].items())
    data = manifest.get("data", {})
    lines = [
        "# Ranking model",
        "",
        "Orders posts that are not published yet, per platform and account, by how they are to do",
        "against the account's usual. Ridge regression with drifting coefficients on words, word",
        "pairs, letters and measures; a prior a platform where several accounts are known.",
        "",
        f"- created {manifest['created']} with {versions}",
        f"- data: {data.get('posts', 'unknown')} posts, SHA-256 {data.get('digest', 'unknown')}",
        f"- engagement counted: {_cell(str(data.get('weights', 'all')))}",
        "",
        "## Held out",
        "",
        "The newest 30 % of each account, split by time.",
        "",
        "| platform | account | posts | Spearman | best tenth | oldest first | type | verdict |",
        "|---|---|---|---|---|---|---|---|",
        *(_row(one) for one in model.accounts),
        "",
        "## Limits",
        "",
        "- It says which post comes before which, never how many people will react.",
        "- What it learned wears off within about two months: train it again at least weekly.",
        "- It knows what was published. What an account never tried it can't judge.",
        "",
    ]
    return "\n".join(lines)


def _row(model: "AccountModel") -> str:
    shown = model.evidence
    cells = [
        model.platform,
        _cell(model.account) or "(not named)",
        f"{shown.posts:,}",
        f"{shown.spearman:.2f} [{shown.low:.2f}, {shown.high:.2f}]",
        f"{shown.metrics['lift_at_10']:.1f}×",
        f"{shown.oldest_first:.1f}×",
        f"{shown.type_mean:.1f}×",
        "used" if shown.refusal is None else f"refused: {shown.refusal}",
    ]
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """Return text that stays inside a cell and is no markup."""
    plain = " ".join(text.split())
    return "".join(f"\\{char}" if char in "\\|`*_<>[]#" else char for char in plain)
