import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { after, before, describe, it } from 'node:test'
import type { AppError } from '#lib/errors.ts'
import { pageText } from '#test/pdf.ts'
import { trapDocument } from '#worker/probe/documents.ts'
import { probeSandbox } from '#worker/probe.ts'
import { type Bench, convert, openBench } from './bench.ts'

describe('the probe', () => {
  let jailed: Bench
  let free: Bench
  before(async () => {
    jailed = await openBench('bwrap')
    free = await openBench('off')
    await jailed.engine.start()
    await free.engine.start()
  })
  after(async () => {
    await jailed?.close()
    await free?.close()
  })

  it('finds nothing to object to in the sandbox', () => probeSandbox(jailed))

  it('finds the leak where there is no sandbox, in spite of the hardened profile', async () => {
    await assert.rejects(probeSandbox(free), (error: AppError) => {
      assert.equal(error.code, 'sandbox_unavailable')
      return /could show another file/.test(error.message)
    })
  })

  it('is a document that shows /etc/passwd outside the sandbox and nothing of it inside', async () => {
    const bytes = trapDocument({ file: 'file:///etc/passwd', picture: 'about:blank' })
    const inside = await convert(jailed, { bytes, format: 'fodp' })
    const outside = await convert(free, { bytes, format: 'fodp' })
    assert.match(await pageText(outside.pdf), /root:x:0/)
    assert.doesNotMatch(await pageText(inside.pdf), /root:x:0/)
  })

  it('calls nobody on this machine', async t => {
    let calls = 0
    const server = createServer(() => calls++).listen(0, '127.0.0.1')
    t.after(() => server.close())
    await once(server, 'listening')
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const bytes = trapDocument({ file: `${address}/file.fodt`, picture: `${address}/picture.png` })
    const { pages } = await convert(jailed, { bytes, format: 'fodp' })
    assert.equal(pages, 1)
    assert.equal(calls, 0)
  })
})
