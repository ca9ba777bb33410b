"""The data file of export formats is checked as it is read."""

from typing import Any

import pytest

from sharewise.engine.content.reading.exports import exports_from


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"name": "A", "marks": ["b"], "colour": 1}, "'colour' is no key"),
        ({"name": "A"}, "needs a name and marks"),
        ({"name": "A", "marks": ["b"], "platform": "friendster"}, "is no platform"),
        ({"name": "A", "marks": ["b"], "fields": {"likez": ["c"]}}, "'likez' is no field"),
        ({"name": "A", "marks": ["b"], "account": {"column": "c", "pattern": "d"}}, "one group"),
        ({"name": "A", "marks": ["b"], "escaped": True}, "'escaped' gives what is written"),
        ({"name": "A", "marks": ["b"], "escaped": {"": "&"}}, "'escaped' gives what is written"),
    ],
)
def test_formats_are_checked(entry: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        exports_from({"exports": [entry]})
