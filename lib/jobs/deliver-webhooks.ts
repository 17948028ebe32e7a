import { jobInLog } from '../log/job-log.ts'
import type { Delivery, QueueConsumer } from '../queue.ts'
import type { JobPorts } from './ports.ts'
import { beginTry, makeTry } from './try-webhook.ts'
import type { WebhookAnswer, WebhookEvent } from './webhook-event.ts'
import { isWebhookMessage } from './webhook-message.ts'
import { WebhookPlaces } from './webhook-places.ts'

/** So many messages are looked at side by side; their tries last longer. */
const SLOTS = 2

/** How long a stop waits for tries; the rest is made again by another process, in milliseconds. */
const STOP_MS = 3_000

/**
 * Tells ends to their webhooks. Each message is for one try: it is done as soon as the row says that the try has begun, so
 * that slow receivers hold up no message.
 */
export async function deliverWebhooks(
  ports: JobPorts,
  send: (event: WebhookEvent) => Promise<WebhookAnswer>,
): Promise<QueueConsumer> {
  const { queue, clock, log } = ports
  const places = new WebhookPlaces()
  const running = new Set<Promise<void>>()

  async function handle({ message }: Delivery): Promise<void> {
    if (!isWebhookMessage(message)) {
      // Delivered again, it would name none either.
      log.error({ message }, 'a message in the queue of webhooks names none')
      return
    }
    await places.oneIsFree()
    const begun = await beginTry(ports, message, places)
    if (!begun) return
    const made = makeTry(ports, begun, send)
      .catch(error => log.warn({ err: error, ...jobInLog(begun.job) }, 'a try at a webhook is made again'))
      .finally(() => {
        places.leave(begun.event.url)
        running.delete(made)
      })
    running.add(made)
  }

  const consumer = await queue.consume('webhook', handle, { slots: SLOTS })
  return {
    wake: () => consumer.wake(),
    async stop() {
      places.openAll()
      await consumer.stop()
      const { promise: over, resolve } = Promise.withResolvers<void>()
      const cancel = clock.after(STOP_MS, resolve)
      await Promise.race([Promise.all(running), over])
      cancel()
    },
  }
}
