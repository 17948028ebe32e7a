#!/usr/bin/env bash
# @aws-sdk/lib-storage 3.1169.0 (client-s3 3.1169.0): after `upload.abort()` the promise of `upload.done()` rejects before
# AbortMultipartUpload has reached the service, and the promise of `abort()` has resolved by then, too: nothing tells when
# the parts are gone. A program that ends in the handler of that rejection leaves the upload open, and its parts are paid
# for until something else removes them. Where a part fails instead of an abort, `done()` does wait for that call.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error @aws-sdk/client-s3@3.1169.0 @aws-sdk/lib-storage@3.1169.0 >/dev/null
cat >try.mjs <<'JS'
import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { S3 } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'

const service = new EventEmitter()
let [hasEnded, partsFail] = [false, false]
const server = createServer(async (request, response) => {
  for await (const _ of request);
  if (request.method === 'POST') {
    response.setHeader('Content-Type', 'application/xml')
    response.end('<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>')
  } else if (request.method === 'DELETE') {
    hasEnded = true
    response.writeHead(204).end()
    service.emit('ended')
  } else {
    response.writeHead(partsFail ? 400 : 200, { ETag: '"part"' }).end()
    service.emit('part')
  }
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const client = new S3({
  endpoint: `http://127.0.0.1:${server.address().port}`,
  ...{ region: 'eu-central-1', forcePathStyle: true, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } },
  ...{ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' },
})

async function leave(how, act) {
  hasEnded = false
  const more = new EventEmitter()
  const body = Readable.from(
    (async function* () {
      yield Buffer.alloc(6 * 1024 * 1024)
      await once(more, 'go')
      yield Buffer.alloc(6 * 1024 * 1024)
    })(),
  )
  const upload = new Upload({ client, params: { Bucket: 'b', Key: 'k', Body: body }, queueSize: 1 })
  const ended = once(service, 'ended')
  const part = once(service, 'part')
  const done = upload.done().catch(error => error)
  await act({ upload, part, more })
  await done
  console.log(`${how}: the upload was ended before done() rejected: ${hasEnded}`)
  more.emit('go')
  await ended
  console.log(`${how}: it was ended at last: ${hasEnded}`)
}
await leave('abort()', async ({ upload, part }) => {
  await part
  await upload.abort()
})
partsFail = true
await leave('a part that fails', async () => {})
client.destroy()
server.closeAllConnections()
server.close()
JS
seen=$(timeout 60 node try.mjs)
echo "$seen"
expected='abort(): the upload was ended before done() rejected: false
abort(): it was ended at last: true
a part that fails: the upload was ended before done() rejected: true
a part that fails: it was ended at last: true'
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
