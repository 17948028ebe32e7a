import { PgBoss } from 'pg-boss'
import type { PostgresDatabase } from '../../postgres/database.ts'

/** How often a process that consumes looks whether there is a schedule by now, in milliseconds. */
const LOOK_EVERY_MS = 60_000

/** How late a scheduled message may be sent: how often the clock looks for due ones, and how often it sends them. */
const PASS_EVERY_S = 5

export interface CronClock {
  /** Starts the clock as soon as there is any schedule. */
  startWhenNeeded(): void
  /** Starts the clock; resolves when it runs. */
  start(): Promise<void>
  stop(): Promise<void>
}

/**
 * The clock of pg-boss that sends scheduled messages. It costs two statements every few seconds in each process, and
 * pg-boss starts it with itself or never. So it has a pg-boss of its own, on the same connections, which only runs where
 * there are schedules; elsewhere a process that consumes asks once a minute for them. Of several clocks one sends.
 */
export function createCronClock({ boss, log }: Pick<PostgresDatabase, 'boss' | 'log'>): CronClock {
  let running: Promise<PgBoss> | undefined
  let timer: NodeJS.Timeout | undefined

  async function open(): Promise<PgBoss> {
    const clock = new PgBoss({
      db: { executeSql: (text, values) => boss.getDb().executeSql(text, values) },
      migrate: false,
      supervise: false,
      schedule: true,
      cronMonitorIntervalSeconds: PASS_EVERY_S,
      cronWorkerIntervalSeconds: PASS_EVERY_S,
    })
    clock.on('error', error => log.warn({ err: error }, 'the clock of the queue reports an error'))
    clock.on('warning', warning => log.warn({ warning }, 'the clock of the queue warns'))
    return clock.start()
  }

  async function start(): Promise<void> {
    clearInterval(timer)
    running ??= open().catch(error => {
      running = undefined
      throw error
    })
    await running
  }

  async function startIfNeeded(): Promise<void> {
    if (running === undefined && (await boss.getSchedules()).length > 0) await start()
  }

  function look(): void {
    startIfNeeded().catch(error =>
      log.debug({ err: error }, 'the schedules could not be read; the next look follows'),
    )
  }

  return {
    start,
    startWhenNeeded() {
      if (running !== undefined || timer !== undefined) return
      timer = setInterval(look, LOOK_EVERY_MS).unref()
      look()
    },
    async stop() {
      clearInterval(timer)
      const clock = await running?.catch(() => undefined)
      await clock?.stop({ graceful: false })
    },
  }
}
