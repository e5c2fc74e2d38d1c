#!/bin/sh
# Builds the stand-in for MicroSIP:  sh build.sh <out.exe> [version]
# Versions: 3.22.16 (default), 3.22.3, 3.19.27. Needs gcc-mingw-w64-x86-64, and SQLite's source from node_modules.
# TARGET=i686-w64-mingw32: a 32-bit program, as the official MicroSIP is; needs gcc-mingw-w64-i686.
# SQLITE_OBJECT: where the compiled SQLite is, or is put when it is not there yet.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: build.sh <out.exe> [version]}
version=${2:-3.22.16}
target=${TARGET:-x86_64-w64-mingw32}
sqlite=$here/../../../node_modules/better-sqlite3/deps/sqlite3
major=${version%%.*}
rest=${version#*.}
minor=${rest%%.*}
patch=${rest#*.}
numbers="-DSTANDIN_MAJOR=$major -DSTANDIN_MINOR=$minor -DSTANDIN_PATCH=$patch"
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
object=${SQLITE_OBJECT:-$temp/sqlite3.o}
if [ ! -f "$object" ]; then
  # Only the UI thread uses it. Nothing here changes how it locks and writes files.
  "$target-gcc" -c -O0 -g0 -DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION -o "$temp/sqlite3.part" "$sqlite/sqlite3.c"
  mv "$temp/sqlite3.part" "$object"
fi
# shellcheck disable=SC2086
"$target-windres" $numbers -I "$here" -O coff "$here/stand-in.rc" "$temp/stand-in.res"
# Nothing here has to be fast, and the headers of Windows take longer to read than all else: they are read once.
flags="-std=gnu11 -O0 -g0 -Wall -Wextra $numbers -D__USE_MINGW_ANSI_STDIO=1 -municode -mwindows -static"
echo '#include "stand-in.h"' >"$temp/first.h"
# shellcheck disable=SC2086
"$target-gcc" $flags -I "$here" -isystem "$sqlite" -x c-header -o "$temp/first.h.gch" "$temp/first.h"
# shellcheck disable=SC2086
"$target-gcc" $flags -I "$here" -isystem "$sqlite" -Winvalid-pch -include "$temp/first.h" \
  -Wl,--disable-dynamicbase -o "$out" "$here"/*.c "$object" "$temp/stand-in.res" \
  -lws2_32 -lcomctl32 -lshell32 -luser32 -lgdi32 -ladvapi32
