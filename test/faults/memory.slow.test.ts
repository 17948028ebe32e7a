import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { creatorOf, sendFile } from '#test/client.ts'
import { writeBigDeck } from '#test/documents/deck.ts'
import { makeDataDir, removeDataDir, startInstance, type TestInstance } from '#test/test-instance.ts'

const MB = 1_000_000

describe('a file of 500 MB', () => {
  const dataDir = makeDataDir()
  const folder = mkdtempSync(join(tmpdir(), 'nightshift-big-'))
  let instance: TestInstance
  before(async () => {
    instance = await startInstance({ dataDir })
    await instance.ready()
  })
  after(async () => {
    await instance.end('SIGTERM')
    rmSync(folder, { recursive: true })
    removeDataDir(dataDir)
  })
  /** From /proc, in bytes. */
  const memory = (pid: number, field: 'VmHWM' | 'VmRSS') =>
    Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024

  it('moves the web process’s peak memory by 40 MB at the most', async () => {
    const pid = instance.instance().children.web?.pid ?? 0
    const small = join(folder, 'small.pptx')
    await writeBigDeck(small, 5 * MB)
    assert.equal((await sendFile(instance.url, small, 'small.pptx')).status, 202)
    const big = join(folder, 'big.pptx')
    await writeBigDeck(big, 500 * MB)
    writeFileSync(`/proc/${pid}/clear_refs`, '5') // the peak is measured from here
    const before = memory(pid, 'VmRSS')
    const answer = await sendFile(instance.url, big, 'big.pptx')
    const job = await answer.json()
    const growth = memory(pid, 'VmHWM') - before
    assert.equal(answer.status, 202)
    assert.ok(job.source.bytes >= 500 * MB)
    assert.ok(growth <= 40 * MB, `grew by ${(growth / MB).toFixed(1)} MB`)
    const headers = creatorOf(job)
    const deleted = await fetch(`${instance.url}/api/jobs/${job.id}?purge=1`, { method: 'DELETE', headers })
    assert.equal(deleted.status, 204)
  })
})
