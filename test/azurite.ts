import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#cli/start/port.ts'
import { AZURITE_FOLDER } from './azurite/azurite-folder.ts'
import { until } from './until.ts'

/** Why tests against Azure Storage do not run; false where they do. Azurite takes 370 MB, so only a proof installs it. */
export const WHY_NO_AZURITE = process.env.TEST_AZURITE ? (false as const) : 'runs in: npm run proof -- azure'

/** The account that Azurite knows, with the key that its documentation prints. */
const ACCOUNT = 'devstoreaccount1'
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='

/** Microsoft's emulator of Azure Storage queues, on a folder and a port of its own. */
export interface Azurite {
  connectionString: string
  port: number
  /** Ends it; what it stored stays. */
  stop(): Promise<void>
  /** Starts it again with a clock that is ahead by so much. */
  start(aheadMs?: number): Promise<void>
  /** Ends it and deletes what it stored. */
  close(): Promise<void>
}

export async function openAzurite(): Promise<Azurite> {
  const location = await mkdtemp(join(tmpdir(), 'nightshift-azurite-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/${ACCOUNT}`
  let child: ChildProcess | undefined
  const azurite: Azurite = {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};QueueEndpoint=${url};`,
    port,
    async stop() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
    async start(aheadMs = 0) {
      child = spawnAzurite({ location, port, aheadMs })
      await until('Azurite answers', async () => {
        if (child?.exitCode !== null) throw new Error('Azurite ended')
        return fetch(url).then(
          () => true,
          () => false,
        )
      })
    },
    async close() {
      await azurite.stop()
      await rm(location, { recursive: true, force: true })
    },
  }
  await azurite.start()
  return azurite
}

function spawnAzurite({ location, port, aheadMs }: { location: string; port: number; aheadMs: number }) {
  const program = join(AZURITE_FOLDER, 'node_modules/azurite/dist/src/queue/main.js')
  const where = ['--location', location, '--queuePort', String(port)]
  const options = [...where, '--skipApiVersionCheck', '--disableTelemetry', '--silent']
  return spawn(process.execPath, ['--import', clockAheadBy(aheadMs), program, ...options], {
    stdio: 'ignore',
  })
}

/** A module after which a process's clock is ahead. */
function clockAheadBy(ms: number): string {
  const source = `const RealDate = Date
    globalThis.Date = class extends RealDate {
      constructor(...given) { super(...(given.length ? given : [RealDate.now() + ${ms}])) }
      static now() { return RealDate.now() + ${ms} }
    }`
  return `data:text/javascript,${encodeURIComponent(source)}`
}
