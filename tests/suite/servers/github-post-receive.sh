#!/bin/sh
# What GitHub says after a push of a branch that is new.
set -eu
while read -r old _ ref; do
    case $old in *[!0]*) continue ;; esac
    branch=${ref#refs/heads/}
    printf '\nCreate a pull request for '\''%s'\'' on GitHub by visiting:\n' "$branch"
    printf '     https://git.example.org/co-ops/story/pull/new/%s\n\n' "$branch"
done
