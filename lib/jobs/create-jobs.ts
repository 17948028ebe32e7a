import { cachedFor } from '../cached-for.ts'
import type { Jobs } from '../jobs.ts'
import { paceOf } from '../pace.ts'
import { SELF_CHECK_OWNER } from '../vocabulary/job.ts'
import { createAdmissionCheck } from './admission.ts'
import { answer } from './answer.ts'
import { answeredSearch } from './answered-search.ts'
import { attempt } from './attempt.ts'
import { createBatchSummary } from './batch-summary.ts'
import { cancel } from './cancel.ts'
import { consume } from './consume.ts'
import { create } from './create.ts'
import { answeredWithin } from './deadline.ts'
import { requestDeletion } from './delete-files.ts'
import { deliverWebhooks } from './deliver-webhooks.ts'
import { earlierResult } from './earlier-result.ts'
import { jobFactOf } from './job-fact.ts'
import { logWrite } from './log-write.ts'
import { createMaintain, markFilesDeleted, removeOld } from './maintain.ts'
import { observedStore } from './observed-store.ts'
import { operationsOf } from './operations.ts'
import type { JobPorts } from './ports.ts'
import { purge } from './purge.ts'
import { createQueuePosition, createQueuePositions } from './queue-positions.ts'
import { recordLoss } from './record-loss.ts'
import { rescueWorker } from './rescue-jobs.ts'
import { closeBatch, resendWebhook } from './resend-webhook.ts'
import { retry } from './retry.ts'
import { readCapacity } from './start-estimate.ts'

/** How long one reading of the workers and their throughput serves, in milliseconds. */
const READ_CAPACITY_EVERY_MS = 1000

/**
 * Makes Jobs of a store, a queue and a bus, which it closes with itself. With `deadlineMs` every call of a request is
 * answered or fails within that many milliseconds.
 */
export function createJobs(given: JobPorts, deadlineMs?: number): Jobs {
  const ports = { ...given, store: toldOf(given) }
  const { store, queue, bus } = ports
  const answered = answeredWithin(deadlineMs)
  const refusalFor = createAdmissionCheck(ports)
  const capacity = cachedFor(READ_CAPACITY_EVERY_MS, () => readCapacity(ports))
  const queuePositions = createQueuePositions(ports, capacity)
  return {
    guarantees: {
      order: queue.keepsOrder,
      listsAtOnce: store.listsAtOnce,
      findsEarlierResults: store.findsEarlierResults,
      searches: store.search !== null,
      noticesGaps: bus.noticesGaps,
    },
    create: answered(job => create(ports, job)),
    admit: answered(async owner => {
      const refusal = await refusalFor(owner)
      if (refusal) throw refusal
    }),
    get: answered(id => store.get(id)),
    earlierResult: answered(wanted => earlierResult(ports, wanted)),
    search: answeredSearch(store.search, answered),
    list: answered(query => store.list(query)),
    batch: answered(createBatchSummary(ports, capacity)),
    queuePosition: answered(createQueuePosition(queuePositions)),
    queuePositions: answered(queuePositions),
    existing: answered(ids => store.existing(ids)),
    withUnwantedSource: ids => store.withUnwantedSource(ids),
    cancel: answered(id => cancel(ports, id)),
    answer: answered((id, sealed) => answer(ports, id, sealed)),
    retry: answered((id, maxAttempts) => retry(ports, id, maxAttempts)),
    requestDeletion: answered(id => requestDeletion(ports, id)),
    purge: answered(id => purge(ports, id)),
    consume: (run, options) => consume(ports, run, options),
    async attempt(message, run, options) {
      if (await store.pausedSince()) throw new Error('jobs are paused')
      return attempt(ports, { message, run, ...options })
    },
    pace: async ({ bytes, ...kind }) => paceOf(await store.finished(kind), bytes),
    subscribe: (onEvent, onGap) => bus.subscribe(onEvent, onGap),
    rescue: worker => rescueWorker(ports, worker),
    maintain: createMaintain(ports),
    expired: now => store.expired(now),
    keptResults: after => store.keptResults(new Date(), after),
    recordLoss: kept => recordLoss(ports, kept),
    removeOld: now => removeOld(ports, now),
    markFilesDeleted: ids => markFilesDeleted(ports, ids),
    remove: id => store.removeIfFilesDeleted(id),
    deliverWebhooks: send => deliverWebhooks(ports, send),
    resendWebhook: answered(id => resendWebhook(ports, id)),
    batchTeller: answered(async id => {
      const tellerId = (await store.batchEnd(id))?.tellerId
      return tellerId === undefined ? undefined : store.get(tellerId)
    }),
    closeBatch: answered(id => closeBatch(ports, id)),
    heartbeat: status => store.heartbeat(status),
    ...operationsOf(ports, answered),
    flushEvents: () => bus.flush(),
    async close() {
      await bus.close()
      await queue.close()
      await store.close()
    },
  }
}

/** The store that logs what its writes did, and tells whoever counts them. */
function toldOf({ store, observe, log }: JobPorts): JobPorts['store'] {
  return observedStore(store, write => {
    logWrite(log, write)
    if (write.job.owner !== SELF_CHECK_OWNER) observe?.(jobFactOf(write))
  })
}
