import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort } from '#cli/start/port.ts'
import { until } from './until.ts'

const SERVER = fileURLToPath(new URL('../app/server.ts', import.meta.url))

/** The real web process alone, to be ended and started again on the same port and data. */
export interface Web {
  readonly url: string
  readonly pid: number
  /** Ends it and comes back with a new process that answers. */
  restart(signal: NodeJS.Signals): Promise<void>
  end(): Promise<void>
}

export interface WebOptions {
  dataDir: string
  databaseUrl: string
  env?: Record<string, string>
  /** Node's own. */
  flags?: string[]
  /** The path of its program; unset: ours. */
  server?: string
}

export async function startWeb(options: WebOptions): Promise<Web> {
  const { dataDir, databaseUrl, env, flags = [], server = SERVER } = options
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const settings = { HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: databaseUrl }
  let child: ChildProcess

  async function start(): Promise<void> {
    child = spawn(process.execPath, [...flags, server], {
      env: { ...process.env, LOG_LEVEL: 'warn', ...settings, ...env },
      // The channel ends it when this test process dies.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const answers = async () => {
      if (child.exitCode !== null) throw new Error('the web process ended before it answered')
      return fetch(`${url}/healthz`).then(
        answer => answer.ok,
        () => false,
      )
    }
    await until('the web process answers', answers)
  }
  async function stop(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, 'exit')
    child.kill(signal)
    await exit
  }
  await start()
  return {
    url,
    get pid() {
      return child.pid ?? 0
    },
    async restart(signal) {
      await stop(signal)
      await start()
    },
    end: () => stop('SIGTERM'),
  }
}
