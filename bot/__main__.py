"""``python -m bot`` is ``sourcier``."""

from bot.cli import main

if __name__ == "__main__":
    main()
