"""People's names: kept out of files, and taken out of them."""
