#!/usr/bin/env bash
# Stands for rustdoc where all is checked (`RUSTDOC`): with the doctests of a crate that is published, its pages are
# written, too, and what is wrong with them is an error. `cargo doc` would read all dependencies once more for that.
set -euo pipefail

rustdoc=$(command -v rustdoc)
arguments=()
name=
is_test=false
given=("$@")
while (($# > 0)); do
    case $1 in
        --test) is_test=true ;;
        --test-run-directory | --test-args | --test-builder) shift ;;
        --test-run-directory=* | --test-args=* | --no-run | --nocapture) ;;
        --crate-name)
            name=$2
            arguments+=("$1" "$2")
            shift
            ;;
        *) arguments+=("$1") ;;
    esac
    shift
done

published=" appos appos_macros appos_codegen appos_runtime appos_cli "
if $is_test && [[ $published == *" $name "* ]]; then
    pages=$(mktemp -d)
    trap 'rm -rf "$pages"' EXIT
    "$rustdoc" "${arguments[@]}" -D warnings --out-dir "$pages"
    echo "The pages of $name are right."
fi
"$rustdoc" "${given[@]}"
