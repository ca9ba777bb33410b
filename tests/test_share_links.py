"""Share links are recognised by where they lead, and what is wrong with them is named."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sharewise.engine.content.pages.page_reading import read_page
from sharewise.engine.content.pages.share_addresses import share_address, tagged
from sharewise.engine.content.pages.share_link_data import load_share_forms
from sharewise.engine.content.pages.share_links import share_link
from sharewise.engine.content.platform_names import PLATFORM_IDS

PAGE = "https%3A%2F%2Fharborroast.example%2Fwinter"
PLAIN = "https://harborroast.example/winter"


def page_with(*links: str, head: str = "") -> dict[str, Any]:
    body = "".join(f'<a href="{link}">Share</a>' for link in links)
    return read_page(f"<html><head>{head}</head><body>{body}</body></html>".encode())


@pytest.mark.parametrize(
    ("address", "service", "state"),
    [
        (f"https://x.com/intent/post?text=a&url={PAGE}", "x", "working"),
        (f"https://twitter.com/intent/tweet?url={PAGE}", "x", "working"),
        (f"https://twitter.com/share?url={PAGE}", "x", "outdated"),
        (f"HTTPS://WWW.Facebook.com/sharer/sharer.php?u={PAGE}", "facebook", "working"),
        (f"https://www.facebook.com/v2.3/dialog/feed?link={PAGE}", "facebook", "outdated"),
        (f"https://www.linkedin.com/sharing/share-offsite/?url={PAGE}", "linkedin", "working"),
        (f"http://www.linkedin.com/shareArticle?mini=true&url={PAGE}", "linkedin", "outdated"),
        (f"https://reddit.com/r/coffee/submit?url={PAGE}", "reddit", "working"),
        (f"//pinterest.com/pin/create/button/?url={PAGE}", "pinterest", "working"),
        (f"https://www.threads.net/intent/post?text={PAGE}", "threads", "working"),
        (f"https://share.joinmastodon.org/#text=Winter%20{PAGE}", "mastodon", "working"),
        (f"https://mastodon.social/share?text={PAGE}", "mastodon", "outdated"),
        (f"https://bsky.app/intent/compose?text=Winter+{PAGE}", "bluesky", "working"),
        (f"https://wa.me/?text={PAGE}", "whatsapp", "working"),
        (f"whatsapp://send?text={PAGE}", "whatsapp", "outdated"),
        (f"https://t.me/share/url?url={PAGE}", "telegram", "working"),
        (f"mailto:?subject=Winter&body={PAGE}", "email", "working"),
        (f"https://plus.google.com/share?url={PAGE}", "google-plus", "broken"),
        (f"https://getpocket.com/save?url={PAGE}", "pocket", "broken"),
    ],
)
def test_share_links_are_recognised(address: str, service: str, state: str) -> None:
    found = share_link(address)
    assert found is not None
    assert (found.form.service, found.form.state) == (service, state)
    assert found.page == PLAIN
    assert found.encoded


@pytest.mark.parametrize(
    "address",
    [
        "https://x.com/harborroast",
        "https://www.facebook.com/harborroast",
        "https://www.linkedin.com/company/harborroast",
        "https://mastodon.social/@harborroast",
        "https://mastodon.social/",
        "https://wa.me/351210000000",
        "https://t.me/harborroast",
        "mailto:hello@harborroast.example",
        "mailto:hello@harborroast.example?subject=Order",
        "https://harborroast.example/share?url=x",
        "https://evil-x.com/intent/post?url=x",
        "javascript:share()",
        "#share",
        "",
        "https://[broken",
    ],
)
def test_other_links_are_none(address: str) -> None:
    assert share_link(address) is None


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://www.facebook.com/sharer/sharer.php?u=", "names no page"),
        ("https://www.facebook.com/sharer/sharer.php", "names no page"),
        ("https://x.com/intent/post?url={{ page.url }}", "a placeholder: {{ page.url }}"),
        ("https://x.com/intent/post?url=/winter", "not a complete address: /winter"),
        ("https://x.com/intent/post?url=javascript:alert(1)", "not a complete address: javasc"),
        (
            "https://x.com/intent/post?url=http%3A%2F%2Flocalhost%3A4000%2F",
            "an address of your own machine: http://localhost:4000/",
        ),
    ],
)
def test_links_that_share_nothing_are_named(address: str, told: str) -> None:
    page = page_with(address)
    assert page["share_links"] == 0
    assert len(page["share_empty"]) == 1
    assert told in page["share_empty"][0]


def test_an_address_that_loses_its_parameters_is_seen() -> None:
    base = "https://www.facebook.com/sharer/sharer.php?u="
    page = page_with(f"{base}https://harborroast.example/w?blend=1&amp;size=2", f"{base}{PLAIN}")
    assert page["share_unencoded"] == ["facebook"]
    assert page["share_links"] == 2


def test_another_page_is_seen_where_the_own_address_is_known() -> None:
    link = "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fharborroast.example%2F"
    canonical = f'<link rel="canonical" href="{PLAIN}">'
    assert page_with(link)["share_elsewhere"] is None
    other = page_with(link, head=canonical)["share_elsewhere"]
    assert other == ["facebook → https://harborroast.example/"]
    same = f"https://www.facebook.com/sharer/sharer.php?u={PAGE}%2F%3Futm_source%3Dfacebook%23top"
    assert page_with(same, head=canonical)["share_elsewhere"] == []


def test_dead_scripts_and_plugins_are_named() -> None:
    html = (
        '<script src="//s7.addthis.com/js/300/addthis_widget.js"></script>'
        '<iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe>'
    )
    broken = read_page(html.encode())["share_broken"]
    assert [told.partition(" ")[0] for told in broken] == ["facebook", "addthis"] or [
        told.partition(" ")[0] for told in broken
    ] == ["addthis", "facebook"]


def test_every_platform_has_a_working_form_or_a_reason() -> None:
    forms = load_share_forms()
    named = {form.platform for form in forms.templates.values()}
    assert named | set(forms.none) == {*PLATFORM_IDS, None}
    assert named & set(forms.none) == set()


@pytest.mark.parametrize("service", load_share_forms().templates)
def test_what_is_made_is_recognised_and_comes_back_whole(service: str) -> None:
    url = "https://harborroast.example/w?a=1&b=zwei#c"
    title = 'Fünf & "sechs" <b> 100%'
    utm = {"utm_source": service, "utm_medium": "social", "utm_campaign": "winter 26"}
    made = share_address(load_share_forms().templates[service], url, title, "", utm)
    found = share_link(made)
    assert found is not None
    assert (found.form.service, found.form.state, found.encoded) == (service, "working", True)
    assert found.tagged
    shared = urlsplit(found.page)
    assert (shared.scheme, shared.netloc, shared.path, shared.fragment) == (
        *("https", "harborroast.example", "/w"),
        "c",
    )
    assert parse_qs(shared.query) == {
        **{"a": ["1"], "b": ["zwei"], "utm_source": [service]},
        **{"utm_medium": ["social"], "utm_campaign": ["winter 26"]},
    }
    assert not set(made) & set('<>" ')


def test_utm_that_is_there_stays() -> None:
    assert tagged("https://a.example?utm_source=mail", {"utm_source": "x", "utm_medium": "m"}) == (
        "https://a.example/?utm_source=mail&utm_medium=m"
    )
