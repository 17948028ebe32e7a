import { mkdir, readdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isPidInUse } from '#lib/pid.ts'
import type { EngineActivity } from '#lib/worker-activity.ts'
import type { EngineOrder } from '#lib/worker-orders.ts'
import { emptyFolder, removeFolder } from './folders.ts'
import type { Region } from './region.ts'
import { endOrphans } from './sandbox/orphans.ts'
import type { Sandbox } from './sandbox.ts'
import { WaitQueue } from './wait-queue.ts'

/** A request for a slot: how long it is useful, whose document it is for, and what that needs. */
export interface SlotRequest {
  /** Aborts the waiting. */
  signal?: AbortSignal | undefined
  /** The owner of the document; unset: one of our own. */
  owner?: string
  /** The region that the process must have; unset: the default. */
  region?: Region
  /** The job that it is for; unset: none. */
  jobId?: string
}

/** The slots of one worker: one folder for each running attempt, empty at its start and end. */
export interface Slots {
  /** How many attempts can run at the same time. */
  readonly count: number
  /**
   * Runs `work` in a free slot's folder; waits for one when all are taken. @throws the signal's reason while it waits
   */
  use<T>(work: (folder: string) => Promise<T>, request?: SlotRequest): Promise<T>
  /** What the slots, or the processes behind them, do now. */
  activity(): EngineActivity[]
  /** Carries out an operator's order for one process; without effect where it is gone, or takes no orders. */
  obey(order: EngineOrder): void
  /** Deletes the folders. */
  close(): Promise<void>
}

/** Creates the slots `slot-0`, `slot-1`… below `scratchDir`. */
export async function openSlots(
  scratchDir: string,
  count: number,
  sandbox: Pick<Sandbox, 'adopt'>,
): Promise<Slots> {
  const free: string[] = []
  const inUse = new Set<EngineActivity>()
  const queue = new WaitQueue<string>()
  for (let number = 0; number < count; number++) {
    const folder = join(scratchDir, `slot-${number}`)
    // Only the sandbox's user may read it.
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await sandbox.adopt(folder)
    free.push(folder)
  }

  const giveBack = (folder: string) => {
    if (!queue.offer(folder)) free.push(folder)
  }
  return {
    count,
    activity: () => [...inUse],
    // Such a process ends with its document.
    obey() {},
    use: async (work, { signal, jobId } = {}) => {
      const folder = free.shift() ?? (await queue.wait({ signal }))
      const use = busySince(new Date(), jobId)
      inUse.add(use)
      try {
        await emptyFolder(folder)
        return await work(folder)
      } finally {
        // The next attempt fails with an error for what cannot be deleted now.
        await emptyFolder(folder).catch(() => {})
        inUse.delete(use)
        giveBack(folder)
      }
    },
    close: () => removeFolder(scratchDir),
  }
}

/** A slot whose file has a process of its own. */
function busySince(start: Date, jobId: string | undefined): EngineActivity {
  const process = { pid: null, startedAt: start.toISOString(), documents: 0, memoryBytes: null }
  return { state: 'busy', ...process, ...(jobId !== undefined && { jobId }) }
}

/**
 * The folder of this process below `slots`, which the sandbox's user can enter. Folders and processes of dead workers
 * of this host are cleaned up. Two workers may share a DATA_DIR, also on two hosts.
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
