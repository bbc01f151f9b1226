"""`python -m handouts …` does what the installed command `handouts …` does."""

from handouts.cli import main

if __name__ == "__main__":
    main()
