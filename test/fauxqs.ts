import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FauxqsServer, startFauxqs } from 'fauxqs'
import { freePort } from '#cli/start/port.ts'

/** Node's channel of the requests that its servers get. */
const REQUESTS = 'http.server.request.start'

/** An emulator of SQS and SNS in this process, on a port of its own. */
export interface Fauxqs {
  /** What the adapters' opening functions take to reach it. */
  client: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } }
  server(): FauxqsServer
  /** Ends it; what it stored stays where it is durable. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Ends it and deletes what it stored. */
  close(): Promise<void>
}

/**
 * @param durable whether it keeps its data in a temporary folder over a restart: then it loses a message that is given
 * back with a visibility of 0 seconds
 */
export async function openFauxqs({ durable = false } = {}): Promise<Fauxqs> {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-fauxqs-'))
  const port = await freePort()
  let server: FauxqsServer | undefined
  const connections = connectionsTo(port)
  const fauxqs: Fauxqs = {
    client: {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    },
    server() {
      if (!server) throw new Error('the emulator is stopped')
      return server
    },
    async stop() {
      const stopped = server?.stop()
      server = undefined
      connections.end()
      await stopped
    },
    async start() {
      server = await startFauxqs({
        port,
        host: '127.0.0.1',
        logger: false,
        ...(durable && { dataDir: folder }),
      })
    },
    async close() {
      await fauxqs.stop()
      connections.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  await fauxqs.start()
  return fauxqs
}

/** The emulator leaves connections open at its end, and a waiting receive would go on as if it were there. */
function connectionsTo(port: number): { end(): void; stop(): void } {
  const sockets = new Set<Socket>()
  const onRequest = (message: unknown) => {
    const { socket } = message as { socket: Socket }
    if (socket.localPort !== port || sockets.has(socket)) return
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  }
  subscribe(REQUESTS, onRequest)
  return {
    end() {
      for (const socket of sockets) socket.destroy()
    },
    stop: () => void unsubscribe(REQUESTS, onRequest),
  }
}
