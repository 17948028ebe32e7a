#!/usr/bin/env bash
# @aws-sdk/client-sqs 3.1169.0: an endpoint that the environment names (AWS_ENDPOINT_URL_SQS) serves only the calls that
# name no queue. A call with a QueueUrl goes to the host of that URL instead, while with the client's own option
# `endpoint` it goes to that. So against a server whose URLs name another host, a client set by the environment finds a
# queue and cannot use it, and one set by the option can. `useQueueUrlAsEndpoint: false` makes both alike.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error @aws-sdk/client-sqs@3.1169.0 >/dev/null
cat >try.mjs <<'JS'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { DeleteMessageCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs'

const listen = async name => {
  const server = createServer((request, response) => {
    asked.push(name)
    response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify({ QueueUrl: `${other.url}/1/queue` }))
    request.resume()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, url: `http://127.0.0.1:${server.address().port}` }
}
let asked = []
const other = await listen('the host of the queue’s URL')
const named = await listen('the endpoint')
const shared = { region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }
const show = async (how, options) => {
  asked = []
  const client = new SQSClient({ ...shared, ...options })
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'queue' }))
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'x' }))
  console.log(`${how}: GetQueueUrl asks ${asked[0]}, DeleteMessage ${asked[1]}`)
}
await show('option', { endpoint: named.url })
process.env.AWS_ENDPOINT_URL_SQS = named.url
await show('environment', {})
await show('environment, not by URL', { useQueueUrlAsEndpoint: false })
for (const { server } of [other, named]) server.closeAllConnections(), server.close()
JS
seen=$(node try.mjs)
echo "$seen"
expected='option: GetQueueUrl asks the endpoint, DeleteMessage the endpoint
environment: GetQueueUrl asks the endpoint, DeleteMessage the host of the queue’s URL
environment, not by URL: GetQueueUrl asks the endpoint, DeleteMessage the endpoint'
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
