#!/bin/sh
# Bring .venv up to what pyproject.toml and constraints.txt ask for; at once if it is. Called by make.
# usage: PYTHON=python3.11 TORCH_INDEX= tools/install.sh STAMP
set -eu
stamp=$1
venv=$(dirname "$stamp")
python="$venv/bin/python"

say() { printf '%s\n' "$*"; }

# The dependencies that pyproject.toml names, one on each line: PyTorch's, or all the others.
named() {
	"$python" - "$1" <<-'END'
		import sys, tomllib
		with open("pyproject.toml", "rb") as file:
		    project = tomllib.load(file)["project"]
		needed = project["dependencies"] + project["optional-dependencies"]["dev"]
		print(*(line for line in needed if line.startswith("torch==") == (sys.argv[1] == "torch")), sep="\n")
	END
}

# What is asked for, as a number: a stamp with the same number means that there is nothing to do.
wanted() { { named torch && named others && cat constraints.txt; } | cksum; }

if [ -x "$python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$(wanted)" ]; then exit 0; fi

if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
	say "Nabla needs Python 3.11, and '$PYTHON' is not it."
	say "Install it (Debian 12: apt-get install python3.11-venv), or name it: make run PYTHON=/path/to/python3.11"
	exit 1
fi

if [ ! -x "$python" ]; then
	say "Making an environment in $venv ..."
	if ! "$PYTHON" -m venv "$venv"; then
		say "This Python cannot make environments. On Debian: apt-get install python3.11-venv"
		rm -rf "$venv"
		exit 1
	fi
fi

lists=$(mktemp -d)
trap 'rm -rf "$lists"' EXIT INT TERM
named torch > "$lists/torch"
named others > "$lists/others"

install() { "$python" -m pip install --progress-bar on --constraint constraints.txt "$@"; }

say "Installing PyTorch, the largest part. The first time this may take some minutes ..."
install ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} --requirement "$lists/torch"
say "Installing everything else ..."
install --requirement "$lists/others"
wanted > "$stamp"
say "Installed."
