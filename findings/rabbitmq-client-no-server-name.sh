#!/usr/bin/env bash
# rabbitmq-client 5.0.8: to a broker of an amqps:// URL it does not say which host it wants (no SNI), so a server that
# has several certificates, or passes connections on by name, cannot choose. `tls: { servername }` beside the URL helps.
# amqplib 2.3.1 says the host's name by itself.
# Needs openssl.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund rabbitmq-client@5.0.8 amqplib@2.3.1 >/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
  -keyout key.pem -out cert.pem 2>/dev/null
cat >look.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:tls'
import { connect } from 'amqplib'
import { Connection } from 'rabbitmq-client'

let heard
const server = createServer({ key: readFileSync('key.pem'), cert: readFileSync('cert.pem') }, socket => {
  heard(socket.servername || 'none')
  socket.on('error', () => {}).destroy()
})
await new Promise(resolve => server.listen(0, resolve))
const url = `amqps://user:secret@localhost:${server.address().port}`
const hearing = async open => {
  const name = new Promise(resolve => {
    heard = resolve
  })
  const close = open()
  const said = await name
  close?.()
  return said
}
const byClient = options => () => {
  const connection = new Connection({ url, ...options })
  connection.on('error', () => {})
  return () => connection.unsafeDestroy()
}
console.log(`rabbitmq-client 5.0.8 by the URL alone: ${await hearing(byClient({}))}`)
console.log(`rabbitmq-client 5.0.8 with servername: ${await hearing(byClient({ tls: { servername: 'localhost' } }))}`)
console.log(`amqplib 2.3.1 by the URL alone: ${await hearing(() => void connect(url).catch(() => {}))}`)
process.exit()
JS
seen=$(NODE_EXTRA_CA_CERTS=cert.pem node look.mjs)
echo "$seen"
wanted='rabbitmq-client 5.0.8 by the URL alone: none
rabbitmq-client 5.0.8 with servername: localhost
amqplib 2.3.1 by the URL alone: localhost'
[ "$seen" = "$wanted" ] || { echo 'this was seen otherwise' >&2; exit 1; }
