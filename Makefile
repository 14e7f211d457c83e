# Everything that is done with Nabla from a checkout. `make help` lists it.
#
# TORCH_INDEX  an index to take PyTorch from, e.g. one of CPU builds; empty: pip's own, whose wheel for
#              x86 Linux brings CUDA along
# PYTHON       the Python 3.11 to make .venv with
# PYTEST       further arguments for the tests, e.g. make test PYTEST="-k wire -x"
# ATTACKS      further arguments for the attacks, e.g. make attacks ATTACKS="--family exhaustion --seed 7"
# EXERCISES    folders for make course-table, which takes all if none is given
# NABLA_PORT   where make run serves, 8000 if not said; a port that is taken is passed over
# NABLA_DATA   where make run keeps its data, var/ if not said

SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= python3.11
TORCH_INDEX ?=
PYTEST ?=
ATTACKS ?=
EXERCISES ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BIN := .venv/bin
INSTALLED := .venv/installed

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-17s%s\n", $$1, $$2}' Makefile
	@echo
	@sed -n '/^# TORCH_INDEX/,/^$$/s/^#/ /p' Makefile

.PHONY: run
run: $(INSTALLED) ## Serve the course here: pages, judge, queue; prints the address; Ctrl-C ends all of it
	@exec $(BIN)/python -m courseapp.devserver

.PHONY: test
test: $(INSTALLED) ## Run the whole test suite; what this machine cannot test is said at the end
	$(BIN)/python -m pytest $(PYTEST)

.PHONY: check
check: $(INSTALLED) ## Lint, formats, types, templates, migrations, deployment settings, who imports whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint courseapp/templates
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	NABLA_HTTPS=true NABLA_SECRET_KEY="$$(od -An -N40 -tx1 /dev/urandom | tr -d ' \n')" \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

.PHONY: e2e
e2e: $(INSTALLED) ## Only the journeys through a real browser; needs Chromium
	NABLA_REQUIRE_CHROMIUM=1 $(BIN)/python -m pytest -m e2e $(PYTEST)

.PHONY: attacks
attacks: $(INSTALLED) ## Every hostile submission, twice in random order, beside honest ones
	$(BIN)/python -m tests.attacks $(ATTACKS)

.PHONY: fuzz
fuzz: $(INSTALLED) ## Send a million mutated messages to the judge; FUZZ="--messages 5000000 --seed 1" says otherwise
	$(BIN)/python tests/grader/sandbox/fuzz_wire.py $(FUZZ)

.PHONY: gate
gate: $(INSTALLED) ## Grade every stored solution and compare with its declared outcome
	$(BIN)/python -m grader gate

.PHONY: mutation
mutation: $(INSTALLED) ## Break every right solution in every small way, and count what goes unnoticed; some minutes
	$(BIN)/python -m grader gate --mutation

.PHONY: course-table
course-table: $(INSTALLED) ## Gate and mutants, with the results stored, and docs/course.md made of them; minutes
	$(BIN)/python -m grader gate --mutation --record $(EXERCISES)

.PHONY: bench
bench: $(INSTALLED) ## Measure what boxes and verdicts cost, beside cold starts; best on a quiet machine
	$(BIN)/python -m grader bench

.PHONY: compose-test
compose-test: ## Build and start the site in containers, sign up, submit; needs a Docker daemon, else says so
	$(PYTHON) tools/compose_test.py

.PHONY: compose-attacks
compose-attacks: ## The same, and every hostile submission in a worker's container; about ten minutes
	$(PYTHON) tools/compose_test.py --attacks

.PHONY: build-static
build-static: ## Build the browser bundles anew from the lock file; needs Node and npm
	npm ci
	npm run check
	npm test
	npm run build

.PHONY: constraints
constraints: $(INSTALLED) ## Write constraints.txt anew from what .venv holds
	@sed -n 1p constraints.txt > constraints.new
	@$(BIN)/pip freeze | sed 's/^\(torch==[^+]*\)+.*/\1/' >> constraints.new
	@mv constraints.new constraints.txt

.PHONY: clean
clean: ## Remove .venv and caches; what was handed in stays, in var/
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp holds the hash of what was installed, so that a checkout of another commit installs what it lacks,
# and a file that was merely touched installs nothing.
.PHONY: install
$(INSTALLED): install
install:
	@PYTHON='$(PYTHON)' TORCH_INDEX='$(TORCH_INDEX)' sh tools/install.sh $(INSTALLED)
