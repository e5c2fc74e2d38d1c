#!/bin/sh
# Runs a program for which `wine` is the one in the folder that make-root.sh made:  sh enter.sh <root> <project> <program>…
# Needs root. What is mounted for it is gone when it ends, however it ends: nobody else sees it.
set -eu
root=$1 project=$2
shift 2
export WINE_32_ROOT="$root" WINE_32_PROJECT="$project"
exec unshare --mount --propagation private sh -eu -c '
  mount -t proc proc "$WINE_32_ROOT/proc"
  mount --rbind /dev "$WINE_32_ROOT/dev"
  for folder in /tmp "$WINE_32_PROJECT" "$(realpath "$WINE_32_PROJECT/node_modules")"; do
    mkdir -p "$WINE_32_ROOT$folder"
    mount --bind "$folder" "$WINE_32_ROOT$folder"
  done
  export PATH="$WINE_32_ROOT/outside:$PATH"
  exec "$@"' sh "$@"
