#!/bin/sh
# Installs the system packages that the tests need and that pip cannot bring: a browser and a font for it, and a clock
# that can be set.
# Run by "make test". Needs apt-get and root; where it lacks them it says what to install, and the tests that need
# them skip themselves with a reason. Run again, it changes nothing.
set -eu

missing=""
if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
    missing="chromium"
fi
if ! ls /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf >/dev/null 2>&1; then
    missing="$missing fonts-dejavu-core"
fi
if ! command -v faketime >/dev/null; then
    missing="$missing faketime"
fi
missing=${missing# }
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "Tests of browsers and of the clock need: $missing. There is no apt-get here; install them your system's way. Without them these tests are skipped." >&2
    exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "Tests of browsers and of the clock need: $missing. Install them with: sudo apt-get install --no-install-recommends $missing. Without them these tests are skipped." >&2
    exit 0
fi

echo "Installing for tests of browsers and of the clock: $missing …"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # a list of package names
if apt-get update -qq >"$log" 2>&1 && apt-get install -y -qq --no-install-recommends $missing >>"$log" 2>&1; then
    exit 0
fi
echo "Could not install $missing; the browser tests will be skipped. apt-get said:" >&2
tail -n 5 "$log" >&2
exit 0
