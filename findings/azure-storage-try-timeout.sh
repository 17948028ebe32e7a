#!/usr/bin/env bash
# @azure/storage-queue 12.32.0: `retryOptions.tryTimeoutInMs`, documented as "the maximum time in ms allowed for any
# single try of an HTTP request", limits nothing in the client. It only adds `?timeout=<seconds>` to the address, a wish
# to the service; a try against a service that answers later than that is waited for. A limit needs an `abortSignal`
# for each call. Here the service answers after 3 s, and the limit is 1 s.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @azure/storage-queue@12.32.0
cat > send.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { QueueClient } from '@azure/storage-queue'

const ANSWER = '<?xml version="1.0"?><QueueMessagesList><QueueMessage><MessageId>1</MessageId></QueueMessage></QueueMessagesList>'
const server = createServer((request, response) => {
  console.log(`asked: ${request.url}`)
  setTimeout(() => response.writeHead(201, { 'content-type': 'application/xml' }).end(ANSWER), 3000)
}).listen(0, '127.0.0.1', async () => {
  const account = `DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;QueueEndpoint=http://127.0.0.1:${server.address().port}/a;`
  const client = new QueueClient(account, 'q', { retryOptions: { maxTries: 1, tryTimeoutInMs: 1000 } })
  console.log(JSON.parse(readFileSync('node_modules/@azure/storage-queue/package.json', 'utf8')).version)
  for (const limited of [false, true]) {
    const began = performance.now()
    const options = limited ? { abortSignal: AbortSignal.timeout(1000) } : {}
    const outcome = await client.sendMessage('hello', options).then(() => 'sent', error => error.name)
    console.log(`${outcome} after ${performance.now() - began < 2500 ? 'about a second' : 'the three seconds of the service'}`)
  }
  server.close()
  server.closeAllConnections()
})
JS
seen=$(node send.mjs)
expected='12.32.0
asked: /a/q/messages?timeout=1
sent after the three seconds of the service
asked: /a/q/messages?timeout=1
AbortError after about a second'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
