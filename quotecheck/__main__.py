"""`python -m quotecheck`."""

from quotecheck.cli import app

if __name__ == "__main__":
    app()
