import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { pageText } from '#test/pdf.ts'
import { baitDocument, secretPicture } from '#worker/probe/documents.ts'
import { probeSandbox } from '#worker/probe.ts'
import { convert, openTestEngine, type TestEngine } from './test-engine.ts'

describe('the probe', () => {
  let jailed: TestEngine
  let free: TestEngine
  const started = Promise.resolve()
  before(async () => {
    jailed = await openTestEngine('bwrap')
    free = await openTestEngine('off')
    await jailed.engine.start()
    await free.engine.start()
  })
  after(async () => {
    await jailed?.close()
    await free?.close()
  })

  it('finds nothing to object to in the sandbox', () => probeSandbox({ ...jailed, started }))

  it('finds the leak where there is no sandbox, in spite of the hardened profile', async () => {
    await assert.rejects(probeSandbox({ ...free, started }), (error: AppError) => {
      assert.equal(error.code, 'sandbox_unavailable')
      return /could show another file.*, and .*could reach the network/.test(error.message)
    })
  })

  it('is a document that shows a file of the machine outside the sandbox and nothing of it inside', async t => {
    const folder = await mkdtemp(join(tmpdir(), 'nightshift-probe-'))
    t.after(() => rm(folder, { recursive: true }))
    await chmod(folder, 0o755)
    await writeFile(join(folder, 'a.svg'), secretPicture('Confidential'))
    const fill = pathToFileURL(join(folder, 'a.svg')).href
    const bytes = baitDocument({ fill, picture: 'about:blank' })
    const inside = await convert(jailed, { bytes, format: 'fodt' })
    const outside = await convert(free, { bytes, format: 'fodt' })
    assert.match(await pageText(outside.pdf), /Confidential/)
    assert.doesNotMatch(await pageText(inside.pdf), /Confidential/)
  })

  it('calls nobody on this machine', async t => {
    let calls = 0
    const server = createServer(() => calls++).listen(0, '127.0.0.1')
    t.after(() => server.close())
    await once(server, 'listening')
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const bytes = baitDocument({ fill: `${address}/fill.svg`, picture: `${address}/picture.png` })
    const { pages } = await convert(jailed, { bytes, format: 'fodt' })
    assert.equal(pages, 1)
    assert.equal(calls, 0)
  })
})
