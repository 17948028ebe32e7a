import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { ConfigError } from '#lib/config.ts'
import { identify, isAlive, type ProcessId } from './processes.ts'

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
 * Takes a DATA_DIR for this launcher.
 * @throws ConfigError with the pid of the launcher that has it
 */
export function claimInstance(path: string, dataDir: string): Claim {
  const me = identify(process.pid)
  if (!me) throw new Error('this process cannot find itself')
  const previous = readInstance(path)
  if (previous && isAlive(previous.launcher)) throw inUse(dataDir, previous.launcher)
  rmSync(path, { force: true })
  let mine: Instance = { launcher: me, children: {} }
  write(path, mine, () => {
    throw inUse(dataDir, readInstance(path)?.launcher ?? me)
  })
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
      if (readInstance(path)?.launcher.pid === process.pid) rmSync(path, { force: true })
    },
  }
}

/** Appears whole or not at all; with `onTaken` only where nothing lies yet (of two launchers one gets it). */
function write(path: string, instance: Instance, onTaken?: () => never): void {
  const draft = `${path}.${process.pid}`
  // It holds the database's password.
  writeFileSync(draft, `${JSON.stringify(instance, null, 2)}\n`, { mode: 0o600 })
  if (!onTaken) {
    renameSync(draft, path)
    return
  }
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') onTaken()
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function inUse(dataDir: string, launcher: ProcessId): ConfigError {
  return new ConfigError(
    `DATA_DIR ${dataDir} is in use by Nightshift with pid ${launcher.pid}: stop it with “kill ${launcher.pid}”, or set DATA_DIR to another folder.`,
  )
}
