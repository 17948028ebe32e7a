import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { openCounter } from '#test/counter.ts'
import { deck } from '#test/documents/deck.ts'
import { answerOf } from '#test/tus.ts'

const LIMIT_MB = 2

describe('a form at the counter', () => {
  let counter: Awaited<ReturnType<typeof openCounter>>
  let file: Blob
  before(async () => {
    counter = await openCounter({ MAX_UPLOAD_MB: String(LIMIT_MB) })
    file = new Blob([new Uint8Array(await deck({ slides: 1 }))])
  })
  after(() => counter.close())

  const stored = async () => (await Readable.from(counter.storage.list('jobs/')).toArray()).length
  const post = (form: FormData) => fetch(`${counter.url}/api/jobs`, { method: 'POST', body: form })
  const open = (headers: Record<string, string | number>) => {
    const outgoing = request(`${counter.url}/api/jobs`, { method: 'POST', headers, agent: false })
    outgoing.on('error', () => {}) // it is cut in the middle
    return outgoing
  }
  const multipart = { 'content-type': 'multipart/form-data; boundary=b' }
  const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.pptx"\r\n\r\n'

  it('says so when it has two files, a file in another field, too much in a field, or too many parts', async () => {
    const forms: [RegExp, (form: FormData) => void][] = [
      [/more than one file/, form => form.append('file', file, 'b.pptx')],
      [
        /stands in “document” and not in “file”/,
        form => {
          form.delete('file')
          form.set('document', file, 'a.pptx')
        },
      ],
      [/“target” is longer than/, form => form.set('target', 'x'.repeat(20_000))],
      [/too many parts/, form => Array.from({ length: 30 }, (_, n) => form.set(`field${n}`, 'x'))],
    ]
    for (const [expected, change] of forms) {
      const form = new FormData()
      form.set('file', file, 'a.pptx')
      change(form)
      const answer = await post(form)
      const problem = await answer.json()
      assert.deepEqual([answer.status, problem.code], [400, 'invalid_request'])
      assert.match(problem.message, expected)
    }
    assert.equal(await stored(), 0)
  })

  it('may name the file in a field, which wins over the name that the file brings', async () => {
    const form = new FormData()
    form.set('file', file, 'a.pptx')
    form.set('fileName', '../b.pptx')
    const job = await (await post(form)).json()
    assert.equal(job.fileName, 'b.pptx')
    await fetch(`${counter.url}/api/jobs/${job.id}?purge=1`, { method: 'DELETE' })
  })

  it('is answered with 413 before its bytes where it says how long it is, and while they come where not', async () => {
    const announced = open({ ...multipart, 'content-length': 50_000_000 })
    announced.flushHeaders()
    assert.deepEqual(await answerOf(announced), [413, 'too_large'])
    const endless = open(multipart)
    endless.write(head)
    const sending = setInterval(() => endless.write(Buffer.alloc(500_000)), 5)
    assert.deepEqual(await answerOf(endless), [413, 'too_large'])
    await once(endless, 'close') // nobody reads on for ever
    clearInterval(sending)
    assert.equal(await stored(), 0)
  })

  it('leaves nothing when a proxy cut it short but ended it properly', async () => {
    const short = open({ ...multipart, 'content-length': head.length + 4 })
    short.end(`${head}four`)
    assert.deepEqual(await answerOf(short), [400, 'upload_interrupted'])
    assert.equal(await stored(), 0)
  })
})
