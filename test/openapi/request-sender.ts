import { OWNER_TOKEN_HEADER } from '#app/owners.ts'
import { deck } from '../documents/deck.ts'
import { picture } from '../documents/sample-picture.ts'
import type { startTestServer } from '../test-server.ts'
import type { Asked, Body, Value } from './requests.ts'
import { isKnownId, nthOf } from './requests.ts'

type TestServer = Awaited<ReturnType<typeof startTestServer>>
type Sent = { name: string; bytes: Buffer }

/** Sends what was asked for, with the numbers of jobs and uploads that came of it before. */
export async function openSender({ url }: TestServer): Promise<(asked: Asked) => Promise<Response>> {
  const cookie = (await fetch(url)).headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const files = await smallFiles()
  const jobs: string[] = []
  const uploads: string[] = []
  /** By the number of the job that each came with. */
  const tokens = new Map<string, string>()

  const resolve = (value: Value, known: string[]): Value =>
    isKnownId(value) ? (known[nthOf(value) % Math.max(1, known.length)] ?? crypto.randomUUID()) : value

  function bodyOf(body: Body): { body: FormData | string; type?: string } {
    if ('bytes' in body) return { body: body.bytes, type: body.type }
    if ('text' in body) {
      const text = body.text.replace(/known:\d+/g, known => String(resolve(known, uploads)))
      return { body: text, type: body.type }
    }
    const form = new FormData()
    for (const [name, value] of body.fields) {
      const told = resolve(value, jobs)
      form.append(name, typeof told === 'object' ? JSON.stringify(told) : String(told))
    }
    const file = files[body.file]
    if (file) form.append('file', new Blob([new Uint8Array(file.bytes)]), file.name)
    return { body: form }
  }

  return async ({ call, method, params, query, headers, withCookie, body }) => {
    const known = call.path.startsWith('/api/uploads') ? uploads : jobs
    const path = call.path.replace(/\{(\w+)\}/g, (_, name) =>
      encoded(String(resolve(params[name] ?? '', known))),
    )
    const token = tokens.get(String(resolve(params.id ?? '', jobs)))
    const asked = new URLSearchParams(query.map(([name, value]) => [name, String(resolve(value, jobs))]))
    const sent = body && method !== 'GET' && method !== 'HEAD' ? bodyOf(body) : undefined
    const answer = await fetch(`${url}${path}${asked.size > 0 ? `?${asked}` : ''}`, {
      method,
      signal: AbortSignal.timeout(10_000),
      headers: {
        ...headers,
        ...(withCookie ? { cookie } : token !== undefined && { [OWNER_TOKEN_HEADER]: token }),
        ...(sent?.type && { 'content-type': sent.type }),
      },
      body: sent?.body ?? null,
    })
    const made = answer.headers.get('location')?.split('/').at(-1)
    if (made) (call.path === '/api/uploads' ? uploads : jobs).push(made)
    const { ownerToken } = call.path === '/api/jobs' && answer.ok ? await answer.clone().json() : {}
    if (made && ownerToken) tokens.set(made, ownerToken)
    return answer
  }
}

/** A percent sign alone stays, so that the path is broken. */
const encoded = (value: string) => (value === '%' ? value : encodeURIComponent(value))

async function smallFiles(): Promise<Sent[]> {
  const pptx = await deck({ slides: 1 })
  return [
    { name: 'a.pptx', bytes: pptx },
    { name: 'b.pptx', bytes: pptx },
    { name: 'a.txt', bytes: Buffer.from('a text') },
    { name: 'a.csv', bytes: Buffer.from('a;b\n1;2\n') },
    { name: 'a.png', bytes: await picture(4, 4) },
    { name: 'cut.pptx', bytes: pptx.subarray(0, pptx.length / 2) },
    { name: 'empty.docx', bytes: Buffer.alloc(0) },
    { name: 'a.exe', bytes: Buffer.from('MZ') },
    { name: 'large.txt', bytes: Buffer.alloc(1_000_001, 'x') },
  ]
}
