#!/bin/sh
# Prints the path of a Chromium for the browser tests; everything else goes to stderr.
#
# Takes $DUIZHAO_BROWSER, or the first one on PATH. Where there is none, and this is a Debian
# run by root, installs Debian's, with fonts for Chinese. Otherwise says what to install and fails.
set -eu

find_browser() {
    for name in "${DUIZHAO_BROWSER:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$name" ] && command -v "$name" && return
    done
    return 1
}

has_chinese_font() {
    # Without fontconfig's tool nobody can say; then believe in the best.
    ! command -v fc-list >/dev/null || [ -n "$(fc-list :lang=zh-cn family)" ]
}

may_install() { command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; }

wanted=
find_browser >/dev/null || wanted=chromium
has_chinese_font || wanted="$wanted fonts-noto-cjk"

if [ -n "$wanted" ] && may_install; then
    [ "$wanted" != chromium ] || wanted="chromium fonts-noto-cjk"
    echo "set-up: installing $wanted" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2
    # shellcheck disable=SC2086  # a list of names
    apt-get install -y -qq --no-install-recommends $wanted >&2
fi

find_browser || {
    echo "The browser tests need Chromium: install it (Debian: apt-get install chromium fonts-noto-cjk), or name yours: make test DUIZHAO_BROWSER=/path/to/chromium" >&2
    exit 1
}
has_chinese_font || echo "set-up: no Chinese font found; browser tests will see boxes (Debian: apt-get install fonts-noto-cjk)" >&2
