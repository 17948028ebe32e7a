import assert from 'node:assert/strict'
import { it } from 'node:test'
import { PRESETS_OFF } from '#lib/records/presets-off.ts'
import type { AppError } from '#lib/vocabulary/errors.ts'

it('without a database every call on presets says that they are off, and what would bring them', async () => {
  const preset = { name: 'mine', target: 'pdf', options: {} }
  const calls = [
    () => PRESETS_OFF.list('owner'),
    () => PRESETS_OFF.save('owner', preset),
    () => PRESETS_OFF.remove('owner', 'mine'),
  ]
  for (const call of calls)
    await assert.rejects(call(), (error: AppError) => {
      assert.equal(error.code, 'presets_off')
      assert.match(error.toOperatorError().nextStep, /DATABASE_URL/)
      return true
    })
})
