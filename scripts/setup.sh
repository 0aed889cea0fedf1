#!/bin/sh
# Sets Portolan up in the checkout at $1: installs the packages of the lock file, then builds. Everything that is
# already done is skipped, so that an interrupted set-up is resumed. Called by the launcher with its output on stderr.
# Status 75 (EX_TEMPFAIL of sysexits.h): it waited for another set-up and did nothing; look again.
#
# Needs Node.js and npm from 20.19 up for the first part; the rest runs on the pinned Node 24 from the packages.

NEEDED="20.19"

# fail STATUS WHAT WHY NEXT
fail() {
  printf 'portolan: %s\n  %s\n  next: %s\n' "$2" "$3" "$4" >&2
  exit "$1"
}

cd -P -- "$1" || fail 69 "the checkout cannot be entered" "cd $1 failed" "ls -ld '$1'"
root=$(pwd -P)

# The lock is the kernel's, so a killed set-up leaves none behind. What that set-up had started (npm, the build) holds
# it as well, until it has ended too.
mkdir -p .portolan-setup 2>/dev/null && (: >>.portolan-setup/lock) 2>/dev/null ||
  fail 69 "Portolan is not set up here, and cannot be" "$root cannot be written by $(id -un)" \
    "sudo '$root/portolan' --version"
command -v flock >/dev/null 2>&1 ||
  fail 69 "Portolan cannot be set up without flock" "it keeps two set-ups from running at once" \
    "sudo apt install util-linux"
exec 9>>.portolan-setup/lock
if ! flock --nonblock 9; then
  echo "portolan: waiting for another set-up of this checkout" >&2
  flock 9 || fail 69 "the set-up could not be locked" "flock failed on $root/.portolan-setup/lock" \
    "'$root/portolan' --version"
  exit 75
fi

# npm writes this file last. The copy tells a lock file that only its time made look newer.
hidden=node_modules/.package-lock.json
installed() {
  [ -e "$hidden" ] || return 1
  [ package-lock.json -nt "$hidden" ] || return 0
  cmp -s package-lock.json node_modules/.portolan-installed && touch -r package-lock.json "$hidden"
}

# old_node VERSION: whether it is below what npm ci needs
old_node() {
  major=${1#v} major=${major%%.*}
  minor=${1#v*.} minor=${minor%%.*}
  [ "$major" -lt "${NEEDED%.*}" ] || { [ "$major" -eq "${NEEDED%.*}" ] && [ "$minor" -lt "${NEEDED#*.}" ]; }
}

if ! installed; then
  upgrade="sudo apt install npm && sudo npx --yes n 24"
  command -v node >/dev/null 2>&1 ||
    fail 69 "Portolan needs Node.js to set itself up" "there is no node on the PATH" "$upgrade"
  version=$(node --version) ||
    fail 69 "Portolan needs Node.js to set itself up" "$(command -v node) does not run" "$upgrade"
  if old_node "$version"; then
    fail 69 "Node.js $version is too old to set Portolan up" "its npm packages ask for $NEEDED or newer" "$upgrade"
  fi
  command -v npm >/dev/null 2>&1 ||
    fail 69 "Portolan needs npm to set itself up" "there is no npm on the PATH" "sudo apt install npm"
  echo "portolan: first use, or new packages: installing them (npm ci)" >&2
  # NODE_ENV=production and a caller's own npm settings must not leave out what the build needs.
  npm ci --include=dev --include=optional --no-audit --no-fund --loglevel=error ||
    fail 69 "the packages could not be installed" \
      "npm ci ended with $?; without a network, or behind a proxy, it cannot fetch them" \
      "cd '$root' && npm ci"
  cp package-lock.json node_modules/.portolan-installed
  [ package-lock.json -nt "$hidden" ] && touch -r package-lock.json "$hidden"
fi

node=node_modules/.bin/node
[ -x "$node" ] || node=$(command -v node)
version=$("$node" --version 2>/dev/null)
major=${version#v} major=${major%%.*}
[ "${major:-0}" -ge 24 ] ||
  fail 69 "Portolan runs on Node.js 24 or newer" \
    "the packages bring it for Linux on x64 and arm64; here is ${version:-none that runs} ($(uname -m))" \
    "sudo npx --yes n 24"

echo "portolan: building" >&2
env -u NODE_OPTIONS "$node" scripts/build.ts ||
  fail 70 "the program could not be built" "the build's own message stands above" \
    "cd '$root' && npm run build"

# Set up by root in somebody's checkout, it stays theirs to change and to remove.
if [ "$(id -u)" = 0 ]; then
  chown -hR --reference=. -- node_modules dist .portolan-setup
fi
