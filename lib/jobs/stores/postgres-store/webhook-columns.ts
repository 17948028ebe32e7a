import { Prisma } from '../../../../prisma/generated/client.ts'
import type { WebhookMessage } from '../../../jobs.ts'
import { againIfDropped } from '../../../postgres/again-if-dropped.ts'
import { statesFor } from '../../../vocabulary/job-life.ts'
import type { JobWebhook } from '../../../vocabulary/webhook.ts'
import { type BatchEnd, type JobStore, MOST_OF_BATCH, type Written } from '../../store.ts'
import { webhookMessageOf } from '../../webhook-message.ts'
import { type JobTableRow, toJson, webhookOfRow } from './job-table-row.ts'
import { ENDED } from './sweeps.ts'
import { type StoreParts, writtenOf } from './written-row.ts'

const BATCH = 500

const UNSENT = `
  SELECT id, webhook, webhook_step AS "webhookStep", finished_at AS "finishedAt" FROM jobs
  WHERE webhook_unsent_since IS NOT NULL AND webhook_unsent_since < $1
  ORDER BY webhook_unsent_since LIMIT ${BATCH}`
const MARK_SENT = `
  UPDATE jobs SET webhook_unsent_since = NULL FROM unnest($1::uuid[], $2::int[]) AS sent(id, step)
  WHERE jobs.id = sent.id AND webhook_step = sent.step AND webhook_unsent_since IS NOT NULL`

const GOES_ON = `(state NOT IN (${ENDED}) OR coalesce(webhook->>'open', '') = 'true')`
const TELLS = `webhook->>'of' = 'batch'`
const BATCH_END = `
  WITH named AS MATERIALIZED (
    SELECT id, owner, state, finished_at, created_at, webhook FROM jobs
    WHERE batch_id = $1::uuid AND owner <> '' ORDER BY created_at, id LIMIT ${MOST_OF_BATCH}
  ), own AS (
    SELECT * FROM named WHERE owner = (SELECT owner FROM named ORDER BY created_at, id LIMIT 1)
  )
  SELECT (array_agg(id ORDER BY created_at, id) FILTER (WHERE ${TELLS}))[1] AS "tellerId",
    CASE WHEN NOT bool_or(${GOES_ON}) THEN max(finished_at) END AS "endedAt",
    coalesce(bool_or(${TELLS}) FILTER (WHERE ${GOES_ON}), false) AS "isAwaited"
  FROM own HAVING count(*) > 0`

type MessageRow = Pick<JobTableRow, 'id' | 'webhook' | 'webhookStep' | 'finishedAt'>

type WebhookPart = 'writeWebhookIfAwaited' | 'unsentWebhooks' | 'markWebhooksSentIfUnsent' | 'batchEnd'

/** What is kept of webhooks in the rows of their jobs. */
export function webhooksOfRows(parts: StoreParts): Pick<JobStore, WebhookPart> {
  const { pool } = parts
  return {
    writeWebhookIfAwaited: (id, webhook, unsentSince) => writeIfAwaited(parts, id, { webhook, unsentSince }),
    unsentWebhooks: async before =>
      (await pool.query<MessageRow>(UNSENT, [before])).rows.flatMap(messageOfWebhook),
    async markWebhooksSentIfUnsent(messages) {
      const bodies = messages.map(({ body }) => body)
      const values = [bodies.map(({ jobId }) => jobId), bodies.map(({ step }) => step)]
      await pool.query(MARK_SENT, values)
    },
    async batchEnd(id) {
      const query = { name: 'batch end', text: BATCH_END, values: [id] }
      const [row] = (await againIfDropped(() => pool.query<BatchEnd & { tellerId: string | null }>(query)))
        .rows
      return row && { ...row, tellerId: row.tellerId ?? undefined }
    },
  }
}

function messageOfWebhook(row: MessageRow): WebhookMessage[] {
  const webhook = webhookOfRow(row)
  return webhook ? [webhookMessageOf(row.id, webhook, row.finishedAt)] : []
}

async function writeIfAwaited(
  { prisma }: StoreParts,
  id: string,
  { webhook: { step, ...webhook }, unsentSince }: { webhook: JobWebhook; unsentSince: Date | null },
): Promise<Written | undefined> {
  const where = {
    id,
    webhookStep: step,
    webhook: { not: Prisma.DbNull },
    state: { in: statesFor('webhook') },
  }
  const data = { ...nextStep(unsentSince), webhook: toJson(webhook), version: { increment: 1 } }
  const [row] = await prisma.job.updateManyAndReturn({ where, data })
  return row && writtenOf(row)
}

/** The columns after which no earlier message of the webhook has an effect. */
export function nextStep(unsentSince: Date | null) {
  return { webhookStep: { increment: 1 }, webhookUnsentSince: unsentSince }
}

type JobUpdate = Prisma.JobUpdateManyMutationInput
type JobWhere = Prisma.JobWhereInput

/** Ends a job: one statement where it has no webhook, and another one, which marks that as unsent, where it has one. */
export async function endRow(
  tx: Prisma.TransactionClient,
  where: JobWhere,
  data: JobUpdate,
): Promise<JobTableRow | undefined> {
  const without = { ...where, webhook: { equals: Prisma.DbNull } }
  const [row] = await tx.job.updateManyAndReturn({ where: without, data })
  if (row) return row
  const having = { ...where, webhook: { not: Prisma.DbNull } }
  return (await tx.job.updateManyAndReturn({ where: having, data: { ...data, ...nextStep(new Date()) } }))[0]
}
