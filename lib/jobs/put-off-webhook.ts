import type { Job } from '../jobs.ts'
import { sendWebhooksUnlessAway } from './announce.ts'
import type { JobPorts } from './ports.ts'

/** Lets the webhook of a job wait for another message, so many milliseconds later. It counts as no try. */
export async function putOff(
  ports: JobPorts,
  { id, webhook }: Job,
  { endedAt, ms }: { endedAt: number; ms: number },
): Promise<void> {
  if (!webhook) return
  const now = ports.clock.now()
  const tries = webhook.endedAt === endedAt ? webhook.tries : 0
  const next = { ...webhook, endedAt, tries, nextAt: now + ms }
  const written = await ports.store.writeWebhookIfAwaited(id, next, new Date(now))
  if (written?.unsentWebhook) await sendWebhooksUnlessAway(ports, [written.unsentWebhook])
}
