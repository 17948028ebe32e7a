import type { Logger } from './log.ts'
import { type SweepParts, startSweeps } from './maintenance/scheduled-sweeps.ts'
import type { QueueConsumer } from './queue.ts'

const EVERY_MS = 2_000

/**
 * Periodic maintenance: by a timer it rescues jobs whose worker is silent, sends messages that were not sent, and fails
 * what nobody answered; by messages it deletes what has expired (`maintenance/scheduled-sweeps.ts`). The web process and every
 * worker run it, so that none depends on another; all writes carry their condition. Rounds begin at a random moment, so
 * that processes started together do not query the database at once.
 */
export function startMaintenance(parts: SweepParts, log: Logger): { stop(): Promise<void> } {
  let round: Promise<void> | undefined
  let sweeps: Promise<QueueConsumer | undefined> | undefined

  /** Where the queue is away, the next round tries again; rescues need no queue. */
  function ensureSweeps(): void {
    sweeps ??= startSweeps(parts, log).catch(error => {
      log.warn({ err: error }, 'the sweeps could not be started; the next round tries again')
      sweeps = undefined
      return undefined
    })
  }

  async function makeRound(): Promise<void> {
    ensureSweeps()
    try {
      const { rescued } = await parts.jobs.maintain(new Date())
      if (rescued.length > 0) log.warn({ jobIds: rescued }, 'took jobs back from a silent worker')
    } catch (error) {
      log.warn({ err: error }, 'a round of maintenance failed; the next one follows')
    }
  }

  const next = () => {
    round ??= makeRound().finally(() => {
      round = undefined
    })
  }
  let timer = setTimeout(() => {
    timer = setInterval(next, EVERY_MS)
  }, Math.random() * EVERY_MS)

  return {
    async stop() {
      clearInterval(timer)
      await round
      await (await sweeps)?.stop()
    },
  }
}
