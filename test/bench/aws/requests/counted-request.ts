import type { IncomingMessage } from 'node:http'
import type { Priced } from './prices.ts'

/** What of a job a request is counted as. */
export type Purpose = 'storage' | 'table' | 'queue' | 'event' | 'heartbeat' | 'idle'

export interface CountedRequest {
  /** As the service calls it. */
  operation: string
  priced: Priced
  purpose: Purpose
  at: number
  /** The path with the query, and the body, in which the id of a job may stand. */
  text: string
}

/** What passed through a proxy, as far as it is looked at. */
export interface Passed {
  request: IncomingMessage
  body: string
  answer: string
}

/** The prices of S3: whatever is not a read or a delete costs as a write, listings included. */
export function s3Request({ request, body }: Passed): CountedRequest {
  const { method = '', url = '' } = request
  const isListing = method === 'GET' && /[?&](list-type|uploads)/.test(url)
  const priced =
    method === 'DELETE' ? 's3Delete' : /GET|HEAD/.test(method) && !isListing ? 's3Read' : 's3Write'
  // What concerns no job is asked now and then, for all: the open uploads, what was left over.
  const purpose = /jobs(\/|%2F)|uploads\/[0-9a-f]|\.locks(\/|%2F)[0-9a-f]/.test(url) ? 'storage' : 'idle'
  return { operation: isListing ? 'LIST' : method, priced, purpose, at: performance.now(), text: url + body }
}

export function messagingRequest({ request, body, answer }: Passed): CountedRequest {
  const target = String(request.headers['x-amz-target'] ?? '').split('.')[1]
  const operation = target ?? new URLSearchParams(body).get('Action') ?? 'unknown'
  const isOfSns = target === undefined
  const isEvent = isOfSns || !body.includes('nightshift-convert')
  const isInVain = operation === 'ReceiveMessage' && !answer.includes('MessageId')
  const purpose = isInVain ? 'idle' : isEvent ? 'event' : 'queue'
  return { operation, priced: isOfSns ? 'sns' : 'sqs', purpose, at: performance.now(), text: body }
}

/** The indexes that creating and pacing a job ask; the others are asked by maintenance. */
const OF_JOBS = /"IndexName":"(byOwner|byBatch|byKind)"/

export function tableRequest({ request, body }: Passed): CountedRequest {
  const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? 'unknown'
  const isWrite = /^(Put|Update|Delete)Item$/.test(operation)
  // A worker shows life by an item of its own, and renews the lease of its job.
  const isRenewal =
    operation === 'PutItem'
      ? !body.includes('fileName')
      : body.includes('heartbeatAt') && !body.includes('startedAt')
  const isOfJob = operation === 'Query' ? OF_JOBS.test(body) : !isRenewal
  const purpose = isRenewal && isWrite ? 'heartbeat' : isOfJob ? 'table' : 'idle'
  const priced = isWrite ? 'dynamodbWrite' : 'dynamodbRead'
  return { operation, priced, purpose, at: performance.now(), text: body }
}
