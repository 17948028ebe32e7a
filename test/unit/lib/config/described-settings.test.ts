import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { describedSettings } from '#lib/config/described-settings.ts'
import { VARIABLES } from '#lib/config/variables.ts'

const HIDDEN = 'nobody may read this anywhere'

describe('the settings as operators read them', () => {
  const environment = {
    PORT: '4000',
    LOG_LEVEL: 'debug',
    HOST: '',
    OPERATOR_TOKEN: HIDDEN,
    DATABASE_URL: `postgresql://u:${HIDDEN}@h/d`,
    AMQP_URL: `amqp://u:${HIDDEN}@h`,
    AZURE_STORAGE_CONNECTION_STRING: HIDDEN,
  }
  const settings = describedSettings({
    environment,
    file: { LOG_LEVEL: 'debug', PORT: '3000' },
    derived: { QUEUE: 'sqs' },
  })
  const of = (name: string) => settings.find(setting => setting.name === name)

  it('are all that there are, each with its sentence', () => {
    assert.deepEqual(
      settings.map(({ name }) => name),
      Object.keys(VARIABLES.shape),
    )
    for (const { name, sentence } of settings) assert.ok(sentence.length > 10, name)
  })

  it('say what holds and where it is from', () => {
    assert.deepEqual([of('PORT')?.value, of('PORT')?.source], ['4000', 'environment'])
    assert.deepEqual([of('LOG_LEVEL')?.value, of('LOG_LEVEL')?.source], ['debug', 'file'])
    assert.deepEqual([of('HOST')?.value, of('HOST')?.source], ['127.0.0.1', 'default'])
    assert.deepEqual([of('QUEUE')?.value, of('QUEUE')?.source], ['sqs', 'default'])
    assert.deepEqual([of('FONTS_DIR')?.value, of('FONTS_DIR')?.source], [null, 'default'])
    assert.deepEqual([of('SECRET')?.value, of('SECRET')?.source], [null, 'made'])
  })

  it('tell no secret, neither its value nor its length', () => {
    assert.ok(!JSON.stringify(settings).includes(HIDDEN))
    assert.deepEqual(
      settings.filter(({ isSecret }) => isSecret).map(({ value }) => value),
      [null, null, null, null, null, null],
    )
  })
})
