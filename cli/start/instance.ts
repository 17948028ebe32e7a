import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { ConfigError } from '#lib/config.ts'
import { takeLock } from './exclusive-lock.ts'
import { identify, isAlive, type ProcessId } from './processes.ts'

/** A launcher notes itself within milliseconds of taking the lock. */
const HOLDER_WITHIN_MS = 2000

const PROCESS = z.object({ pid: z.number().int().positive(), started: z.string() })
const INSTANCE = z.object({
  launcher: PROCESS,
  /** Web and worker by name. */
  children: z.record(z.string(), PROCESS).default({}),
  url: z.string().optional(),
  databaseUrl: z.string().optional(),
})

/** What runs on a DATA_DIR, kept in `instance.json`. */
export type Instance = z.infer<typeof INSTANCE>

export interface Claim {
  /** What a launcher that was killed left behind. */
  previous: Instance | undefined
  update(changes: Pick<Instance, 'url' | 'databaseUrl'>): void
  noteChild(role: string, pid: number): void
  release(): void
}

/** What `instance.json` says, or undefined where it is missing or torn. */
export function readInstance(path: string): Instance | undefined {
  try {
    return INSTANCE.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}

/** The instance whose launcher is alive now. */
export function runningInstance(path: string): Instance | undefined {
  const instance = readInstance(path)
  return instance && isAlive(instance.launcher) ? instance : undefined
}

/**
 * Takes a DATA_DIR for this launcher. Of several that try at once exactly one gets it: `instance.json` tells who runs,
 * the lock beside it decides.
 * @throws ConfigError with the pid of the launcher that has it
 */
export function claimInstance(path: string, dataDir: string): Claim {
  const me = identify(process.pid)
  if (!me) throw new Error('this process cannot find itself')
  const unlock = takeLock(`${path}.lock`)
  if (!unlock) throw inUse(dataDir, holderOf(path))
  const previous = readInstance(path)
  // Without the lock: one of an earlier version.
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

/** Who has the lock: it is noted a moment after the lock was taken. Undefined where it is given back meanwhile. */
function holderOf(path: string): ProcessId | undefined {
  for (const end = Date.now() + HOLDER_WITHIN_MS; Date.now() < end; pause(10)) {
    const instance = runningInstance(path)
    if (instance) return instance.launcher
  }
  return undefined
}

const pause = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/** Appears whole or not at all. */
function write(path: string, instance: Instance): void {
  const draft = `${path}.${process.pid}`
  // It holds the database's password.
  writeFileSync(draft, `${JSON.stringify(instance, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, path)
}

function inUse(dataDir: string, launcher: ProcessId | undefined): ConfigError {
  if (!launcher)
    return new ConfigError(
      `DATA_DIR ${dataDir} is in use by a Nightshift that starts or ends just now: try again, or set DATA_DIR to another folder.`,
    )
  return new ConfigError(
    `DATA_DIR ${dataDir} is in use by Nightshift with pid ${launcher.pid}: stop it with “kill ${launcher.pid}”, or set DATA_DIR to another folder.`,
  )
}
