import { mkdir, readdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isPidInUse } from '#lib/pid.ts'
import { emptyFolder, removeFolder } from './folders.ts'
import type { Region } from './region.ts'
import { endOrphans } from './sandbox/orphans.ts'
import type { Sandbox } from './sandbox.ts'
import { WaitQueue } from './wait-queue.ts'

/** Who uses a slot: until when it is worth waiting for one, whose document it is for, and what that needs. */
export interface SlotRequest {
  signal?: AbortSignal | undefined
  owner?: string
  region?: Region
}

/** The slots of one worker: a folder for each attempt that runs, empty when it comes and when it goes. */
export interface Slots {
  readonly count: number
  /** Runs `work` in a free slot's folder; waits for one when all are taken. @throws the signal's reason while it waits */
  use<T>(work: (folder: string) => Promise<T>, request?: SlotRequest): Promise<T>
  /** Deletes the folders. */
  close(): Promise<void>
}

/** Makes the slots `slot-0`, `slot-1`… below `scratchDir`. */
export async function openSlots(
  scratchDir: string,
  count: number,
  sandbox: Pick<Sandbox, 'adopt'>,
): Promise<Slots> {
  const free: string[] = []
  const queue = new WaitQueue<string>()
  for (let number = 0; number < count; number++) {
    const folder = join(scratchDir, `slot-${number}`)
    // Nobody but the sandbox's user may look in.
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await sandbox.adopt(folder)
    free.push(folder)
  }

  const giveBack = (folder: string) => {
    if (!queue.offer(folder)) free.push(folder)
  }
  return {
    count,
    use: async (work, { signal } = {}) => {
      const folder = free.shift() ?? (await queue.wait({ signal }))
      try {
        await emptyFolder(folder)
        return await work(folder)
      } finally {
        // What cannot be deleted now is met again by the next attempt, which then says so.
        await emptyFolder(folder).catch(() => {})
        giveBack(folder)
      }
    },
    close: () => removeFolder(scratchDir),
  }
}

/**
 * The folder of this process alone below `slots`, open for the sandbox's user to pass through. What workers of this
 * host left there that are dead, running or lying, is cleared away. Two workers may share a DATA_DIR, on two hosts too.
 */
export async function openScratchDir(slots: string): Promise<string> {
  await mkdir(slots, { recursive: true, mode: 0o711 })
  const mine = `${hostname()}-${process.pid}`
  for (const name of await readdir(slots)) {
    const pid = Number(name.slice(name.lastIndexOf('-') + 1))
    const isOfThisHost = name === `${hostname()}-${pid}`
    if (name !== mine && !(isOfThisHost && !isPidInUse(pid))) continue
    await endOrphans(join(slots, name))
    await removeFolder(join(slots, name))
  }
  const scratchDir = join(slots, mine)
  await mkdir(scratchDir, { mode: 0o711 })
  return scratchDir
}
