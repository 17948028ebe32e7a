import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openLocalStorage } from '#lib/storage/local.ts'
import { listUploadRecords, saveUploadRecord, type UploadRecord } from '#lib/upload-records.ts'

test('an open upload of which a power cut left only the name is forgotten, and the others are not', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-uploads-'))
  t.after(() => rm(folder, { recursive: true }))
  const storage = await openLocalStorage(folder)
  const [whole, cut] = [newRecord(), newRecord()]
  await saveUploadRecord(storage, whole)
  await saveUploadRecord(storage, cut)
  await truncate(join(folder, 'uploads', cut.id))
  assert.deepEqual(await listUploadRecords(storage), [whole])
  assert.deepEqual(await readdir(join(folder, 'uploads')), [whole.id])
})

function newRecord(): UploadRecord {
  const [createdAt, expiresAt] = [new Date(), new Date(Date.now() + 60_000)].map(at => at.toISOString())
  return {
    id: randomUUID(),
    owner: 'a',
    listed: true,
    length: 1,
    createdAt: createdAt ?? '',
    expiresAt: expiresAt ?? '',
  }
}
