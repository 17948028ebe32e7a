import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { reachState } from '#test/client.ts'
import { deck } from '#test/documents/deck.ts'
import { lockedDeck } from '#test/documents/locked.ts'
import { send } from '#test/test-server.ts'
import { until } from '#test/until.ts'
import { startWebAndWorker, type WebAndWorker } from '#test/web-and-worker.ts'
import { openWebhookReceiver, type WebhookReceiver } from '#test/webhook-receiver.ts'

const PASSWORD = 'Zimtschnecke-17'
const NAME = 'Gehaltsliste-Brunner'
const TOKENS = {
  ADMIN_TOKEN: 'admin-token-Kardamom',
  OPERATOR_TOKEN: 'operator-token-Anis',
  SECRET: 'Vanille'.repeat(6),
}

interface Line {
  level: number
  msg: string
  jobId?: string
  attempt?: number
}

describe('the log of a web process and a worker', () => {
  let dataDir: string
  let pair: WebAndWorker
  let receiver: WebhookReceiver
  let cookie: string
  let created: { id: string; webhookSecret: string; batchId: string }
  let failed: { id: string }

  const textOf = (name: string) => readFileSync(join(dataDir, 'logs', `${name}.log`), 'utf8')
  const linesOf = (name: string): Line[] =>
    textOf(name)
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
  const toldOf = (id: string) => [...linesOf('web'), ...linesOf('worker')].filter(({ jobId }) => jobId === id)

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'nightshift-logged-'))
    // The user of the sandbox passes through it.
    chmodSync(dataDir, 0o711)
    receiver = await openWebhookReceiver()
    const settings = {
      DATA_DIR: dataDir,
      LOG_LEVEL: 'info',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      MAX_ATTEMPTS: '1',
    }
    pair = await startWebAndWorker({ ...settings, ...TOKENS })
    cookie = ((await fetch(`${pair.url}/api/formats`)).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const fields = { webhookUrl: receiver.url, options: JSON.stringify({ password: PASSWORD }) }
    const document = await lockedDeck({ password: PASSWORD })
    const answer = await send(pair.url, { name: `${NAME}.pptx`, bytes: document }, { fields })
    assert.equal(answer.status, 202, await answer.clone().text())
    created = await answer.json()
    await reachState(pair.url, created.id, 'completed')
    const fieldsOfFailing = { options: JSON.stringify({ pages: '7' }) }
    const failing = { name: `${NAME}.pptx`, bytes: await deck({ slides: 1 }) }
    failed = await (await send(pair.url, failing, { fields: fieldsOfFailing })).json()
    await reachState(pair.url, failed.id, 'failed')
    await until('the webhook was told', () => receiver.got.length > 0)
  })
  after(async () => {
    await pair?.end()
    await receiver?.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('has one line for each fact of a job, with the job and its attempt', () => {
    const facts = toldOf(created.id).map(({ msg, attempt }) => [msg, attempt])
    assert.deepEqual(facts, [
      ['a job was created', 0],
      ['a job was completed', 1],
    ])
  })

  it('says why an attempt failed, and that the job did', () => {
    const facts = toldOf(failed.id).map(({ msg, attempt, level }) => [msg, attempt, level])
    assert.deepEqual(facts, [
      ['a job was created', 0, 30],
      ['attempt failed', 1, 40],
      ['a job failed', 1, 40],
    ])
  })

  it('has no password, token, cookie, secret of a webhook or name of a file in any line', () => {
    const all = textOf('web') + textOf('worker')
    const { id: _, ...secrets } = { ...TOKENS, id: '', PASSWORD, NAME, webhook: created.webhookSecret }
    for (const [name, text] of Object.entries(secrets)) {
      assert.ok(text.length > 8, `${name} is there`)
      assert.ok(!all.includes(text), `${name} is in the log`)
    }
    if (cookie !== '') assert.ok(!all.includes(cookie.split('=')[1] ?? ''))
    assert.ok(!all.includes('whsec_'))
  })
})
