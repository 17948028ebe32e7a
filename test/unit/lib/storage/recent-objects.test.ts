import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RecentObjects, SMALL_BYTES } from '#lib/storage/s3-storage/recent-objects.ts'

describe('objects that were just written', () => {
  it('are given back, whole and in ranges as a bucket gives them', () => {
    const recent = new RecentObjects()
    recent.keep('jobs/a/source', Buffer.from('0123456789'))
    assert.equal(recent.find('jobs/a/source')?.toString(), '0123456789')
    assert.equal(recent.find('jobs/a/source', { start: 2, end: 4 })?.toString(), '234')
    assert.equal(recent.find('jobs/a/source', { start: 8, end: 99 })?.toString(), '89')
    assert.equal(recent.find('jobs/b/source'), undefined)
  })

  it('stay as they are when a reader frees what it got', () => {
    const recent = new RecentObjects()
    recent.keep('a', Buffer.from('kept'))
    recent.find('a')?.fill(0)
    assert.equal(recent.find('a')?.toString(), 'kept')
  })

  it('are forgotten one by one and by what their keys begin with', () => {
    const recent = new RecentObjects()
    for (const key of ['jobs/a/source', 'jobs/a/result-1', 'jobs/ab/source'])
      recent.keep(key, Buffer.from('x'))
    recent.forget('jobs/a/')
    assert.equal(recent.find('jobs/a/source'), undefined)
    assert.equal(recent.find('jobs/a/result-1'), undefined)
    assert.ok(recent.find('jobs/ab/source'))
    recent.forget('jobs/ab/source')
    assert.equal(recent.find('jobs/ab/source'), undefined)
  })

  it('take little memory: large ones are not kept, and the oldest go first', () => {
    const recent = new RecentObjects()
    recent.keep('large', Buffer.alloc(SMALL_BYTES + 1))
    assert.equal(recent.find('large'), undefined)
    for (let n = 0; n < 40; n++) recent.keep(`${n}`, Buffer.alloc(SMALL_BYTES))
    const found = Array.from({ length: 40 }, (_, n) => recent.find(`${n}`) !== undefined)
    assert.deepEqual(found, [...Array(8).fill(false), ...Array(32).fill(true)])
  })
})
