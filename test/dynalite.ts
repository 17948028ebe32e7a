import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import dynalite from 'dynalite'
import { freePort } from '#cli/start/port.ts'

/** An emulator of DynamoDB in this process, on a folder and a port of its own. It keeps no regions or credentials apart. */
export interface Dynalite {
  endpoint: string
  /** Ends it, with all connections; what it stored stays. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Ends it and deletes what it stored. */
  close(): Promise<void>
}

/** What a client is opened with. */
export const DYNALITE_ACCESS = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
}

export async function openDynalite(): Promise<Dynalite> {
  const path = await mkdtemp(join(tmpdir(), 'nightshift-dynalite-'))
  const port = await freePort()
  let server: Server | undefined
  const emulator: Dynalite = {
    endpoint: `http://127.0.0.1:${port}`,
    async start() {
      const starting = dynalite({ path, createTableMs: 20 })
      server = starting.listen(port, '127.0.0.1')
      await once(starting, 'listening')
    },
    async stop() {
      const stopping = server
      server = undefined
      if (!stopping) return
      const closed = new Promise<void>(resolve => stopping.close(() => resolve()))
      stopping.closeAllConnections()
      await closed
    },
    async close() {
      await emulator.stop()
      await rm(path, { recursive: true, force: true })
    },
  }
  await emulator.start()
  return emulator
}
