#!/usr/bin/env bash
# What the tests need from the system and npm cannot bring; `npm test` runs this first. On Debian as root it installs
# what is absent; elsewhere it says what to do and goes on: the tests that need it fail by themselves.
set -euo pipefail

# A browser for the pages, with fonts for letters and emoji; psql and pg_dump, which look at databases from outside;
# openssl, which makes certificates; age and zstd, which backups are read with; Redis and Prometheus, which are asked as checks ask them, with promtool, which judges what is for Prometheus; Alertmanager, which tells of alerts.
packages=(chromium fonts-liberation fonts-noto-color-emoji postgresql-client openssl age zstd redis-server prometheus prometheus-alertmanager)
programs=(chromium psql openssl age zstd redis-server prometheus promtool prometheus-alertmanager)

# PostgreSQL refuses to run as root, so root's tests run it as this user.
if [[ $EUID == 0 ]] && ! id postgres >/dev/null 2>&1; then
  useradd --system --shell /usr/sbin/nologin postgres
fi

absent=()
if command -v dpkg-query >/dev/null; then
  installed=" $(dpkg-query -W -f '${Package}:${db:Status-Status} ' "${packages[@]}" 2>/dev/null || true)"
  for package in "${packages[@]}"; do
    [[ $installed == *" $package:installed "* ]] || absent+=("$package")
  done
else
  for program in "${programs[@]}"; do
    command -v "$program" >/dev/null || absent+=("$program")
  done
fi
[[ ${#absent[@]} == 0 ]] && exit 0

if ! command -v apt-get >/dev/null; then
  echo "Some tests will fail without: ${absent[*]}. Install them with your system's package manager." >&2
elif [[ $EUID != 0 ]]; then
  echo "Some tests will fail without these packages. Install them with:" >&2
  echo "  sudo apt-get install -y --no-install-recommends ${absent[*]}" >&2
else
  echo "Installing for the tests: ${absent[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${absent[@]}" >/dev/null
fi
