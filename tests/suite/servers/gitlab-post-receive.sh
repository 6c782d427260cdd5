#!/bin/sh
# What GitLab says after a push. With `merge_request.create` it opens a merge request by itself, one for each branch, and
# tells its title in the file `title-NUMBER`.
set -eu
page=https://git.example.org/co-ops/story/-/merge_requests
create= title= at=0
while [ "$at" -lt "${GIT_PUSH_OPTION_COUNT:-0}" ]; do
    eval "option=\$GIT_PUSH_OPTION_$at"
    case $option in
    merge_request.create) create=yes ;;
    merge_request.title=*) title=${option#merge_request.title=} ;;
    esac
    at=$((at + 1))
done
while read -r _ _ ref; do
    branch=${ref#refs/heads/}
    if [ -n "$create" ] && ! grep -qsxF "$branch" requests; then echo "$branch" >>requests; fi
    echo
    if grep -qsxF "$branch" requests; then
        number=$(grep -nxF "$branch" requests | cut -d: -f1)
        [ -z "$title" ] || echo "$title" >"title-$number"
        printf 'View merge request for %s:\n  %s/%s\n' "$branch" "$page" "$number"
    else
        printf 'To create a merge request for %s, visit:\n' "$branch"
        printf '  %s/new?merge_request%%5Bsource_branch%%5D=%s\n' "$page" "$branch"
    fi
    echo
done
