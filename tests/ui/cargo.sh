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
exec "$APPOS_UI_CARGO" --config "$APPOS_UI_PROFILES" "$@"
