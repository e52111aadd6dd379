#!/bin/sh
# Installs tesseract (with Vietnamese), antiword, Pango (for PDF), a font and chromium (for the tests of pages) where
# apt-get and the rights for it are there. Never fails: what is missing is said in one clear line, and the program works without it.
set -u

pango() { ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0.so; }
subsets() { ldconfig -p 2>/dev/null | grep -q libharfbuzz-subset.so; }
browser() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }

missing=""
command -v tesseract >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx vie || missing="tesseract-ocr tesseract-ocr-vie"
command -v antiword >/dev/null 2>&1 || missing="$missing antiword"
pango || missing="$missing libpango-1.0-0 libpangoft2-1.0-0"
subsets || missing="$missing libharfbuzz-subset0"
browser || missing="$missing chromium"
fc-list 2>/dev/null | grep -qi dejavu || [ -d /usr/share/fonts/truetype/dejavu ] || missing="$missing fonts-dejavu-core"
[ -z "$missing" ] && exit 0

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    # one by one at last: where a system does not know one of them, the others are worth having
    # shellcheck disable=SC2086 # a list of package names
    { apt-get install -y -qq $missing || { apt-get update -qq && apt-get install -y -qq $missing; } ||
        for package in $missing; do apt-get install -y -qq "$package"; done; } >/dev/null 2>&1
fi

command -v tesseract >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx vie ||
    echo "note: tesseract with Vietnamese (vie) is not installed; scans will not be read"
command -v antiword >/dev/null 2>&1 || echo "note: antiword is not installed; old .doc files will not be read"
browser || echo "note: chromium is not installed; the tests of pages in a browser will be skipped"
pango || echo "note: Pango is not installed; histories will not be written as PDF"
exit 0
