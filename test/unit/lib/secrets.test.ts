import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { ConfigError } from '#lib/config.ts'
import { openSecrets } from '#lib/secrets.ts'

describe('secrets', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'secrets-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const kept = () => readFileSync(join(folder, 'secrets.json'), 'utf8')

  it('are made once, for their owner alone', () => {
    const first = openSecrets(folder, {})
    assert.equal(first.created, true)
    assert.ok(first.adminToken.length >= 32 && first.secret.length >= 32)
    assert.equal(statSync(join(folder, 'secrets.json')).mode & 0o777, 0o600)
    assert.deepEqual(openSecrets(folder, {}), { ...first, created: false, passwordCreated: false })
  })

  it('come from the environment where it gives them, and are then not written down', () => {
    const given = { adminToken: 'given-admin-token', secret: 'given-secret-of-thirty-two-chars' }
    const secrets = openSecrets(folder, given)
    assert.deepEqual([secrets.adminToken, secrets.secret], [given.adminToken, given.secret])
    assert.equal(secrets.created, false)
    assert.doesNotMatch(kept(), /given/)
  })

  it('are still there when the environment gives them no longer', () => {
    const made = openSecrets(folder, {})
    openSecrets(folder, { adminToken: 'given-admin-token' })
    assert.equal(openSecrets(folder, {}).adminToken, made.adminToken)
  })

  it('are not made anew over a torn file', () => {
    writeFileSync(join(folder, 'secrets.json'), '{"secr')
    assert.throws(() => openSecrets(folder, {}), ConfigError)
    assert.equal(kept(), '{"secr')
  })
})
