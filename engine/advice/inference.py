"""Decide which rules fire: the only place that knows durable-rules.

Only what `rulesets` generates reaches durable-rules: no text of a post or a pack, no number,
no null, no pattern. Rules of a higher stratum wait for a fact of their phase, asserted when
the strata below are done. Each ruleset has one session, driven through the C module, and
decides each distinct situation once.

Limits of durable-rules 2.0.28 that the bounds in `modules` and `pack_checks` keep away from:
64 conditions that match one fact at a time, 255 rules that share a condition, 16 patterns a
rule, 252 properties a fact, 1,024 sessions a ruleset.
"""

import itertools
import os
import threading
from collections.abc import Sequence
from functools import cached_property
from types import TracebackType
from typing import Self

import polars as pl

from .modules import MAX_RULES, Module, group_rules
from .rule import Rule
from .rulesets import POST, Ruleset, build_ruleset
from .situations import FIRED_SCHEMA, FewRows, ManyRows, Values

_REMEMBERED = 200_000
_FEW_ROWS = 48
_serial = itertools.count()


class EngineError(RuntimeError):
    """durable-rules answered in a way that it never should; a bug of ours."""


class Inference:
    """Decides observations against one set of rules; remembers what it has decided.

    May be shared by threads; in a forked process it opens its rulesets anew.

    Parameters
    ----------
    rules
        Loaded rules. A needed finding that no rule concludes (its rule is switched off) means
        that the rule never fires; a blocking one that nothing blocks.
    max_rules
        The largest number of rules in one ruleset.

    Examples
    --------
    >>> rules = [Rule("AAA101", when=("long",), concludes="too_long"),
    ...          Rule("AAA102", when=("plain",), blocked_by=("too_long",))]
    >>> observed = pl.DataFrame({"long": [True, False], "plain": [True, True]})
    >>> Inference(rules).decide(observed).rows()
    [(0, 0), (1, 1)]
    """

    def __init__(self, rules: Sequence[Rule], max_rules: int = MAX_RULES) -> None:
        self._rules = tuple(rules)
        self._modules = [_Session(self._rules, one) for one in group_rules(rules, max_rules)]
        self._lock = threading.Lock()
        self.observations = tuple(sorted({n for one in self._modules for n in one.observations}))
        """The observations that the rules read."""

    @property
    def modules(self) -> tuple[Module, ...]:
        """How the rules are grouped."""
        return tuple(one.module for one in self._modules)

    def decide(self, observed: pl.DataFrame) -> pl.DataFrame:
        """Return the rules that fire in each row.

        Parameters
        ----------
        observed
            A Boolean column for each of `observations`; null: not known.

        Returns
        -------
        pl.DataFrame
            ``row`` (UInt32, position in ``observed``), ``rule`` (UInt16, position in the
            rules), sorted by both.
        """
        with self._lock:
            rows_of = FewRows if observed.height <= _FEW_ROWS else ManyRows
            situations = rows_of(observed, self._rules, self.observations)
            fired = FIRED_SCHEMA.to_frame()
            for one in self._modules:
                given = {
                    name: fired.filter(pl.col("rule").is_in(givers))["row"].unique()
                    for name, givers in one.givers.items()
                }
                answers = situations.decide(one, given)
                fired = pl.concat([fired, answers]) if answers.height else fired
        return fired.sort("row", "rule")

    def close(self) -> None:
        """Give the memory of the rulesets back; they open again when needed."""
        with self._lock:
            for one in self._modules:
                one.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()


