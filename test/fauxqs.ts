import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FauxqsServer, startFauxqs } from 'fauxqs'
import { freePort } from '#cli/start/port.ts'

/** An emulator of SQS and SNS in this process, on a port of its own, with its data in a temporary folder. */
export interface Fauxqs {
  /** What the adapters' opening functions take to reach it. */
  client: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } }
  server(): FauxqsServer
  /** Ends it; what it stored stays. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Ends it and deletes what it stored. */
  close(): Promise<void>
}

export async function openFauxqs(): Promise<Fauxqs> {
  const dataDir = await mkdtemp(join(tmpdir(), 'nightshift-fauxqs-'))
  const port = await freePort()
  let server: FauxqsServer | undefined
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
      await server?.stop()
      server = undefined
    },
    async start() {
      server = await startFauxqs({ port, host: '127.0.0.1', logger: false, dataDir })
    },
    async close() {
      await fauxqs.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  await fauxqs.start()
  return fauxqs
}
