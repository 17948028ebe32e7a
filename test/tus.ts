import { once } from 'node:events'
import { type ClientRequest, request } from 'node:http'

const VERSION = { 'tus-resumable': '1.0.0' }
export const PART = 'application/offset+octet-stream'

type Headers = Record<string, string>

/** A program that speaks tus, down to the single request. */
export const openUpload = (
  url: string,
  length: number | string,
  { headers = {}, body }: { headers?: Headers; body?: Buffer } = {},
) =>
  fetch(`${url}/api/uploads`, {
    method: 'POST',
    headers: { ...VERSION, 'upload-length': String(length), ...headers },
    body: body ? new Uint8Array(body) : null,
  })

/** Opens an upload that is not refused, and gives its number. */
export async function openedUpload(url: string, length: number, headers: Headers = {}): Promise<string> {
  const answer = await openUpload(url, length, { headers })
  if (answer.status !== 201) throw new Error(`refused: ${await answer.text()}`)
  return answer.headers.get('location')?.split('/').at(-1) ?? ''
}

/** Uploads a whole file under its name, and gives the upload's number. */
export async function uploadedAs(url: string, name: string, bytes: Buffer): Promise<string> {
  const filename = Buffer.from(name).toString('base64')
  const id = await openedUpload(url, bytes.length, { 'upload-metadata': `filename ${filename}` })
  await sendPart(url, id, { offset: 0, bytes })
  return id
}

interface Part {
  offset: number
  bytes: Buffer
  headers?: Headers
}

export const sendPart = (url: string, id: string, { offset, bytes, headers = {} }: Part) =>
  fetch(`${url}/api/uploads/${id}`, {
    method: 'PATCH',
    headers: { ...VERSION, 'upload-offset': String(offset), 'content-type': PART, ...headers },
    body: new Uint8Array(bytes),
  })

export const askUpload = (url: string, id: string, headers: Headers = {}) =>
  fetch(`${url}/api/uploads/${id}`, { method: 'HEAD', headers: { ...VERSION, ...headers } })

export const deleteUpload = (url: string, id: string, headers: Headers = {}) =>
  fetch(`${url}/api/uploads/${id}`, { method: 'DELETE', headers: { ...VERSION, ...headers } })

export async function offsetOf(url: string, id: string): Promise<number> {
  return Number((await askUpload(url, id)).headers.get('upload-offset'))
}

/** A PATCH that announces `length` bytes and is written to by hand. */
export function openPart(
  url: string,
  id: string,
  { offset, length }: { offset: number; length: number },
): ClientRequest {
  const headers = { ...VERSION, 'upload-offset': offset, 'content-type': PART, 'content-length': length }
  const part = request(`${url}/api/uploads/${id}`, { method: 'PATCH', headers, agent: false })
  part.on('error', () => {}) // it is made to be cut
  return part
}

/** The status and the problem's code that a request by hand was answered with. */
export async function answerOf(part: ClientRequest): Promise<[number | undefined, string | undefined]> {
  const [response] = await once(part, 'response')
  let text = ''
  for await (const chunk of response) text += chunk
  return [response.statusCode, text ? JSON.parse(text).code : undefined]
}

export const finishUpload = (url: string, fields: object, headers: Headers = {}) =>
  fetch(`${url}/api/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(fields),
  })
