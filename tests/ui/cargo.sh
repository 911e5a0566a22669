#!/bin/sh
# `cargo` for trybuild. That names the target and flags for the compiler, with which all dependencies would be
# built twice more; without, they are those that this repository has built.
set -eu
skip=
for word; do
    shift
    if [ -n "$skip" ]; then
        skip=
        continue
    fi
    case $word in
    --target) skip=yes ;;
    --config=build.rustflags=* | --config=target.*.rustflags=*) ;;
    *) set -- "$@" "$word" ;;
    esac
done
# Build scripts that look at what cargo has told of the test's own package would run again.
for name in $(env | sed -n 's/^\(CARGO_\(BIN\|CRATE\|MANIFEST\|PKG\)_[A-Z_]*\)=.*/\1/p'); do
    unset "$name"
done
exec "$APPOS_UI_CARGO" --config "$APPOS_UI_PROFILES" "$@"
