import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { RotatedFile } from '#lib/log/rotated-file.ts'

const line = (text: string) => `${text.padEnd(49)}\n`

describe('a file of the log', () => {
  let folder: string
  let path: string
  const linesOf = (name: string) =>
    readFileSync(join(folder, 'logs', name), 'utf8')
      .split('\n')
      .map(text => text.trim())
      .filter(Boolean)

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nightshift-log-'))
    path = join(folder, 'logs', 'web.log')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is renamed before a line would take it over its limit, and one renamed file is kept', () => {
    const file = new RotatedFile(path, 100)
    for (const text of ['1', '2', '3', '4', '5']) file.write(line(text))
    assert.deepEqual(linesOf('web.log.1'), ['3', '4'])
    assert.deepEqual(linesOf('web.log'), ['5'])
    assert.equal(readdirSync(join(folder, 'logs')).length, 2)
  })

  it('goes on with what an earlier process left', () => {
    new RotatedFile(path, 100).write(line('earlier'))
    const file = new RotatedFile(path, 100)
    file.write(line('1'))
    file.write(line('2'))
    assert.deepEqual(linesOf('web.log.1'), ['earlier', '1'])
    assert.deepEqual(linesOf('web.log'), ['2'])
  })

  it('is renamed by one of two processes that write it, and the other follows', () => {
    const [one, other] = [new RotatedFile(path, 100), new RotatedFile(path, 100)]
    one.write(line('one 1'))
    other.write(line('other 1'))
    one.write(line('one 2'))
    one.write(line('one 3'))
    other.write(line('other 2'))
    assert.deepEqual(linesOf('web.log.1'), ['one 1', 'other 1', 'one 2'])
    assert.deepEqual(linesOf('web.log'), ['one 3', 'other 2'])
  })

  it('takes a line that is longer than its limit', () => {
    new RotatedFile(path, 10).write(line('long'))
    assert.deepEqual(linesOf('web.log'), ['long'])
  })

  it('leaves lines out where it cannot be written, and does not stop the process', () => {
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be')
    const file = new RotatedFile(path, 100)
    file.write(line('1'))
    file.write(line('2'))
    assert.equal(readFileSync(join(folder, 'logs'), 'utf8'), 'a file where the folder should be')
  })
})
