import type pg from 'pg'
import { fromPrisma } from 'pg-boss'
import type { Prisma, PrismaClient } from '../../../../prisma/generated/client.ts'
import { jobMessageOf } from '../../job-message.ts'
import type { Written } from '../../store.ts'
import { type JobTableRow, toJob } from './job-table-row.ts'
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

/** Answers the message with the row where the caller is to send it. */
export function writtenOf(row: JobTableRow): Written {
  return { job: toJob(row), unsent: row.unsentSince && row.state === 'queued' ? messageOfRow(row) : null }
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
