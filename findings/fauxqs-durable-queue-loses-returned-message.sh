#!/usr/bin/env bash
# fauxqs 2.4.1 (an emulator of SQS): a received message that is given back at once (ChangeMessageVisibility with 0) is
# delivered again as it should be, but with a `dataDir` that keeps the queue over a restart the call is answered with an
# error, and the message is neither waiting nor in flight any more.
# Needs Node 22.12 or newer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error fauxqs@2.4.1 @aws-sdk/client-sqs@3.1169.0 >/dev/null
cat >try.mjs <<'JS'
import {
  ChangeMessageVisibilityCommand, CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient,
} from '@aws-sdk/client-sqs'
import { startFauxqs } from 'fauxqs'

for (const [how, options] of [['in memory', {}], ['with dataDir', { dataDir: `${process.cwd()}/data` }]]) {
  const server = await startFauxqs({ port: 0, logger: false, ...options })
  const client = new SQSClient({
    region: 'us-east-1', endpoint: `http://127.0.0.1:${server.port}`,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  })
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'queue' }))
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }))
  const { Messages: [message] } = await client.send(new ReceiveMessageCommand({ QueueUrl }))
  const back = { QueueUrl, ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: 0 }
  const answer = await client.send(new ChangeMessageVisibilityCommand(back)).then(() => 'ok', error => error.name)
  const again = await client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 2 }))
  console.log(`${how}: ${answer}, then ${again.Messages?.length ?? 0} delivered`)
  client.destroy()
  await server.stop()
}
process.exit()
JS
seen=$(node try.mjs)
echo "$seen"
expected='in memory: ok, then 1 delivered
with dataDir: MessageNotInflight, then 0 delivered'
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
