import { type ChildProcess, spawn } from 'node:child_process'
import { environmentWith } from '#lib/config.ts'
import type { LauncherMessage, StartMessage } from '#lib/launcher-channel.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { ROOT } from './build.ts'
import { type Death, type Kept, keepAlive } from './keep-alive.ts'

export type Role = 'web' | 'worker'

/**
 * A small young generation for the web process: V8 lets upload buffers accumulate until it is full. With the default of
 * 16 MB a file of 500 MB raised the peak memory by 50 MB; with 2 MB by 12, at the same speed.
 */
const FLAGS: Record<Role, readonly string[]> = { web: ['--max-semi-space-size=2'], worker: [] }

/** After this many deaths before its first message a child counts as unable to start. */
const HOPELESS_AFTER = 3

export interface ChildOptions {
  script: string
  environment: Record<string, string>
  /** The URL of the migrated database, which its processes are told; resolves to undefined where there is none. */
  databaseUrl: Promise<string | undefined>
  /** Resolves when the start is over, which its processes are told. */
  started: Promise<void>
  onSpawn(pid: number): void
  /** Called for each message of a process of this child. */
  onMessage?(message: LauncherMessage, process: ChildProcess): void
  onDeath(death: Death): void
}

export interface Child extends Kept {
  /** Its first message, which means that it works. @throws AppError `cannot_start` when it dies repeatedly before */
  works: Promise<LauncherMessage>
}

/** Runs web or worker as a child process, and restarts it whenever it dies. */
export function runChild(role: Role, options: ChildOptions): Child {
  const { promise: works, resolve, reject } = Promise.withResolvers<LauncherMessage>()
  works.catch(() => {}) // Callers that wait for it handle the error.
  let silentDeaths = 0
  const kept = keepAlive({
    spawn: () => spawnRole(role, options),
    onSpawn(child) {
      child.on('message', message => {
        silentDeaths = Number.NEGATIVE_INFINITY
        resolve(message as LauncherMessage)
        options.onMessage?.(message as LauncherMessage, child)
      })
      if (child.pid !== undefined) options.onSpawn(child.pid)
      options.databaseUrl.then(
        url => tell(child, { type: 'database', url: url ?? null }),
        () => {}, // The start ends then.
      )
      void options.started.then(() => tell(child, { type: 'started' }))
    },
    onDeath(death) {
      silentDeaths++
      if (silentDeaths >= HOPELESS_AFTER)
        reject(new AppError('cannot_start', { details: { role, how: death.how } }))
      options.onDeath(death)
    },
  })
  return { ...kept, works }
}

function tell(child: ChildProcess, message: StartMessage): void {
  if (!child.connected) return
  child.send(message, undefined, undefined, () => {
    // It died this moment; its next process is told as well.
  })
}

/** In a separate process group, so that Ctrl-C in a terminal only reaches the launcher, which stops all in order. */
function spawnRole(role: Role, { script, environment }: ChildOptions): ChildProcess {
  return spawn(process.execPath, [...FLAGS[role], script], {
    cwd: ROOT,
    detached: true,
    env: environmentWith(environment),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}
