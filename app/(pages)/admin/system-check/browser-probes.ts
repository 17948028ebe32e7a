/** What this browser finds out about the way to the server. Independent of React. */
import { io } from 'socket.io-client'
import { under } from '../../live/address.ts'
import type { ProbeId } from './proxy-lines.ts'

export interface Probe {
  id: ProbeId
  /** `unknown`: it could not be told. */
  state: 'ok' | 'failed' | 'unknown'
}

/** As large as a part of an upload, in bytes. */
const PART_BYTES = 8_000_000
const WITHIN_MS = 8_000
/** Sent faster, nobody can say whether a proxy kept the bytes back, in milliseconds. */
const TELLING_MS = 1000
/** What arrives in less than this share of the time in which it was sent was kept back. */
const KEPT_BACK = 0.25

export async function probeServer(signal: AbortSignal): Promise<Probe[]> {
  return [...(await probeSocket(signal)), ...(await probePart(signal))]
}

/** By WebSocket alone, without the long-polling that the page falls back to. */
function probeSocket(signal: AbortSignal): Promise<Probe[]> {
  const { promise, resolve } = Promise.withResolvers<Probe[]>()
  const socket = io({
    path: under('/socket.io'),
    transports: ['websocket'],
    ...{ forceNew: true, reconnection: false, timeout: WITHIN_MS },
  })
  const end = (websocket: Probe['state'], event: Probe['state']) => {
    socket.disconnect()
    resolve([
      { id: 'websocket', state: websocket },
      { id: 'event', state: event },
    ])
  }
  socket.on('connect_error', () => end('failed', 'unknown'))
  socket.on('connect', () => {
    socket.timeout(WITHIN_MS).emit('alive', (error: Error | null) => end('ok', error ? 'failed' : 'ok'))
  })
  signal.addEventListener('abort', () => end('unknown', 'unknown'), { once: true })
  return promise
}

async function probePart(signal: AbortSignal): Promise<Probe[]> {
  const sent = await sendPart(signal)
  if (!sent) return [unknown('part'), unknown('flow')]
  if (sent.status !== 200 || sent.bytes !== PART_BYTES)
    return [{ id: 'part', state: 'failed' }, unknown('flow')]
  return [
    { id: 'part', state: 'ok' },
    { id: 'flow', state: flowOf(sent) },
  ]
}

const unknown = (id: ProbeId): Probe => ({ id, state: 'unknown' })

/** A proxy that keeps a request back sends all of it at once when it has the last byte. */
export function flowOf({ sentMs, receivedMs }: { sentMs: number; receivedMs: number }): Probe['state'] {
  if (sentMs < TELLING_MS) return 'unknown'
  return receivedMs < sentMs * KEPT_BACK ? 'failed' : 'ok'
}

interface SentPart {
  status: number
  bytes: number
  /** How long this browser sent, and how long the server received, in milliseconds. */
  sentMs: number
  receivedMs: number
}

/** Undefined where the connection broke. `fetch` does not tell when the last byte was sent. */
function sendPart(signal: AbortSignal): Promise<SentPart | undefined> {
  const { promise, resolve } = Promise.withResolvers<SentPart | undefined>()
  const request = new XMLHttpRequest()
  let sentMs = 0
  let began: number | undefined
  // From the first byte on: a busy browser begins late.
  request.upload.onprogress = () => {
    began ??= performance.now()
  }
  request.upload.onload = () => {
    sentMs = began === undefined ? 0 : performance.now() - began
  }
  request.onload = () => {
    const { bytes = 0, receivedMs = 0 } = request.response ?? {}
    resolve({ status: request.status, sentMs, bytes, receivedMs })
  }
  // A proxy that refuses the size often closes the connection.
  request.onerror = () => resolve({ status: 0, bytes: 0, sentMs, receivedMs: 0 })
  request.onabort = () => resolve(undefined)
  request.open('POST', under('/api/admin/checks/upload'))
  request.responseType = 'json'
  request.setRequestHeader('Content-Type', 'application/octet-stream')
  request.send(new Uint8Array(PART_BYTES))
  signal.addEventListener('abort', () => request.abort(), { once: true })
  return promise
}
