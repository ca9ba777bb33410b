"""Landing pages: read from HTML, what they say about themselves, how their cards look."""
