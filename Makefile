# Every chore has one name. `make help` lists them.

PYTHON ?= python3
PORT ?= 8000
SERVE ?= yes
BIN := .venv/bin
BENCH := var/bench-venv/bin
# Every benchmark that needs neither the application nor a cluster, which have their own lines below.
BENCHMARKS := $(filter-out country engines pages,$(basename $(notdir $(wildcard benchmarks/*.py))))
DEMONSTRATION := WARDWELL_DEMONSTRATION=yes
# The version is looked at first, in words that any Python there ever was can read.
PREPARE := $(PYTHON) -c "import sys; sys.version_info < (3, 11) and sys.exit('wardwell: Python 3.11 or newer is needed; this is %d.%d. Name another: make PYTHON=python3.12 ...' % sys.version_info[:2])" && $(PYTHON) setup/prepare.py

.DEFAULT_GOAL := help
.PHONY: help demo test test-engines check format bench bench-engines docs reference pictures example lock clean

help: ## List the chores
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Set everything up, run the main job and serve it at http://localhost:8000 (SERVE=no: do not serve; PORT=…)
	@$(PREPARE) --for demo
	@$(DEMONSTRATION) $(BIN)/wardwell migrate
	@$(DEMONSTRATION) $(BIN)/wardwell install swp
	@$(DEMONSTRATION) $(BIN)/wardwell demonstrate --port $(PORT) $(if $(filter no,$(SERVE)),--no-serve)

test: ## Set everything up and run the whole test suite, in a real browser too
	@$(PREPARE) --for test
	@OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -q -n auto --maxprocesses 4 --dist loadgroup

test-engines: ## Run the table tests on a cluster engine too: Spark, two executors on this machine (needs Java)
	@$(PREPARE) --for engines
	@$(BIN)/pytest -q -m engines tests/wardstats/engines

check: ## Format, lint, types, import contracts, templates, missing migrations, spelling
	@$(PREPARE) --for check
	@$(BIN)/ruff format --check -q src tests setup benchmarks
	@$(BIN)/ruff check -q src tests setup benchmarks
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo > var/contracts.log || { cat var/contracts.log; exit 1; }
	@$(BIN)/codespell src tests docs setup *.md
	@$(BIN)/wardwell manage check --fail-level WARNING > /dev/null
	@WARDWELL_HOSTS=wardwell.example WARDWELL_SECRET_KEY=0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ $(BIN)/wardwell manage check --deploy --fail-level WARNING > /dev/null
	@$(BIN)/wardwell manage makemigrations --check --dry-run -v 0
	@$(BIN)/wardwell reference --check

format: ## Put the code into its one format
	@$(BIN)/ruff check --fix -q src tests setup benchmarks; $(BIN)/ruff format -q src tests setup benchmarks

bench: ## Measure ours against others, as ratios in one run (a quarter of an hour; BENCHMARKS="raking linkage": only these)
	@$(PREPARE) --for bench
	@failed=; for name in $(BENCHMARKS); do echo "== $$name"; $(BENCH)/python -m benchmarks.$$name || failed="$$failed $$name"; done; \
		test -z "$$failed" || { echo "A goal was missed or a benchmark failed:$$failed"; exit 1; }
	@$(DEMONSTRATION) $(BIN)/wardwell migrate > /dev/null
	@$(DEMONSTRATION) $(BIN)/wardwell install > /dev/null
	@$(DEMONSTRATION) $(BIN)/wardwell demonstrate --no-serve > /dev/null
	@$(DEMONSTRATION) DJANGO_SETTINGS_MODULE=wardwell.config.settings $(BIN)/python benchmarks/pages.py

bench-engines: ## Measure the standard figures on DuckDB and on Spark, side by side (needs Java)
	@$(PREPARE) --for engines
	@$(BIN)/python -m benchmarks.engines

docs: ## Build the documentation into site/
	@$(PREPARE) --for check
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict -q && echo "The documentation is in site/index.html."

reference: ## Write the generated reference in docs/reference anew
	@$(BIN)/wardwell reference

pictures: ## Take the pictures of README and tutorial from the demonstration that is being served
	@$(BIN)/python setup/take_pictures.py

example: ## Draw the picture of the analysts' guide anew, by running the guide's own lines
	@$(BIN)/python setup/draw_example.py

lock: ## Lock the dependencies anew, with hashes and without any index address
	@uv pip compile --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links -q requirements.in -o requirements.txt
	@uv pip compile --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links -q requirements-dev.in -o requirements-dev.txt
	@uv pip compile --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links -q requirements-engines.in -c requirements-dev.txt -o requirements-engines.txt
	@uv pip compile --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links -q requirements-bench.in -c requirements-dev.txt -o requirements-bench.txt

clean: ## Remove the virtual environment, the packages and all data of this checkout
	@-$(BIN)/python -c "from wardwell.config.postgres import stop; from pathlib import Path; stop(Path('var').resolve())"
	@rm -rf .venv node_modules var site src/wardwell/web/assets/built
