"""The catalogue of a page's measures; rules and docs are held to it as to those of posts.

``page.*`` are known in a page's general row alone, ``card.*`` in its rows of platforms: so a
rule about the page speaks once, and one about a card where that card is drawn.
"""

from .catalogue import FLAG, FLOAT, INT, TEXT, Measure, measures
from .no_texts import TEXTS

_WORDS = measures("page.", [
    ("bytes", INT, "bytes", "size of the HTML"),
    ("title", TEXT, "", "the title element"),
    ("titles", INT, "elements", "title elements in the head"),
    ("title_length", INT, "characters", "length of the title element"),
    ("description", TEXT, "", "the description for search engines"),
    ("descriptions", INT, "tags", "descriptions for search engines"),
    ("shared_title", TEXT, "", "the title that is shared: og:title, else the title element"),
    ("shared_title_length", INT, "characters", "its length"),
    ("shared_description", TEXT, "", "what is shared: og:description, else description"),
    ("shared_description_length", INT, "characters", "its length"),
    ("scripts", INT, "scripts", "scripts"),
    ("language", TEXT, "", "the language that the html element names"),
    ("language_named", FLAG, "", "whether it is a language tag, such as en or pt-BR"),
    ("charset", TEXT, "", "the encoding that the page names early enough"),
    ("charset_named", FLAG, "", "whether it names one within its first 1,024 bytes"),
    ("address", TEXT, "", "its own address: canonical, else og:url"),
    ("canonical", TEXT, "", "the canonical address as written"),
    ("canonicals", INT, "links", "canonical links"),
    ("canonicals_differ", FLAG, "", "whether several canonical links name different addresses"),
    ("canonical_complete", FLAG, "", "whether the canonical address starts with http:// or https://"),
    ("https", FLAG, "", "whether its own address starts with https://; null: it names none"),
])  # fmt: skip

_OPEN_GRAPH = measures("page.", [
    ("og_titles", INT, "tags", "og:title tags"),
    ("og_titles_differ", FLAG, "", "whether several og:title tags say different things"),
    ("og_descriptions", INT, "tags", "og:description tags"),
    ("og_types", INT, "tags", "og:type tags"),
    ("og_urls", INT, "tags", "og:url tags"),
    ("og_url", TEXT, "", "og:url as written"),
    ("og_url_complete", FLAG, "", "whether it starts with http:// or https://"),
    ("og_url_matches", FLAG, "", "whether og:url and canonical are one address"),
    ("og_site_names", INT, "tags", "og:site_name tags"),
    ("og_in_name", TEXTS, "", "Open Graph tags that stand in name= instead of property="),
    ("og_empty", TEXTS, "", "Open Graph and card tags without content"),
    ("oembeds", INT, "links", "oEmbed discovery links"),
    ("oembed_complete", FLAG, "", "whether they start with http:// or https://"),
    ("players", INT, "elements", "videos, audio and frames with a player"),
])  # fmt: skip

_IMAGE = measures("page.", [
    ("images_shared", INT, "tags", "og:image tags, else twitter:image tags, with content"),
    ("image", TEXT, "", "the picture that is shared, as written"),
    ("image_scheme", TEXT, "", "https:, http:, data: …; empty for a relative address"),
    ("image_complete", FLAG, "", "whether its address starts with http:// or https://"),
    ("image_https", FLAG, "", "whether it starts with https://; null: it is not complete"),
    ("image_format", TEXT, "", "jpeg, png, webp, gif, svg …; null: neither type nor ending say"),
    ("image_declared", FLAG, "", "whether width and height are declared, both numbers above 0"),
    ("image_declared_wrong", FLAG, "", "whether width or height are declared as no number above 0"),
    ("image_declared_size", TEXT, "", "the size as declared"),
    ("image_width", INT, "pixels", "its width: of the file where it is at hand, else as declared"),
    ("image_height", INT, "pixels", "its height, likewise"),
    ("image_side", INT, "pixels", "the shorter of the two"),
    ("image_aspect", FLOAT, "width / height", "its shape"),
    ("image_file", FLAG, "", "whether its file is there; null: it is not on this machine"),
    ("image_readable", FLAG, "", "whether that file is a picture"),
    ("image_file_size", TEXT, "", "the size of the file in pixels"),
    ("image_differs", FLAG, "", "whether the file has another size than declared"),
    ("image_bytes", INT, "bytes", "weight of its file"),
    ("image_alts", INT, "tags", "alternative texts for it"),
])  # fmt: skip

