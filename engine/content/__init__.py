"""What a post is: reading files, counting text, measuring, platform limits."""
