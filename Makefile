# Needs only make and Python 3.11 or later: `make demo`, then `make desk`; `make test` runs the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DB := quotes.db

.PHONY: demo desk test torture soak hands crawl sbom lint docs clean

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
	PYTHONPATH=tests:. $(BIN)/python tests/torture.py --kills 500

soak: $(VENV)/installed-dev ## Send 100,000 hostile inputs through readers, tokens, quotations, store and export
	PYTHONPATH=tests:. $(BIN)/python tests/soak.py --inputs 100000

hands: $(VENV)/installed-dev ## Let 50 reviewers work over HTTP while two processes extract
	PYTHONPATH=tests:. $(BIN)/python tests/many_hands.py --reviewers 50 --actions 20

crawl: $(VENV)/installed-dev ## Ask every page of the desk with every hostile parameter
	QUOTECHECK_CRAWL_ALL=1 $(BIN)/python -m pytest -q tests/test_security.py -k hostile_parameters

sbom: $(VENV)/installed-dev ## Write sbom.json, the list of all installed components
	$(BIN)/python -m pip inspect --local > sbom.json

lint: $(VENV)/installed-dev ## Style, types and generated pages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/cog --check README.md metadata.yml docs/*.md

docs: $(VENV)/installed-dev ## Write the generated pages anew
	$(BIN)/cog -r README.md metadata.yml docs/*.md

clean: ## Remove what the other targets made
	rm -rf $(VENV) $(DB) $(DB)-wal $(DB)-shm claims.csv sbom.json

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
