import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createServer, getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { pino } from 'pino'
import { freePort } from '#cli/start/port.ts'
import { runProgram } from '#cli/start/programs.ts'
import { ConfigError } from '#lib/config.ts'
import { openRabbitmqQueue } from '#lib/queues/rabbitmq-queue.ts'
import { WHY_NO_RABBITMQ } from '#test/rabbitmq-broker/why-no-rabbitmq.ts'
import { RabbitmqBroker } from '#test/rabbitmq-broker.ts'
import { until } from '#test/until.ts'

const log = pino({ level: 'silent' })

describe('the RabbitMQ queue and its broker', { skip: WHY_NO_RABBITMQ }, () => {
  let broker: RabbitmqBroker
  before(async () => {
    broker = await RabbitmqBroker.open()
  })
  after(() => broker?.close())

  const open = (changes: Partial<Pick<URL, 'password' | 'pathname' | 'protocol' | 'host'>> = {}) =>
    openRabbitmqQueue({ url: Object.assign(new URL(broker.url), changes).href, log })

  it('refuses a password and a virtual host that the broker refuses', async () => {
    const says = (what: RegExp) => (error: Error) =>
      error instanceof ConfigError &&
      /^AMQP_URL cannot be used/.test(error.message) &&
      what.test(error.message)
    await assert.rejects(open({ password: 'wrong' }), says(/refused/i))
    await assert.rejects(open({ pathname: '/nobody-made-it' }), says(/nobody-made-it/))
  })

  it('opens while no broker is there, and says so at each call', async t => {
    const queue = await open({ host: `127.0.0.1:${await freePort()}` })
    t.after(() => queue.close())
    await assert.rejects(queue.depth('convert'), /no connection to RabbitMQ/)
    await assert.rejects(queue.send('convert', [{ id: randomUUID(), body: {} }]), /no connection to RabbitMQ/)
  })

  it('sends and receives by TLS, where it asks for the host by name', async t => {
    const { server, port, names } = await tlsBefore(new URL(broker.url))
    t.after(() => server.close())
    const queue = await open({ protocol: 'amqps:', host: `localhost:${port}` })
    t.after(() => queue.close())
    const id = randomUUID()
    await queue.send('convert', [{ id, body: {} }])
    const came: string[] = []
    const consumer = await queue.consume('convert', async ({ message }) => void came.push(message.id), {
      slots: 1,
    })
    await until('it comes', () => came.length === 1)
    await consumer.stop()
    assert.deepEqual(came, [id])
    assert.deepEqual([...new Set(names)], ['localhost'])
  })
})

/** A server that takes TLS for the one at this URL, and trusts of this process in its certificate. */
async function tlsBefore({ port, hostname }: URL) {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  await runProgram('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
    ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', keyFile, '-out', certFile],
  ])
  const [key, cert] = [readFileSync(keyFile), readFileSync(certFile, 'utf8')]
  rmSync(folder, { recursive: true })
  setDefaultCACertificates([...getCACertificates(), cert])
  const names: (string | undefined)[] = []
  const server = createServer({ key, cert }, (client: TLSSocket) => {
    names.push(client.servername || undefined)
    const behind = connect(Number(port), hostname)
    client.pipe(behind).pipe(client)
    for (const [socket, other] of [
      [client, behind],
      [behind, client],
    ] as const)
      socket.on('error', () => other.destroy()).on('close', () => other.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port, names }
}
