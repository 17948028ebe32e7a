import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { PART } from '#test/tus.ts'

/** Default of most clients that speak tus, ours among them: what any proxy lets through. */
const PART_BYTES = 8 * 1024 * 1024
const READ_BYTES = 1024 * 1024
const BOUNDARY = 'bench'

/** A document on the disk, or small enough to lie in memory. */
export interface SenderLoad {
  bytes: number
  /** From `start` up to and without `end`. */
  read(start: number, end: number): Readable
}

export const fileLoad = (path: string, bytes: number): SenderLoad => ({
  bytes,
  read: (start, end) => createReadStream(path, { start, end: end - 1, highWaterMark: READ_BYTES }),
})
export const memoryLoad = (data: Buffer): SenderLoad => ({
  bytes: data.length,
  read: (start, end) => Readable.from([data.subarray(start, end)]),
})

/** One way to bring a file; all of them write to their sockets alike. */
export type Send = (load: SenderLoad) => Promise<void>

export function bareSender(url: string): Send {
  const call = caller(url)
  return async load => void (await call('POST', '/', { body: load.read(0, load.bytes), bytes: load.bytes }))
}

export function formSender(url: string): Send {
  const call = caller(url)
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="deck.pptx"\r\n\r\n`
  const tail = `\r\n--${BOUNDARY}--\r\n`
  return async load => {
    const body = Readable.from(inside(head, load.read(0, load.bytes), tail))
    const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }
    await call('POST', '/api/jobs', { headers, body, bytes: head.length + load.bytes + tail.length })
  }
}

const VERSION = { 'tus-resumable': '1.0.0' }

export function tusSender(url: string, partBytes = PART_BYTES): Send {
  const call = caller(url)
  return async load => {
    const opened = await call('POST', '/api/uploads', {
      headers: { ...VERSION, 'upload-length': load.bytes },
    })
    const path = opened.headers.location ?? ''
    for (let at = 0; at < load.bytes; at += partBytes) {
      const end = Math.min(at + partBytes, load.bytes)
      const headers = { ...VERSION, 'upload-offset': at, 'content-type': PART }
      await call('PATCH', path, { headers, body: load.read(at, end), bytes: end - at })
    }
    await finish(call, path)
  }
}

/** As a small file goes: it is opened with all its bytes. */
export function tusSmallSender(url: string): Send {
  const call = caller(url)
  return async load => finish(call, await openWithBytes(call, load))
}

/** The bytes alone: there will be no job. */
export function tusBytesSender(url: string): Send {
  const call = caller(url)
  return async load => void (await openWithBytes(call, load))
}

async function openWithBytes(call: Call, load: SenderLoad): Promise<string> {
  const headers = { ...VERSION, 'upload-length': load.bytes, 'content-type': PART }
  const opened = await call('POST', '/api/uploads', {
    headers,
    body: load.read(0, load.bytes),
    bytes: load.bytes,
  })
  if (Number(opened.headers['upload-offset']) !== load.bytes) throw new Error('not all was taken')
  return opened.headers.location ?? ''
}

async function finish(call: Call, path: string): Promise<void> {
  const settings = JSON.stringify({ uploadId: path.split('/').at(-1), fileName: 'deck.pptx' })
  const json = { 'content-type': 'application/json' }
  await call('POST', '/api/jobs', { headers: json, body: Readable.from([settings]), bytes: settings.length })
}

type Call = ReturnType<typeof caller>

interface Sending {
  headers?: Record<string, string | number>
  body?: Readable
  bytes?: number
}

function caller(url: string) {
  const agent = new Agent({ keepAlive: true })
  return async (
    method: string,
    path: string,
    { headers = {}, body, bytes = 0 }: Sending,
  ): Promise<IncomingMessage> => {
    const outgoing = request(url + path, { method, agent, headers: { ...headers, 'content-length': bytes } })
    const answered = once(outgoing, 'response')
    if (body) await pipeline(body, outgoing)
    else outgoing.end()
    const [response] = await answered
    response.resume()
    await once(response, 'end')
    if (response.statusCode >= 300)
      throw new Error(`${method} ${path} was answered with ${response.statusCode}`)
    return response
  }
}

async function* inside(head: string, body: Readable, tail: string): AsyncIterable<string | Buffer> {
  yield head
  yield* body
  yield tail
}
