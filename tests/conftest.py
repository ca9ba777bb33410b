"""What holds for all tests: they leave nothing in the home folder."""

import os

os.environ["SHAREWISE_CACHE"] = ""
