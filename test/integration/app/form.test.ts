import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { deck } from '#test/documents/deck.ts'
import { rightsTo, startTestServer } from '#test/test-server.ts'
import { answerOf } from '#test/tus.ts'
import { until } from '#test/until.ts'

const LIMIT_MB = 2

describe('a form that is sent', () => {
  let testServer: Awaited<ReturnType<typeof startTestServer>>
  let file: Blob
  before(async () => {
    testServer = await startTestServer({ MAX_UPLOAD_MB: String(LIMIT_MB) })
    file = new Blob([new Uint8Array(await deck({ slides: 1 }))])
  })
  after(() => testServer.close())

  const stored = async () => (await Readable.from(testServer.storage.list('jobs/')).toArray()).length
  const post = (form: FormData) => fetch(`${testServer.url}/api/jobs`, { method: 'POST', body: form })
  const open = (headers: Record<string, string | number>) => {
    const outgoing = request(`${testServer.url}/api/jobs`, { method: 'POST', headers, agent: false })
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
    const headers = rightsTo(job.id)
    await fetch(`${testServer.url}/api/jobs/${job.id}?purge=1`, { method: 'DELETE', headers })
  })

  it('is answered with 413 before its bytes where it says how long it is, and while they come where not', async t => {
    const announced = open({ ...multipart, 'content-length': 50_000_000 })
    t.after(() => announced.destroy())
    announced.flushHeaders()
    assert.deepEqual(await answerOf(announced), [413, 'too_large'])
    const endless = open(multipart)
    const closed = once(endless, 'close')
    const sending = setInterval(() => endless.write(Buffer.alloc(100_000)), 5)
    t.after(() => {
      clearInterval(sending)
      endless.destroy()
    })
    endless.write(head)
    assert.deepEqual(await answerOf(endless), [413, 'too_large'])
    await closed // nobody reads on for ever
    assert.equal(await stored(), 0)
  })

  for (const [what, keepsAlive] of [
    ['keeps its connection', 'keep-alive'],
    ['wants it closed', 'close'],
  ])
    it(`can read the 413 after it has sent everything, when its sender reads nothing before and ${what}`, async t => {
      const { hostname, port, host } = new URL(testServer.url)
      const socket = connect(Number(port), hostname)
      t.after(() => socket.destroy())
      const bytes = 10 * LIMIT_MB * 1_000_000
      const lines = [
        'POST /api/jobs HTTP/1.1',
        `Host: ${host}`,
        `Connection: ${keepsAlive}`,
        `Content-Type: ${multipart['content-type']}`,
        'Transfer-Encoding: chunked',
      ]
      socket.pause().write(`${lines.join('\r\n')}\r\n\r\n`)
      for (const part of [Buffer.from(head), Buffer.alloc(bytes)]) {
        socket.write(`${part.length.toString(16)}\r\n`)
        socket.write(part)
        await new Promise<void>((resolve, reject) =>
          socket.write('\r\n', error => (error ? reject(error) : resolve())),
        )
      }
      socket.write('0\r\n\r\n')
      const answer = (await socket.setEncoding('utf8').toArray()).join('')
      assert.match(answer, /^HTTP\/1\.1 413 .*\r\nconnection: close\r\n.*"code":"too_large"/is)
      assert.equal(await stored(), 0)
    })

  for (const [what, length] of [
    ['small', 1000],
    ['large', 1_000_000],
  ] as const)
    it(`counts no more when its sender goes away in the middle of a ${what} file`, async t => {
      const owner = randomUUID()
      const outgoing = open({ ...multipart, ...rightsTo(owner), 'content-length': head.length + length })
      t.after(() => outgoing.destroy())
      outgoing.write(`${head}four`)
      const underWay = () => testServer.spool.countIncoming(owner)
      await until('it is under way', async () => (await underWay()) === 1)
      outgoing.destroy()
      await until('it is under way no more', async () => (await underWay()) === 0, 10_000)
      assert.equal(await stored(), 0)
    })

  it('leaves nothing when a proxy cut it short but ended it properly', async () => {
    const short = open({ ...multipart, 'content-length': head.length + 4 })
    short.end(`${head}four`)
    assert.deepEqual(await answerOf(short), [400, 'upload_interrupted'])
    assert.equal(await stored(), 0)
  })
})
