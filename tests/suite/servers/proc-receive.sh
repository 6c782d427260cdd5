#!/bin/sh
# Proposals without branches, as Forgejo takes them: what is pushed to refs/for/BRANCH with a topic becomes
# refs/pull/NUMBER/head. Authors whose addresses stand in the file `barred` may not propose.
set -eu

# Reads a packet into `line`; fails at the end of a list.
packet() {
    size=$(dd bs=1 count=4 2>/dev/null)
    case $size in '' | 0000) return 1 ;; esac
    line=$(dd bs=1 count=$((0x$size - 4)) 2>/dev/null | tr '\000' ' ')
}

say() { printf '%04x%s' $((${#1} + 4)) "$1"; }

features= commands= topic= title= force=
while packet; do features="$features $line"; done
printf '001aversion=1\000push-options0000'
while packet; do commands="$line"; done
case $features in *push-options*)
    while packet; do
        case $line in
        topic=*) topic=${line#topic=} ;;
        title=*) title=${line#title=} ;;
        force-push | force-push=true) force=yes ;;
        esac
    done
    ;;
esac

propose() { # old, new, ref
    [ -n "$topic" ] || { say "ng $3 the topic is missing"; return; }
    author=$(git log -1 --format=%ae "$2")
    if grep -qsxF "$author" barred; then say "ng $3 you may not propose here"; return; fi
    grep -qsxF "$topic" topics || echo "$topic" >>topics
    number=$(grep -nxF "$topic" topics | cut -d: -f1)
    pull=refs/pull/$number/head
    before=$(git rev-parse --quiet --verify "$pull" || :)
    forced=
    if [ "$before" = "$2" ]; then say "ng $3 new commit is same with old commit"; return; fi
    if [ -n "$before" ] && ! git merge-base --is-ancestor "$before" "$2"; then
        [ -n "$force" ] || { say "ng $3 non-fast-forward: set the force-push option"; return; }
        forced=yes
    fi
    git update-ref "$pull" "$2"
    [ -n "$before" ] || echo "$title" >"title-$number"
    printf '\nVisit the existing pull request:\n  https://git.example.org/co-ops/story/pulls/%s\n\n' "$number" >&2
    say "ok $3"
    say "option refname $pull"
    [ -z "$before" ] || say "option old-oid $before"
    say "option new-oid $2"
    [ -z "$forced" ] || say "option forced-update"
}

# shellcheck disable=SC2086
propose $commands
printf '0000'
