"""Character classes, as the inside of [...] in a regular expression (Python, regex and Rust)."""

SPACES = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""Unicode White_Space."""

SPACE_LIST = "".join(
    chr(point)
    for first, last in ((9, 13), (32, 32), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680),
                        (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F),
                        (0x3000, 0x3000))
    for point in range(first, last + 1)
)  # fmt: skip
"""The same, each character written out, to strip by."""

BREAKS = "\n\x0b\x0c\r\x85\u2028\u2029"
"""What ends a line; carriage return and line feed together end one."""

X_SPACES = "\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""Spaces as twitter-text lists them."""

DIRECTION_MARKS = "\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
NEVER_IN_POSTS = "\ufffe\ufeff\uffff"

LATIN_ACCENTS = (
    "\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272"
    "\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
CYRILLIC = "\u0400-\u04ff"
