# Needs only make and Python 3.11 or later: `make demo`, then `make desk`; `make test` runs the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DB := quotes.db

.PHONY: demo desk test torture lint docs clean

demo: $(VENV)/installed ## Read the sample articles into a fresh quotes.db, print the claims, write claims.csv
	rm -f $(DB) $(DB)-wal $(DB)-shm
	$(BIN)/quotecheck extract seeds/*.txt --db $(DB)
	$(BIN)/quotecheck claims $(DB) --limit 25
	$(BIN)/quotecheck export $(DB) -o claims.csv
	@echo
	@echo "claims.csv holds every claim. Review them in your browser with:  make desk"

desk: $(VENV)/installed ## Open the review desk on quotes.db (made by `make demo`)
	$(BIN)/quotecheck serve $(DB) --reviewer "$${USER:-me}" --open

test: $(VENV)/installed-dev ## Run the tests
	$(BIN)/python -m pytest

torture: $(VENV)/installed-dev ## Kill processes at 500 random moments and look at what they left
	PYTHONPATH=tests $(BIN)/python tests/torture.py --kills 500

lint: $(VENV)/installed-dev ## Style, types and generated pages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/cog --check README.md metadata.yml docs/*.md

docs: $(VENV)/installed-dev ## Write the generated pages anew
	$(BIN)/cog -r README.md metadata.yml docs/*.md

clean: ## Remove what the other targets made
	rm -rf $(VENV) $(DB) $(DB)-wal $(DB)-shm claims.csv

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/installed
