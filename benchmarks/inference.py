"""Our way of asking durable-rules against the obvious way: same rules, same findings.

The obvious way is the library's own host, as its manual shows it: all rules, a fact asserted
and retracted a row, findings asserted by the actions. Rules that a finding blocks wait for a
fact that marks the end of the phase below, without which durable-rules answers wrongly.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from sharewise.engine.advice.inference import Inference
from sharewise.engine.advice.observations import observe
from sharewise.engine.advice.recommending import adviser
from sharewise.engine.advice.rule import Rule
from sharewise.engine.advice.stratification import strata

from .machine import machine
from .posts import posts_file

ROWS = 3_000


class ObviousWay:
    """Every rule in durable-rules' host; where it can't hold them in one ruleset, in several."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        from durable.engine import Host

        class QuietHost(Host):  # type: ignore[misc]
            def _run(self) -> None:
                """Run no timer threads: they crash under load."""

        self.rules, self.strata = rules, strata(rules)
        self.phases = sorted(set(self.strata) - {0})
        self.denied = {name for rule in rules for name in rule.unless}
        self.fired: list[int] = []
        self.stored: list[dict[str, Any]] = []
        self.concluded: set[str] = set()
        self.findings = {name: f"f{i}" for i, name in enumerate(sorted(self._concluded()))}
        self.host = QuietHost()
        self.host.set_rulesets({"all": {f"r{i}": self._rule(i) for i in range(len(rules))}})

    def _concluded(self) -> set[str]:
        return {rule.concludes for rule in self.rules if rule.concludes}

    def _rule(self, i: int) -> dict[str, Any]:
        rule, stratum = self.rules[i], self.strata[i]
        true = [{"$ex": {f"t{_name(one)}": 1}} for one in rule.conditions]
        false = [{"$ex": {f"n{_name(one)}": 1}} for one in rule.unless]
        patterns: list[dict[str, Any]] = [{"m": {"$and": [*true, *false]}}]
        patterns += [{"ph": {"ph": stratum}}] if stratum else []
        patterns += [{f"y{j}": {"f": self.findings[one]}} for j, one in enumerate(rule.needs)]
        patterns += [{f"z{j}$not": {"f": self.findings[n]}} for j, n in enumerate(rule.blocked_by)]
        return {"all": patterns, "pri": stratum, "run": self._action(i)}

    def _action(self, i: int) -> Any:
        finding = self.findings.get(self.rules[i].concludes or "")

        def act(c: Any) -> None:
            self.fired.append(i)
            if finding and finding not in self.concluded:
                self.concluded.add(finding)
                c.assert_fact({"id": finding, "f": finding})

        return act

    def _put(self, fact: dict[str, Any]) -> None:
        from durable.engine import MessageNotHandledException, MessageObservedException

        with suppress(MessageNotHandledException, MessageObservedException):
            self.host.assert_fact("all", fact)
            self.stored.append(fact)

    def _retract(self, fact: dict[str, Any]) -> None:
        from durable.engine import MessageNotHandledException

        with suppress(MessageNotHandledException):
            self.host.retract_fact("all", fact)

    def decide(self, rows: Iterator[dict[str, bool | None]]) -> list[tuple[int, int]]:
        """Return the pairs of row and rule that fire."""
        answers = []
        for number, row in enumerate(rows):
            self.fired, self.stored, self.concluded = [], [], set()
            fact: dict[str, Any] = {"id": "post"}
            for name, value in row.items():
                if value or (value is False and name in self.denied):
                    fact[("t" if value else "n") + _name(name)] = 1
            self._put(fact)
            for phase in self.phases:
                self._put({"id": f"ph{phase}", "ph": phase})
            for stored in (*self.stored, *({"id": one} for one in self.concluded)):
                self._retract(stored)
            answers += [(number, rule) for rule in sorted(set(self.fired))]
        return answers


def _name(observation: str) -> str:
    return "".join(letter if letter.isalnum() else f"_{ord(letter)}_" for letter in observation)


def main() -> None:
    """Print both speeds, their ratio, and whether the findings are the same."""
    using = adviser(["x", "facebook", "linkedin"])
    rules = using.rulebook.rules
    batch = next(using.batches(posts_file(), rows=25_000))
    used = Inference(rules).observations
    observed = observe(using.measure(batch.posts), using.rulebook, used)
    few = observed.gather_every(max(1, observed.height // ROWS)).head(ROWS)
    start = time.perf_counter()
    obvious = ObviousWay(rules).decide(few.iter_rows(named=True))
    slow = few.height / (time.perf_counter() - start)
    start = time.perf_counter()
    Inference(rules).decide(observed)
    fast = observed.height / (time.perf_counter() - start)
    ours = Inference(rules).decide(few).rows()
    print(f"inference · {machine()}")
    print(
        f"  {len(rules)} rules, {len(used)} observations; obvious way {slow:,.0f} rows a second, "
        f"ours {fast:,.0f} ({observed.height:,} rows): {fast / slow:.0f}×; "
        f"findings identical on {few.height:,} rows: {ours == obvious}"
    )
    assert ours == obvious


if __name__ == "__main__":
    main()
