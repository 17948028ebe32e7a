import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { reachState } from '#test/client.ts'
import { deck } from '#test/documents/deck.ts'
import { dataDirFor, startInstance } from '#test/test-instance.ts'
import { finishUpload, offsetOf, sendPart } from '#test/tus.ts'

const ID = '6f1c2d3e-4a5b-4c6d-8e7f-0123456789ab'
const SECRETS = {
  adminToken: 'the-token-that-the-operator-wrote-down',
  secret: 'c2VjcmV0LW9mLWFuLW9sZC1pbnN0YWxsYXRpb24',
  databasePassword: 'cGFzc3dvcmQtb2YtYW4tb2xkLWRhdGFiYXNl',
}
/** A launcher that was killed, and what had its number before. */
const KILLED = {
  launcher: { pid: 4_000_000, started: '1' },
  children: { web: { pid: 4_000_001, started: '1' }, worker: { pid: 4_000_002, started: '1' } },
  url: 'http://127.0.0.1:3000',
  databaseUrl: 'postgresql://nightshift:x@127.0.0.1:1/nightshift',
}

const hour = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString()

/** The files of DATA_DIR under the names, and with the fields, that 0.1.0 wrote. */
function writeOldFiles(dataDir: string, bytes: Buffer, sent: number): void {
  const json = (name: string, content: unknown) =>
    writeFileSync(join(dataDir, name), JSON.stringify(content), { mode: 0o600 })
  for (const folder of ['files/uploads', `files/jobs/${ID}`])
    mkdirSync(join(dataDir, folder), { recursive: true })
  json('secrets.json', SECRETS)
  json('instance.json', KILLED)
  json(`files/uploads/${ID}`, {
    id: ID,
    owner: 'address-of-a-program',
    listed: false,
    length: bytes.length,
    metadata: { filename: 'a.pptx' },
    createdAt: hour(-1),
    expiresAt: hour(1),
  })
  writeFileSync(join(dataDir, 'files/jobs', ID, 'source'), bytes.subarray(0, sent))
}

describe('a DATA_DIR of an earlier version', () => {
  it('starts, keeps its secrets, and its open upload becomes a job', async t => {
    const dataDir = dataDirFor(t)
    const bytes = await deck({ slides: 2 })
    const sent = Math.floor(bytes.length / 2)
    writeOldFiles(dataDir, bytes, sent)
    const instance = await startInstance({ dataDir })
    await instance.ready()

    assert.doesNotMatch(instance.output(), /Admin token:/, 'the token is known already')
    const headers = { authorization: `Bearer ${SECRETS.adminToken}` }
    assert.equal((await fetch(`${instance.url}/api/admin/queue`, { headers })).status, 200)

    assert.equal(await offsetOf(instance.url, ID), sent)
    const part = { offset: sent, bytes: bytes.subarray(sent) }
    assert.equal((await sendPart(instance.url, ID, part)).status, 204)
    const answer = await finishUpload(instance.url, { uploadId: ID, fileName: 'a.pptx' })
    assert.equal(answer.status, 202)
    const job = await reachState(instance.url, ID, 'completed')
    assert.equal(job.source.bytes, bytes.length)
  })
})
