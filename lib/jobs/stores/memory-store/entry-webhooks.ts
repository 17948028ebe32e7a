import { batchEndOf } from '../../batch-end.ts'
import type { JobStore } from '../../store.ts'
import { type JobTable, type JobTableEntry, messageOfEntry, nextStepOf, writtenTo } from './job-table.ts'

type WebhookPart = 'writeWebhookIfAwaited' | 'unsentWebhooks' | 'markWebhooksSentIfUnsent' | 'batchEnd'

/** What is kept of webhooks. */
export function webhooksOfEntries(table: JobTable): Pick<JobStore, WebhookPart> {
  const since = ({ webhookUnsentSince }: JobTableEntry) => webhookUnsentSince ?? Number.POSITIVE_INFINITY
  return {
    async writeWebhookIfAwaited(id, webhook, unsentSince) {
      const entry = table.entries.get(id)
      if (!entry?.webhook || entry.webhook.step !== webhook.step) return undefined
      const next = nextStepOf({ webhook: structuredClone(webhook) }, unsentSince?.getTime() ?? null)
      return writtenTo(table.write('webhook', entry, next), table.now)
    },
    async unsentWebhooks(before) {
      const marked = table.where(entry => since(entry) < before.getTime())
      return marked.sort((a, b) => since(a) - since(b)).flatMap(entry => messageOfEntry(entry) ?? [])
    },
    async markWebhooksSentIfUnsent(messages) {
      for (const { body } of messages) {
        const entry = table.entries.get(body.jobId)
        if (entry?.webhook?.step === body.step) entry.webhookUnsentSince = null
      }
    },
    batchEnd: async id => batchEndOf(table.where(entry => entry.batchId === id)),
  }
}
