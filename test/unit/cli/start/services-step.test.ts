import assert from 'node:assert/strict'
import { it } from 'node:test'
import { adaptersFor } from '#cli/start/services-step.ts'
import { readConfig } from '#lib/config.ts'

it('a start brings the packages of those adapters alone that the settings choose', () => {
  const chosen = (environment: Record<string, string>) => adaptersFor(readConfig(environment))
  assert.deepEqual(chosen({}), [])
  assert.deepEqual(chosen({ STORAGE: 'file:///srv' }), [])
  assert.deepEqual(chosen({ QUEUE: 'rabbitmq', AMQP_URL: 'amqp://host' }), ['rabbitmq'])
  const onAws: Record<string, string>[] = [
    { STORAGE: 's3://bucket' },
    { JOBS: 'dynamodb' },
    { QUEUE: 'sqs' },
    { EVENTS: 'sns' },
  ]
  for (const setting of onAws) assert.deepEqual(chosen(setting), ['aws'], JSON.stringify(setting))
  const mixed = { STORAGE: 's3://bucket', QUEUE: 'rabbitmq', AMQP_URL: 'amqp://host' }
  assert.deepEqual(chosen(mixed), ['rabbitmq', 'aws'])
})
