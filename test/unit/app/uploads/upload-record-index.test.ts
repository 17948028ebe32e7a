import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { UploadRecordIndex } from '#app/uploads/upload-record-index.ts'
import type { UploadRecord } from '#lib/upload-records.ts'

const HOUR_MS = 3_600_000
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString()
const newRecord = (owner: string, hours: number): UploadRecord => ({
  id: randomUUID(),
  owner,
  listed: true,
  length: 1,
  createdAt: inHours(hours - 24),
  expiresAt: inHours(hours),
})

test('an owner’s uploads count until they are over, dropped or closed', () => {
  const [one, two] = [newRecord('a', 1), newRecord('a', 2)]
  const records = new UploadRecordIndex([one, two, newRecord('a', -1), newRecord('b', 1)])
  assert.equal(records.openOf('a'), 2)
  records.delete(one.id)
  assert.equal(records.openOf('a'), 1)
  assert.equal(records.get(one.id), undefined)
  assert.equal(records.get(two.id), two)
  assert.equal(records.openOf('nobody'), 0)
})

test('what is long over is forgotten, whatever the order in which it was found', () => {
  const [open, over, longOver] = [newRecord('a', 1), newRecord('a', -1), newRecord('a', -25)]
  const records = new UploadRecordIndex([open, longOver, over])
  records.forget()
  assert.deepEqual(
    [open, over, longOver].map(({ id }) => records.get(id)),
    [open, over, undefined],
  )
})
