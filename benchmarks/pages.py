"""Pages of 30 kB a second on one core, from bytes to findings, beside the parser alone.

The floor is what no reading in Python goes below: parse, select, and take the attributes of the
elements that measures need.
"""

import gc
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from .machine import machine

FIXTURE = Path(__file__).parent.parent / "fixtures" / "pages" / "winter-blend.html"
SIZE = 30_000
PAGES, ROUNDS = 500, 9
SECTION = """<section class="blend"><h2>Blend {n}</h2>
<p>We <b>roasted</b> this one for cold mornings: cocoa, orange peel and a long finish,
<a href="/blends/{n}">read on</a>, or
<a href="https://harborroast.example/shop/{n}">order it</a>.</p>
<ul><li>One bag</li><li>Two bags</li></ul>
<img src="/img/{n}.jpg" alt="A cup on a sill" width="300" height="200"></section>
"""


def page(number: int) -> bytes:
    """Return a page of `SIZE` bytes with two links and a picture every 370 bytes."""
    html = FIXTURE.read_text(encoding="utf-8").replace("winter-blend", f"winter-blend-{number}")
    body = ""
    while len(html) + len(body) < SIZE:
        body += SECTION.replace("{n}", str(len(body) + number))
    return html.replace("</main>", f"{body}</main>").encode()


def main() -> None:
    """Print pages a second and ratios; parser and sharewise take turns, the best round counts."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    os.environ["POLARS_MAX_THREADS"] = "1"
    gc.set_threshold(100_000, 20, 50)  # as the command line does
    from selectolax.lexbor import LexborHTMLParser

    from sharewise.engine.advice.page_advice import PageAdviser
    from sharewise.engine.advice.recommending import adviser
    from sharewise.engine.content.pages.markup import ALWAYS, TELLING_LINKS
    from sharewise.engine.content.pages.page_bytes import page_text
    from sharewise.engine.content.pages.page_files import page_frame
    from sharewise.engine.content.pages.page_reading import read_page
    from sharewise.engine.content.pages.page_signs import signs_of

    pages = [page(number) for number in range(PAGES)]
    using = PageAdviser(adviser(["x", "linkedin", "mastodon"]))

    def measured() -> object:
        texts = [page_text(one) for one in pages]
        signs = signs_of([one.html for one in texts])
        rows = [read_page(text, None, sign) for text, sign in zip(texts, signs, strict=True)]
        return page_frame([{"file": "a.html", **row} for row in rows])

    def handed_over() -> None:
        for one in pages:
            for node in LexborHTMLParser(one).css(f"{ALWAYS},{TELLING_LINKS}"):
                _ = node.tag, node.attributes

    def parsed_alone() -> None:
        for one in pages:
            LexborHTMLParser(one)

    def found() -> object:
        return using.findings(measured())  # type: ignore[arg-type]

    found()
    jobs = (("parser alone", parsed_alone), ("the floor", handed_over),
            ("to measures", measured), ("to findings", found))  # fmt: skip
    best = _best(jobs)
    print(f"pages · {machine()}, one core")
    print(f"  {PAGES} pages of {len(pages[0]):,} bytes, {pages[0].count(b'<')} tags each")
    for name, seconds in best.items():
        ratio = seconds / best["parser alone"]
        print(f"  {name:12} {PAGES / seconds:6,.0f} pages a second, {ratio:.2f}× the parser alone")


def _best(jobs: Sequence[tuple[str, Callable[[], object]]]) -> dict[str, float]:
    """Return the processor time of the fastest round of each job, in seconds."""
    best = {name: float("inf") for name, _ in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs:
            start = time.process_time()
            job()
            best[name] = min(best[name], time.process_time() - start)
    return best


if __name__ == "__main__":
    main()
