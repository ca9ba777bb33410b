"""Run the command line with ``python -m sharewise``."""

from .cli import main

if __name__ == "__main__":
    main()