class _Session:
    """One module's ruleset and session, and the situations it has decided.

    One thread at a time. When anything goes wrong half-way the session is abandoned and the
    next question opens another: one left in the middle of an action would answer nothing.
    """

    def __init__(self, rules: Sequence[Rule], module: Module) -> None:
        self.module = module
        self.rules, self.targets = module.rules, module.targets
        self.observations, self.given = module.observations, module.given
        self.givers = {
            name: [i for i, rule in enumerate(rules)
                   if rule.concludes == name and i not in set(module.rules)]
            for name in module.given
        }  # fmt: skip
        self._all_rules = rules
        self._known: dict[int, tuple[int, ...]] = {}
        self._handle: int | None = None
        self._process = 0
        self._acted = False

    @cached_property
    def _ruleset(self) -> Ruleset:
        return build_ruleset(self._all_rules, self.module)

    def decided(self, situation: int) -> tuple[int, ...] | None:
        """Return the targets that fire in a situation met before."""
        return self._known.get(situation)

    def decide(self, situation: int, values: Values) -> tuple[int, ...]:
        """Return the targets that fire in a new situation, and remember them."""
        given = [
            name
            for place, name in enumerate(self.given, start=len(self.rules))
            if situation >> place & 1
        ]
        try:
            fired = self._run(self._open(), values, given)
        except BaseException:
            self._handle = None
            raise
        answer = tuple(sorted(self.targets.intersection(self.rules[number] for number in fired)))
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[situation] = answer
        return answer

    def close(self) -> None:
        """Delete the ruleset; its session first, which is safe only once a rule has fired."""
        import durable_rules_engine as engine

        handle, self._handle = self._handle, None
        if handle is not None and self._process == os.getpid():
            if self._acted:
                engine.delete_state(handle, "0")
            engine.delete_ruleset(handle)

    def _open(self) -> int:
        import durable_rules_engine as engine

        if self._handle is None or self._process != os.getpid():
            name = f"sharewise{next(_serial)}"
            self._handle = int(engine.create_ruleset(name, self._ruleset.definition))
            self._process, self._acted = os.getpid(), False
        return self._handle

    def _run(self, handle: int, values: Values, given: Sequence[str]) -> list[int]:
        """Assert the situation, let the engine act phase by phase, retract everything."""
        ruleset = self._ruleset
        stored: list[str] = []
        fired: list[int] = []
        for name in given:
            _put(handle, ruleset.findings[name], _finding(ruleset.findings[name]), stored)
        facts = {POST: ruleset.post_fact(values)}
        facts |= {f"ph{phase}": f'{{"id":"ph{phase}","ph":{phase}}}' for phase in ruleset.phases}
        for identifier, fact in facts.items():
            state = _put(handle, identifier, fact, stored)
            if state is not None:
                self._act(handle, state, fired, stored)
        _retract(handle, stored)
        return fired

    def _act(self, handle: int, state: int, fired: list[int], stored: list[str]) -> None:
        """Let rules fire until none is left; what they conclude is asserted at once."""
        import durable_rules_engine as engine

        answer = engine.start_action_for_state(handle, state)
        message = answer and answer[1]
        while message:
            self._acted = True
            number = int(message[3 : message.index('"', 3)])
            if number in fired:
                raise EngineError(f"{self._all_rules[self.rules[number]].id} fired twice")
            fired.append(number)
            concluded = self._ruleset.concluded[number]
            if concluded is not None and self._ruleset.findings[concluded] not in stored:
                identifier = self._ruleset.findings[concluded]
                _put(handle, identifier, _finding(identifier), stored)
            message = engine.complete_and_start_action(handle, state)


def _put(handle: int, identifier: str, fact: str, stored: list[str]) -> int | None:
    """Assert a fact; return the engine's state if any pattern takes it, and note it then."""
    import durable_rules_engine as engine

    code, state = engine.assert_fact(handle, fact)
    if code == 0:
        stored.append(identifier)
        return int(state)
    if code != 1:
        raise EngineError(f"fact {identifier}: answer {code}")
    return None


def _retract(handle: int, identifiers: Sequence[str]) -> None:
    import durable_rules_engine as engine

    for identifier in identifiers:
        engine.retract_fact(handle, f'{{"id":"{identifier}"}}')


def _finding(identifier: str) -> str:
    return f'{{"id":"{identifier}","f":"{identifier}"}}'
