#!/bin/sh
# Debian packages that only tests need: a browser for the pages, Tesseract for pages that are pictures, openssl for a
# time-stamping authority, Java for Spark, and what PyICU is compiled with, which FollowTheMoney needs.
# As root on Debian they are installed; anywhere else the tests that need them are skipped, with a line that says so.
missing=""
command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
command -v chromedriver >/dev/null 2>&1 || missing="$missing chromium-driver"
command -v tesseract >/dev/null 2>&1 || missing="$missing tesseract-ocr tesseract-ocr-ara"
fc-list 2>/dev/null | grep -q "Noto Naskh" || missing="$missing fonts-noto-core"
command -v openssl >/dev/null 2>&1 || missing="$missing openssl"
command -v java >/dev/null 2>&1 || missing="$missing default-jre-headless"
pkg-config --exists icu-i18n 2>/dev/null || missing="$missing g++ libicu-dev pkg-config"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    # shellcheck disable=SC2086  # a list of names
    apt-get update -q >/dev/null 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $missing >/dev/null 2>&1 && exit 0
fi
echo "Not installed:$missing. The tests that need them are skipped."
