import { type ClientRequest, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { WebhookAnswer } from '../jobs/webhook-event.ts'
import type { WebhookFailure } from '../vocabulary/webhook.ts'
import { checkedAddresses, lookupOf, type Resolve, resolveBySystem } from './checked-addresses.ts'
import { hostOf } from './webhook-url.ts'

/** So much of an answer is read. */
const MOST_ANSWER_BYTES = 64 * 1024
/** How long a try lasts at the most, with all that belongs to it, in milliseconds. */
const TRY_MS = 15_000

export interface PostOptions {
  /** Whether addresses may be reached that are not of the public internet. */
  allowPrivate: boolean
  /** Unset: as the system resolves names. */
  resolve?: Resolve
  /** Unset: 15 s. */
  tryMs?: number
}

export interface WebhookPost {
  url: string
  headers: Readonly<Record<string, string>>
  body: string
}

/**
 * Posts to a webhook, at an address that was checked; name and certificate stay those of the URL. A redirection is an
 * answer like others, and is not followed. Never rejects.
 */
export async function postWebhook(
  { url: text, headers, body }: WebhookPost,
  { allowPrivate, resolve = resolveBySystem, tryMs = TRY_MS }: PostOptions,
): Promise<WebhookAnswer> {
  const signal = AbortSignal.timeout(tryMs)
  const url = new URL(text)
  const checked = await beforeAbort(checkedAddresses(hostOf(url), { resolve, allowPrivate }), signal)
  if (!checked) return failedBy('timed_out')
  if ('error' in checked) return failedBy(checked.error)
  const open = url.protocol === 'https:' ? requestHttps : requestHttp
  const sent = open(url, {
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    lookup: lookupOf(checked.addresses),
    agent: false,
    signal,
  })
  return answerTo(sent, body, signal)
}

const failedBy = (error: WebhookFailure): WebhookAnswer => ({ status: null, error })

/** Resolves with the status as soon as there is one and the answer was read or cut. */
function answerTo(sent: ClientRequest, body: string, signal: AbortSignal): Promise<WebhookAnswer> {
  const { promise, resolve } = Promise.withResolvers<WebhookAnswer>()
  let isConnected = false
  let status: number | undefined
  sent.once('socket', socket => socket.once('connect', () => (isConnected = true)))
  // The status is the answer, whatever becomes of the rest of it.
  const end = (failure: WebhookFailure) => {
    resolve(status === undefined ? failedBy(failure) : { status, error: null })
    sent.destroy()
  }
  sent.on('error', error => end(signal.aborted ? 'timed_out' : failureOf(error, isConnected)))
  sent.once('response', response => {
    status = response.statusCode
    let bytes = 0
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > MOST_ANSWER_BYTES) end('broken_off')
    })
    response.once('close', () => end('broken_off'))
    response.on('error', () => end('broken_off'))
  })
  sent.end(body)
  return promise
}

function failureOf({ code = '' }: NodeJS.ErrnoException, isConnected: boolean): WebhookFailure {
  if (/CERT|TLS|SSL|SIGNED|ISSUER|EPROTO|ALTNAME/.test(code)) return 'not_trusted'
  return isConnected ? 'broken_off' : 'not_connected'
}

/** Undefined where the signal aborts first. */
async function beforeAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const { promise: aborted, resolve } = Promise.withResolvers<undefined>()
  const onAbort = () => resolve(undefined)
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
