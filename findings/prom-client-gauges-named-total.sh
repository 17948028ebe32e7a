#!/usr/bin/env bash
# prom-client 15.1.3: three of its own default metrics are gauges that end in `_total`, the ending of counters, so that
# `promtool check metrics` of Prometheus' own package refuses every page of a process that collects them (exit code 3).
# The same numbers by type stand in metrics without the ending, which it accepts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund prom-client@15.1.3 >/dev/null
apt-get download -qq prometheus >/dev/null 2>&1
dpkg-deb -x prometheus_*.deb root
cat >page.cjs <<'JS'
const { collectDefaultMetrics, Registry } = require('prom-client')
const registry = new Registry()
collectDefaultMetrics({ register: registry })
for (const name of process.argv.slice(2)) registry.removeSingleMetric(name)
registry.metrics().then(text => console.log(text)).finally(() => process.exit())
JS
gauges=$(node page.cjs | sed -n 's/^# TYPE \(.*_total\) gauge$/\1/p')
check() { node page.cjs "$@" | root/usr/bin/promtool check metrics >told 2>&1 && echo 'accepted' || echo "exit code $?"; }
seen="gauges: $(echo $gauges)
all default metrics: $(check)
what is told: $(sed 's/^\S* //' told | sort -u | head -1)
without these three: $(check $gauges)"
echo "$seen"
wanted='gauges: nodejs_active_resources_total nodejs_active_handles_total nodejs_active_requests_total
all default metrics: exit code 3
what is told: non-counter metrics should not have "_total" suffix
without these three: accepted'
[ "$seen" = "$wanted" ] || { echo 'this was seen otherwise' >&2; exit 1; }
