#!/bin/sh
# A Debian with the Wine that also runs 32-bit programs, in a folder of its own: beside the libraries of another machine
# its packages may conflict.  sh make-root.sh <folder>   Needs root, debootstrap and Debian's packages; takes a minute.
set -eu
root=${1:?usage: make-root.sh <folder>}
if [ -e "$root/ready" ]; then exit 0; fi
rm -rf "$root"
mkdir -p "$root"
debootstrap --variant=minbase bookworm "$root"
chroot "$root" sh -eu -c '
  export DEBIAN_FRONTEND=noninteractive
  dpkg --add-architecture i386
  apt-get update -q
  apt-get install -y -q --no-install-recommends wine wine64 wine32:i386
  apt-get clean'
# Programs for the outside, which run inside: in the same folder, which enter.sh shows there too.
mkdir "$root/outside"
for name in wine wineserver wineboot; do
  printf '#!/bin/sh\nexec chroot "%s" /bin/sh -c '\''cd "$0" && exec "$@"'\'' "$PWD" %s "$@"\n' "$root" "$name" >"$root/outside/$name"
  chmod +x "$root/outside/$name"
done
touch "$root/ready"
