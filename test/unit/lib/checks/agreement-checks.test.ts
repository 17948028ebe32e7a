import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { agreementChecks } from '#lib/checks/agreement-checks.ts'
import { type MachineFacts, secretMarks } from '#lib/checks/machine-facts.ts'
import type { WorkerStatus } from '#lib/jobs.ts'

const SECRETS = { secret: 's'.repeat(32), adminToken: 'token-of-the-operator' }
const FONTS = { digest: 'abc', families: 120, lacking: [] }

function worker(name: string, changes: Partial<MachineFacts> = {}): WorkerStatus {
  const machine = { marks: secretMarks(SECRETS), engine: 'LibreOffice 25.2', fonts: FONTS, ...changes }
  const activity = { host: name, startedAt: '2026-11-30T01:00:00Z', engines: [], machine }
  return { worker: `${name}/1`, slots: 1, ready: true, trouble: null, activity }
}

const statesOf = (workers: WorkerStatus[], own = secretMarks(SECRETS)) =>
  Object.fromEntries(agreementChecks(workers, own).map(({ id, state }) => [id, state]))

describe('the comparison of machines', () => {
  it('is in order where all have the same', () => {
    const all = { secret: 'ok', 'admin-token': 'ok', 'engine-version': 'ok', 'font-list': 'ok' }
    assert.deepEqual(statesOf([worker('a'), worker('b')]), all)
  })

  it('names the machine with another SECRET, and concludes nothing about its ADMIN_TOKEN', () => {
    const other = worker('b', { marks: secretMarks({ ...SECRETS, secret: 'x'.repeat(32) }) })
    const checks = agreementChecks([worker('a'), other], secretMarks(SECRETS))
    const [secret, token] = checks
    assert.deepEqual([secret?.id, secret?.state], ['secret', 'failed'])
    assert.match(secret?.found ?? '', /another one on b\/1$/)
    assert.deepEqual([token?.id, token?.state], ['admin-token', 'ok'])
  })

  it('names the machine with another ADMIN_TOKEN', () => {
    const other = worker('b', { marks: secretMarks({ ...SECRETS, adminToken: 'another-token-here' }) })
    assert.equal(statesOf([worker('a'), other])['admin-token'], 'warning')
  })

  it('names those whose LibreOffice or fonts are not those of most', () => {
    const odd = worker('c', { engine: 'LibreOffice 7.4', fonts: { ...FONTS, digest: 'def' } })
    const checks = agreementChecks([odd, worker('a'), worker('b')], undefined)
    const differing = checks.filter(({ state }) => state !== 'ok')
    assert.deepEqual(
      differing.map(({ id }) => id),
      ['engine-version', 'font-list'],
    )
    for (const { found } of differing) assert.match(found, /c\/1$/)
  })

  it('names the scripts that have no font on a machine, and the packages that bring them', () => {
    const checks = agreementChecks(
      [worker('a', { fonts: { ...FONTS, lacking: ['Thai', 'Korean'] } })],
      undefined,
    )
    const fonts = checks.find(({ id }) => id === 'fonts-of-a/1')
    assert.equal(fonts?.found, 'none on a/1 for Thai, Korean')
    assert.match(fonts?.mend ?? '', /fonts-noto-ui-core fonts-noto-cjk$/)
  })

  it('has fingerprints from which no value can be read', () => {
    const marks = JSON.stringify(secretMarks(SECRETS))
    for (const value of Object.values(SECRETS)) assert.ok(!marks.includes(value))
    assert.notDeepEqual(secretMarks(SECRETS), secretMarks({ ...SECRETS, adminToken: 'x'.repeat(16) }))
  })
})
