import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import * as z from 'zod'
import { ConfigError } from '#lib/config.ts'
import { takeLock } from './exclusive-lock.ts'
import { identify, isAlive, type ProcessId } from './process-groups.ts'

/**
 * The holder of the lock writes its identity at once; one that has not done so by then is in another container or
 * stopped. In milliseconds.
 */
const HOLDER_KNOWN_WITHIN_MS = 5_000
const POLL_EVERY_MS = 10

const PROCESS = z.object({ pid: z.number().int().positive(), started: z.string() })
const INSTANCE = z.object({
  launcher: PROCESS,
  /** The pids of web and worker by name. */
  children: z.record(z.string(), PROCESS).default({}),
  url: z.string().optional(),
  databaseUrl: z.string().optional(),
})

/** The processes on a DATA_DIR, stored in `instance.json`. */
export type Instance = z.infer<typeof INSTANCE>

export interface InstanceLock {
  /** The instance of a killed launcher, if any. */
  previous: Instance | undefined
  update(changes: Pick<Instance, 'url' | 'databaseUrl'>): void
  noteChild(role: string, pid: number): void
  release(): void
}

/** Reads `instance.json`; undefined where it is missing or incomplete. */
export function readInstance(path: string): Instance | undefined {
  try {
    return INSTANCE.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}

/** The instance whose launcher is alive. */
export function runningInstance(path: string): Instance | undefined {
  const instance = readInstance(path)
  return instance && isAlive(instance.launcher) ? instance : undefined
}

/**
 * Locks a DATA_DIR for this launcher. The lock beside `instance.json` decides who holds it; the file names the holder.
 * @throws ConfigError with the pid of the launcher that holds it
 */
export function lockInstance(
  path: string,
  dataDir: string,
  knownWithinMs = HOLDER_KNOWN_WITHIN_MS,
): InstanceLock {
  const me = identify(process.pid)
  if (!me) throw new Error('this process cannot find itself')
  const unlock = lockOrRefuse(path, { dataDir, knownWithinMs })
  const previous = readInstance(path)
  // Alive without the lock: a launcher of a version before the lock.
  if (previous && isAlive(previous.launcher)) {
    unlock()
    throw inUse(dataDir, previous.launcher)
  }
  let mine: Instance = { launcher: me, children: {} }
  write(path, mine)
  const update = (changes: Partial<Instance>) => {
    mine = { ...mine, ...changes }
    write(path, mine)
  }
  return {
    previous,
    update,
    noteChild(role, pid) {
      const child = identify(pid)
      if (child) update({ children: { ...mine.children, [role]: child } })
    },
    release() {
      rmSync(path, { force: true })
      unlock()
    },
  }
}

/** Takes the lock, or refuses with its holder; waits for a lock that is being released. */
function lockOrRefuse(
  path: string,
  { dataDir, knownWithinMs }: { dataDir: string; knownWithinMs: number },
): () => void {
  for (const end = Date.now() + knownWithinMs; ; pause(POLL_EVERY_MS)) {
    const unlock = takeLock(`${path}.lock`)
    if (unlock) return unlock
    const holder = runningInstance(path)?.launcher
    if (holder || Date.now() > end) throw inUse(dataDir, holder)
  }
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

/** Writes the file whole or not at all. */
function write(path: string, instance: Instance): void {
  const draft = `${path}.${process.pid}`
  // It contains the database's password.
  writeFileSync(draft, `${JSON.stringify(instance, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, path)
}

function inUse(dataDir: string, launcher: ProcessId | undefined): ConfigError {
  const [who, fix] = launcher
    ? [`with pid ${launcher.pid}`, `stop it with “kill ${launcher.pid}”`]
    : ['that cannot be seen from here, as in another container', 'stop it there']
  return new ConfigError(
    `DATA_DIR ${dataDir} is in use by Nightshift ${who}: ${fix}, or set DATA_DIR to another folder.`,
  )
}
