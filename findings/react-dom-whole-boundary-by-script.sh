#!/usr/bin/env bash
# react-dom 19.3.1: a <Suspense> in which nothing waits is written in place only while the page is small. From about
# 12.8 kB on its content comes in a hidden element at the end, and a script moves it: also where the stream is read only
# after `allReady`, and without JavaScript the page is empty there. A larger `progressiveChunkSize` keeps it in place.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund react@19.3.1 react-dom@19.3.1 >/dev/null
cat >look.mjs <<'JS'
import { createElement as h, Suspense } from 'react'
import { renderToReadableStream } from 'react-dom/server'

async function look(kilobytes, options) {
  const main = h('main', null, 'x'.repeat(kilobytes * 1000))
  const page = h('html', null, h('body', null, h(Suspense, null, main)))
  const stream = await renderToReadableStream(page, options)
  await stream.allReady
  const html = await new Response(stream).text()
  return /<div hidden id="S:\w+"><main>/.test(html) ? 'hidden, until a script moves it' : 'in place'
}

console.log(`react-dom 19.3.1, 12 kB: ${await look(12)}`)
console.log(`react-dom 19.3.1, 25 kB: ${await look(25)}`)
console.log(`react-dom 19.3.1, 25 kB with a progressiveChunkSize of 100 kB: ${await look(25, { progressiveChunkSize: 100_000 })}`)
JS
seen=$(node look.mjs)
echo "$seen"
wanted='react-dom 19.3.1, 12 kB: in place
react-dom 19.3.1, 25 kB: hidden, until a script moves it
react-dom 19.3.1, 25 kB with a progressiveChunkSize of 100 kB: in place'
[ "$seen" = "$wanted" ] || { echo 'this was seen otherwise' >&2; exit 1; }
