"""What to paste into a page: the tags that it lacks, and share links that work."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..content.pages.addresses import is_web, joined
from ..content.pages.images import image_file, local_file
from ..content.pages.share_addresses import share_address
from ..content.pages.share_link_data import load_share_forms
from ..settings import Settings

NAMES = {
    "x": "X", "facebook": "Facebook", "linkedin": "LinkedIn", "reddit": "Reddit",
    "pinterest": "Pinterest", "threads": "Threads", "mastodon": "Mastodon", "bluesky": "Bluesky",
    "whatsapp": "WhatsApp", "telegram": "Telegram", "email": "Mail",
}  # fmt: skip


@dataclass(frozen=True)
class Suggestion:
    """What to paste into one page: ``head`` into its head, ``share`` where people are to share.

    Both are lines of HTML, escaped. ``notes`` say what only a person can write.
    """

    file: str
    head: tuple[str, ...]
    share: tuple[str, ...]
    notes: tuple[str, ...]


def suggestion(
    page: Mapping[str, Any], settings: Settings, site: str | None = None, root: Path | None = None
) -> Suggestion:
    """Return what to paste into a page, a row of the pages frame.

    ``site`` is the address of the top of its site, ``root`` the folder of that top: together
    they give the address of a page that names none. Without ``site`` the settings' only own
    domain counts.
    """
    notes: list[str] = []
    address = page["address"] or _address(page, settings, site, root)
    if not address:
        notes.append(
            "the address of the page is not known: give the option site, such as https://your.site"
        )
    head = tuple(_tags(page, settings, address, root, notes))
    share = tuple(_share(page, settings, address)) if address else ()
    return Suggestion(page["file"], head, share, tuple(notes))


def _address(
    page: Mapping[str, Any], settings: Settings, site: str | None, root: Path | None
) -> str:
    domains = settings.brand.domains
    top = site or (f"https://{domains[0]}" if len(domains) == 1 else "")
    if not top or not page["path"]:
        return ""
    path = Path(page["path"])
    start = root.absolute() if root and path.is_relative_to(root.absolute()) else path.parent
    place = path.relative_to(start).as_posix()
    place = place.removesuffix("index.html") if path.name == "index.html" else place
    return f"{top.rstrip('/')}/{quote(place)}"


def _tags(
    page: Mapping[str, Any], settings: Settings, address: str, root: Path | None, notes: list[str]
) -> Iterator[str]:
    if not page["charset_named"]:
        yield '<meta charset="utf-8">'
    if not page["viewports"]:
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    if not page["language_named"]:
        notes.append('name the language on the html element, such as <html lang="en">')
    title = page["shared_title"] or page["heading"]
    if not title:
        notes.append("the page has neither title nor heading: write a title")
    elif not page["titles"]:
        yield f"<title>{escape(title)}</title>"
    description = page["shared_description"] or page["paragraph"]
    if not description:
        notes.append("the page has no sentence to describe it with: write a description")
    elif not page["shared_description"]:
        yield _meta("name", "description", description)
    if address and not page["canonicals"]:
        yield f'<link rel="canonical" href="{escape(address)}">'
    known = {
        "og_titles": ("og:title", title),
        "og_descriptions": ("og:description", description),
        "og_types": ("og:type", "website"),
        "og_urls": ("og:url", address),
        "og_site_names": ("og:site_name", settings.brand.name),
    }
    for count, (name, value) in known.items():
        if not page[count] and value:
            yield _meta("property", name, value)
    if not page["og_site_names"] and not settings.brand.name:
        notes.append("og:site_name is the brand's name: set brand.name in sharewise.toml")
    yield from _image(page, address, root, notes)
    if not page["card_types"]:
        yield _meta("name", "twitter:card", "summary_large_image")
    yield from _accounts(page, settings)
    if not page["structured"] and title:
        yield _structured(page, title, description, address)


def _image(
    page: Mapping[str, Any], address: str, root: Path | None, notes: list[str]
) -> Iterator[str]:
    image, width, height = page["image"], page["image_width"], page["image_height"]
    alt = None
    if not page["images_shared"]:
        picture = joined(address, page["picture"]) if page["picture"] else ""
        if not is_web(picture):
            notes.append("choose a picture of 1200×630 and name it in og:image")
            return
        yield _meta("property", "og:image", picture)
        image, alt = picture, page["picture_alt"]
        path = Path(page["path"]) if page["path"] else None
        file = local_file(page["picture"], path, root or (path.parent if path else None), False)
        size = image_file(file) if file else None
        if size is not None and size.width:
            width, height = size.width, size.height
    if (
        image
        and width
        and height
        and not page["image_declared"]
        and not page["image_declared_wrong"]
    ):
        yield _meta("property", "og:image:width", str(width))
        yield _meta("property", "og:image:height", str(height))
    if not page["image_alts"] and alt:
        yield _meta("property", "og:image:alt", alt)
    elif not page["image_alts"]:
        notes.append("describe the shared picture in og:image:alt")


def _accounts(page: Mapping[str, Any], settings: Settings) -> Iterator[str]:
    handles = [name.lstrip("@") for name in settings.brand.handles]
    plain = next((name for name in handles if "@" not in name), None)
    fediverse = next((name for name in handles if "@" in name), None)
    if plain and not page["card_sites"]:
        yield _meta("name", "twitter:site", f"@{plain}")
    if fediverse and not page["creators"]:
        yield _meta("name", "fediverse:creator", f"@{fediverse}")


def _structured(page: Mapping[str, Any], title: str, description: str | None, address: str) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": title,
        **({"description": description} if description else {}),
        **({"url": address} if address else {}),
        **({"inLanguage": page["language"]} if page["language_named"] else {}),
    }
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return f'<script type="application/ld+json">{text}</script>'


def _share(page: Mapping[str, Any], settings: Settings, address: str) -> Iterator[str]:
    title = page["shared_title"] or page["heading"] or ""
    named = page["image"] or page["picture"]
    image = joined(address, named) if named else ""
    yield '<ul class="share">'
    for service, form in load_share_forms().templates.items():
        utm = {
            "utm_source": settings.utm.source or service,
            "utm_medium": settings.utm.medium,
            "utm_campaign": settings.utm.campaign,
        }
        link = share_address(form, address, title, image if is_web(image) else "", utm)
        name = NAMES.get(service, service)
        yield (
            f'<li><a href="{escape(link)}" target="_blank" rel="noopener">Share on {name}</a></li>'
            if service != "email"
            else f'<li><a href="{escape(link)}">Send by mail</a></li>'
        )
    held = f'data-url="{escape(address)}" data-title="{escape(title)}"'
    yield (
        f'<li><button type="button" {held} '
        'onclick="navigator.clipboard.writeText(this.dataset.url)">Copy link</button></li>'
    )
    if address.startswith("https://"):
        yield (
            f'<li><button type="button" {held} onclick="navigator.share('
            '{title: this.dataset.title, url: this.dataset.url})">Share with …</button></li>'
        )
    yield "</ul>"


def _meta(attribute: str, name: str, value: str) -> str:
    return f'<meta {attribute}="{name}" content="{escape(value)}">'
