import type { Attempt, ConsumeOptions, Consumer, JobEvent } from '../jobs.ts'
import type { Delivery } from '../queue.ts'
import { attempt } from './attempt.ts'
import { isJobMessage } from './job-message.ts'
import type { Lease } from './lease.ts'
import { PausableConsumer } from './pausable-consumer.ts'
import type { JobPorts } from './ports.ts'

/** The pull loop: claims the jobs of the messages that arrive and runs up to `slots` of them at the same time. */
export async function consume(
  ports: JobPorts,
  run: (attempt: Attempt) => Promise<void>,
  { worker, slots }: ConsumeOptions,
): Promise<Consumer> {
  const leases = new Map<string, Lease>()
  const running = new Set<Promise<unknown>>()

  function onEvent(event: JobEvent): void {
    if (event.type === 'progress') return
    if (event.type === 'gone' || event.state === 'cancelled') leases.get(event.id)?.abort('cancelled')
    else if (event.state === 'queued') consumer.wake()
  }

  /** Resolves when the slot is free: the last write of an attempt needs none. */
  async function handle({ message, acknowledge }: Delivery): Promise<void> {
    if (!isJobMessage(message)) {
      // Delivered again, it would name no job either.
      ports.log.error({ message }, 'a message in the queue of jobs names no job')
      return
    }
    const { promise: finishing, resolve } = Promise.withResolvers<void>()
    // The row and its lease hold the job's state from the claim on, so no message waits for the end of its job.
    const hooks = { decided: acknowledge, finishing: resolve, leased }
    let held: { id: string; lease: Lease } | undefined
    function leased(id: string, lease: Lease): void {
      held = { id, lease }
      leases.set(id, lease)
    }
    const ended = attempt(ports, { message, run, worker, ...hooks }).finally(() => {
      running.delete(ended)
      if (held && leases.get(held.id) === held.lease) leases.delete(held.id)
    })
    running.add(ended)
    await Promise.race([finishing, ended])
  }

  const consumer = new PausableConsumer(ports.queue, handle, slots)
  const subscription = await ports.bus.subscribe(onEvent, () => consumer.wake())
  // A worker that starts during a pause claims nothing until it is told that jobs were resumed.
  await consumer.start((await ports.store.pausedSince()) !== null)
  return {
    pause: () => consumer.pause(),
    resume: () => consumer.resume(),
    async stop(graceMs) {
      const cancelPatience = ports.clock.after(graceMs, () => {
        for (const lease of leases.values()) lease.abort('stopping')
      })
      await consumer.stop()
      await Promise.all(running)
      cancelPatience()
      await subscription.stop()
    },
  }
}
