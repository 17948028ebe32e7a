import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { openDynamodbClient } from '#lib/aws/dynamodb-client.ts'
import { ConfigError } from '#lib/config.ts'
import { idempotencyKeyId } from '#lib/jobs/stores/dynamodb-store/idempotency-keys.ts'
import { openDynamodbStore } from '#lib/jobs/stores/dynamodb-store.ts'
import { DYNALITE_ACCESS, type Dynalite, openDynalite } from '#test/dynalite.ts'
import { code, newJob } from './jobs-conformance/suite.ts'

const log = pino({ level: 'silent' })
const limits = { queueLimit: 100, ownerLimit: 100 }

describe('jobs in DynamoDB', () => {
  let emulator: Dynalite
  const access = () => ({ endpoint: emulator.endpoint, ...DYNALITE_ACCESS })
  const open = (prefix: string) => openDynamodbStore({ prefix, ...access(), log })

  before(async () => {
    emulator = await openDynalite()
  })
  after(() => emulator?.close())

  it('gives a key to the next job whose first writer died before its row, which can never be written then', async () => {
    const store = await open('keys')
    const [owner, idempotencyKey, dead] = [`owner-${randomUUID()}`, 'once', randomUUID()]
    const client = await openDynamodbClient(access())
    const keyItem = { id: idempotencyKeyId(owner, idempotencyKey), jobId: dead }
    await client.put({ TableName: 'keys-jobs', Item: keyItem })
    client.close()
    assert.equal(await store.findByKey(owner, idempotencyKey), undefined)
    const insert = (id: string) =>
      store.insertIfBelowLimit({ ...newJob({ id, owner, idempotencyKey }), messageId: randomUUID() }, limits)
    const next = randomUUID()
    assert.ok(await insert(next))
    assert.equal((await store.findByKey(owner, idempotencyKey))?.id, next)
    assert.equal(await insert(dead), undefined)
    assert.equal(await store.get(dead), undefined)
    await store.cancelIfNotEnded(next)
    await store.purgeIfEnded(next)
    assert.ok(await insert(randomUUID()), 'the key of a purged job is free')
    await store.close()
  })

  it('opens while the service is away, says so in each call, and works when it is back', async () => {
    await emulator.stop()
    const store = await open('away')
    await assert.rejects(store.get(randomUUID()), code('database_down'))
    await emulator.start()
    const job = newJob()
    assert.ok(await store.insertIfBelowLimit({ ...job, messageId: randomUUID() }, limits))
    await emulator.stop()
    await emulator.start()
    assert.equal((await store.get(job.id))?.id, job.id)
    await store.close()
  })

  it('refuses a table of something else', async () => {
    const client = await openDynamodbClient(access())
    await client.createTable({
      ...{ TableName: 'other-jobs', BillingMode: 'PAY_PER_REQUEST' },
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    })
    client.close()
    await assert.rejects(open('other'), (error: unknown) => {
      assert.ok(error instanceof ConfigError)
      return /other-jobs lacks the indexes byOwner/.test(error.message)
    })
  })
})
