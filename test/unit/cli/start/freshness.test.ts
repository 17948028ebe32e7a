import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { hashOf, isFresh, markFresh } from '#cli/start/freshness.ts'

describe('the rule for what must be made again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'freshness-'))
  const [one, two] = [join(folder, 'one'), join(folder, 'two')]
  const fill = (first: string, second: string) => {
    writeFileSync(one, first)
    writeFileSync(two, second)
  }
  after(() => rmSync(folder, { recursive: true }))

  it('does not care for times and order', () => {
    fill('a', 'b')
    const before = hashOf(folder, [one, two])
    utimesSync(one, 0, 0)
    assert.equal(hashOf(folder, [two, one, two]), before)
  })

  it('sees a byte that moved from one file to the next', () => {
    fill('ab', 'c')
    const before = hashOf(folder, [one, two])
    fill('a', 'bc')
    assert.notEqual(hashOf(folder, [one, two]), before)
  })

  it('sees a file that is gone and one that has another name', () => {
    fill('same', 'same')
    const hashes = [[one, two], [one], [two]].map(files => hashOf(folder, files))
    assert.equal(new Set(hashes).size, 3)
  })

  it('takes what has no stamp, or an old one, for stale', () => {
    const stamp = join(folder, 'made', '.stamp')
    assert.equal(isFresh(stamp, 'h1'), false)
    markFresh(stamp, 'h1')
    assert.equal(isFresh(stamp, 'h1'), true)
    assert.equal(isFresh(stamp, 'h2'), false)
  })
})
