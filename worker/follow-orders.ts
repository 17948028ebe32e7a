import type { Consumer, Jobs } from '#lib/jobs.ts'
import type { Logger } from '#lib/log.ts'
import type { Heartbeat } from './heartbeat.ts'
import type { Slots } from './slots.ts'

/** An order is followed within two seconds. In milliseconds. */
const LOOK_EVERY_MS = 1_000

interface OrderedWorker {
  jobs: Pick<Jobs, 'takeOrders'>
  worker: string
  consumer: Pick<Consumer, 'pause' | 'resume'>
  slots: Pick<Slots, 'obey'>
  heartbeat: Pick<Heartbeat, 'drain'>
  log: Logger
}

/** Carries out what operators order of this worker. While the store does not answer, the last orders stand. */
export function followOrders(
  { jobs, worker, consumer, slots, heartbeat, log }: OrderedWorker,
  lookEveryMs = LOOK_EVERY_MS,
): { stop(): void } {
  let wasDrained = false
  let isLooking = false

  async function look(): Promise<void> {
    const { isPaused, isDrained, engines } = await jobs.takeOrders(worker)
    if (isPaused || isDrained) consumer.pause()
    else consumer.resume()
    for (const order of engines) {
      log.warn(order, 'an operator ordered this of a process of LibreOffice')
      slots.obey(order)
    }
    if (isDrained === wasDrained) return
    wasDrained = isDrained
    log.warn({ isDrained }, 'an operator changed whether this worker starts jobs')
    await heartbeat.drain(isDrained)
  }

  async function next(): Promise<void> {
    if (isLooking) return
    isLooking = true
    await look().catch(error =>
      log.warn({ err: error }, 'the orders could not be read; the next look follows'),
    )
    isLooking = false
  }
  const timer = setInterval(() => void next(), lookEveryMs)
  void next()
  return { stop: () => clearInterval(timer) }
}