_SHARING = measures("page.", [
    ("share_links", INT, "links", "share links that work today"),
    ("share_services", TEXTS, "", "the services that they share to"),
    ("share_broken", TEXTS, "", "share buttons of services that are gone, with the reason"),
    ("share_outdated", TEXTS, "", "share links of a form that is outdated, with the reason"),
    ("share_empty", TEXTS, "", "share links that share nothing useful, with the reason"),
    ("share_unencoded", TEXTS, "", "share links that lose a part of the page's address"),
    ("share_elsewhere", TEXTS, "", "share links of another page; null: own address not known"),
    ("share_untagged", INT, "links", "working share links without utm_source"),
    ("share_unnamed", INT, "links", "share links without any words, also for screen readers"),
    ("share_widgets", INT, "scripts", "scripts of others that draw share buttons"),
    ("web_share", FLAG, "", "whether a script opens the device's share sheet"),
    ("copy_link", FLAG, "", "whether a script copies to the clipboard"),
])  # fmt: skip

_BARRIERS = measures("page.", [
    ("noindex", FLAG, "", "whether search engines are told to leave it out"),
    ("nosnippet", FLAG, "", "whether previews of its text or pictures are forbidden"),
    ("viewports", INT, "tags", "viewport tags"),
    ("viewport_fits", FLAG, "", "whether the viewport is as wide as the device"),
    ("zoom_blocked", FLAG, "", "whether readers can't enlarge it twofold"),
    ("insecure_parts", INT, "elements", "pictures, scripts and frames with http://"),
    ("refresh", FLAG, "", "whether it sends readers on by itself"),
    ("overlays", TEXTS, "", "what covers the page on arrival"),
    ("paywall", FLAG, "", "whether it has the marks of a paywall"),
    ("paywall_declared", FLAG, "", "whether its structured data say that it is not free"),
    ("logins", INT, "fields", "password fields"),
    ("script_links", INT, "links", "links with javascript:"),
    ("images_without_alt", INT, "images", "pictures without alt attribute"),
    ("noscript_needed", FLAG, "", "whether it holds next to no words until scripts run"),
])  # fmt: skip

_FILES = measures("page.", [
    ("downloads", INT, "links", "links to files to download"),
    ("download_formats", TEXTS, "", "their formats"),
    ("downloads_closed", TEXTS, "", "files of formats that share sheets and phones don't take"),
    ("downloads_unnamed", TEXTS, "", "files whose link names neither format nor size"),
    ("downloads_unsized", TEXTS, "", "files whose link names the format, not the size"),
    ("download_bytes", INT, "bytes", "weight of the heaviest file that is at hand"),
    ("downloads_missing", TEXTS, "", "files that are not where the link says, on this machine"),
    ("structured", INT, "blocks", "blocks of structured data"),
    ("structured_broken", INT, "blocks", "JSON-LD blocks that are no JSON"),
    ("structured_types", TEXTS, "", "the types they name"),
])  # fmt: skip

_CARD = measures("card.", [
    ("drawn", FLAG, "", "whether the platform draws a card for a link"),
    ("kind", TEXT, "", "large, small or none"),
    ("title", TEXT, "", "the title it shows"),
    ("title_length", INT, "characters", "its length"),
    ("description", TEXT, "", "the description it shows"),
    ("description_length", INT, "characters", "its length"),
    ("image", TEXT, "", "the picture it shows"),
    ("image_width", INT, "pixels", "width of the picture"),
    ("image_height", INT, "pixels", "height of the picture"),
    ("image_bytes", INT, "bytes", "weight of the picture's file, where it is at hand"),
    ("image_format", TEXT, "", "format of the picture"),
    ("types", INT, "tags", "twitter:card tags"),
    ("type", TEXT, "", "the twitter:card as written, lower case"),
    ("type_known", FLAG, "", "whether it is one of X's"),
    ("sites", INT, "tags", "twitter:site tags"),
    ("creators", INT, "tags", "fediverse:creator tags"),
    ("shared_to", FLAG, "", "whether the page has a working share link to the platform"),
])  # fmt: skip

PAGE_MEASURES: dict[str, Measure] = (
    _WORDS | _OPEN_GRAPH | _IMAGE | _SHARING | _BARRIERS | _FILES | _CARD
)
