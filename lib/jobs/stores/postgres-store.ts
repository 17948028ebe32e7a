import type { PostgresDatabase } from '../../postgres/database.ts'
import type { JobStore } from '../store.ts'
import { messaging } from './postgres-store/awaited-messages.ts'
import { readBatch } from './postgres-store/batch-row.ts'
import { earlierResults } from './postgres-store/earlier-results.ts'
import { createInsert } from './postgres-store/insert-jobs.ts'
import { keptResults, recordLossIfKept } from './postgres-store/kept-results.ts'
import { orderRows } from './postgres-store/order-rows.ts'
import { purgeIfEnded } from './postgres-store/purge-row.ts'
import {
  counts,
  existing,
  findByKey,
  finished,
  get,
  list,
  withUnwantedSource,
} from './postgres-store/queries.ts'
import { load } from './postgres-store/queue-load.ts'
import { recentRuns } from './postgres-store/recent-runs.ts'
import { searchOfRows } from './postgres-store/search-rows.ts'
import { claimIfWaiting, completeIfStillLeased, showIfStillLeased } from './postgres-store/statements.ts'
import { createSweeps } from './postgres-store/sweeps.ts'
import type { TransactionalQueue } from './postgres-store/transactional-queue.ts'
import {
  answerIfNeeded,
  askIfStillLeased,
  cancelIfNotEnded,
  endWithErrorIfStillLeased,
  failIfUnanswered,
  handBackIfStillLeased,
  renewIfStillLeased,
  requestDeletionIfKept,
  requeueIfStillLeased,
  retryIfEnded,
} from './postgres-store/transitions.ts'
import { queuePositions } from './postgres-store/waiting-jobs.ts'
import { webhooksOfRows } from './postgres-store/webhook-columns.ts'
import { heartbeat, workers } from './postgres-store/worker-rows.ts'

export interface PostgresStoreOptions {
  /** How long an insert may wait for the database, in milliseconds; unset: no limit. */
  deadlineMs?: number | undefined
  /** Sends each message in the transaction of its row. Unset: rows are marked, and the caller sends the messages. */
  messages?: TransactionalQueue | undefined
}

/**
 * Rows in PostgreSQL: the hot and the bounded statements as SQL, the others by Prisma. The connections belong to the
 * database, which outlives the store.
 */
export function createPostgresStore(
  { prisma, pool }: Pick<PostgresDatabase, 'prisma' | 'pool'>,
  { deadlineMs, messages }: PostgresStoreOptions = {},
): JobStore {
  const parts = { prisma, pool, messages }
  return {
    listsAtOnce: true,
    findsEarlierResults: true,
    search: searchOfRows(parts),
    insertIfBelowLimit: createInsert(parts, deadlineMs),
    claimIfWaiting: claim => claimIfWaiting(parts, claim),
    renewIfStillLeased: (token, progress) => renewIfStillLeased(parts, token, progress),
    showIfStillLeased: (token, thumbnailKey) => showIfStillLeased(parts, token, thumbnailKey),
    completeIfStillLeased: (token, completion) => completeIfStillLeased(parts, token, completion),
    failIfStillLeased: (token, end) => endWithErrorIfStillLeased(parts, token, end),
    requeueIfStillLeased: (token, requeue) => requeueIfStillLeased(parts, token, requeue),
    handBackIfStillLeased: (token, messageId) => handBackIfStillLeased(parts, token, messageId),
    askIfStillLeased: (token, question) => askIfStillLeased(parts, token, question),
    answerIfNeeded: (id, answer) => answerIfNeeded(parts, id, answer),
    failIfUnanswered: (id, end) => failIfUnanswered(parts, id, end),
    cancelIfNotEnded: id => cancelIfNotEnded(parts, id),
    retryIfEnded: (id, again) => retryIfEnded(parts, id, again),
    requestDeletionIfKept: id => requestDeletionIfKept(parts, id),
    purgeIfEnded: id => purgeIfEnded(parts, id),
    keptResults: (now, after) => keptResults(parts, now, after),
    recordLossIfKept: kept => recordLossIfKept(parts, kept),
    get: id => get(parts, id),
    findByKey: (owner, idempotencyKey) => findByKey(parts, owner, idempotencyKey),
    earlierResults: source => earlierResults(parts, source),
    list: query => list(parts, query),
    batch: id => readBatch(parts, id),
    existing: ids => existing(parts, ids),
    withUnwantedSource: ids => withUnwantedSource(parts, ids),
    queuePositions: ids => queuePositions(parts, ids),
    recentRuns: () => recentRuns(parts),
    load: (owner, limits) => load(parts, owner, limits),
    finished: kind => finished(parts, kind),
    counts: () => counts(parts),
    ...messaging(parts),
    ...createSweeps(parts),
    ...webhooksOfRows(parts),
    ...orderRows(parts),
    heartbeat: status => heartbeat(parts, status),
    workers: () => workers(parts),
    close: async () => {},
  }
}
