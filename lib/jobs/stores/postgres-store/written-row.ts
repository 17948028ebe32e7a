import type pg from 'pg'
import { fromPrisma } from 'pg-boss'
import type { Prisma, PrismaClient } from '../../../../prisma/generated/client.ts'
import type { WebhookMessage } from '../../../jobs.ts'
import { jobMessageOf } from '../../job-message.ts'
import type { Written } from '../../store.ts'
import { webhookMessageOf } from '../../webhook-message.ts'
import { type JobTableRow, toJob, webhookOfRow } from './job-table-row.ts'
import type { SqlTransaction, TransactionalQueue } from './transactional-queue.ts'

/** What the parts of the store share. */
export interface StoreParts {
  prisma: PrismaClient
  pool: pg.Pool
  /** Sends the messages with the rows; undefined where the caller sends them. */
  messages: TransactionalQueue | undefined
}

/** What `unsent_since` is while a row waits for a message that the store does not send. */
export function unsentSince({ messages }: Pick<StoreParts, 'messages'>): Date | null {
  return messages ? null : new Date()
}

/** The message that a waiting row waits for. */
export function messageOfRow({ turn, ...row }: Pick<JobTableRow, 'id' | 'messageId' | 'runAt' | 'turn'>) {
  return jobMessageOf({ ...row, turn: Number(turn) })
}

/** Answers the messages with the row that the caller is to send. */
export function writtenOf(row: JobTableRow): Written {
  const unsent = row.unsentSince && row.state === 'queued' ? messageOfRow(row) : null
  return { job: toJob(row), unsent, unsentWebhook: unsentWebhookOf(row) }
}

/** A mark from a later time on is for maintenance. */
function unsentWebhookOf(row: JobTableRow): WebhookMessage | null {
  const webhook = webhookOfRow(row)
  const { webhookUnsentSince: since } = row
  return webhook && since && since.getTime() <= Date.now()
    ? webhookMessageOf(row.id, webhook, row.finishedAt)
    : null
}

/** Sends the messages of rows that wait and need nothing within the transaction of their write, where a queue in it is at hand. */
export async function sendWithin(
  { messages }: Pick<StoreParts, 'messages'>,
  tx: SqlTransaction,
  rows: readonly JobTableRow[],
): Promise<void> {
  const ready = rows.filter(({ needs }) => needs === null)
  if (ready.length > 0) await messages?.sendWithin(tx, 'convert', ready.map(messageOfRow))
}

/** A transaction of Prisma as a queue sees it. */
export const sqlOf = (tx: Prisma.TransactionClient): SqlTransaction => fromPrisma(tx)
