import assert from 'node:assert/strict'
import { it } from 'node:test'
import { until } from '#test/until.ts'
import { MachineReport } from '#worker/machine-report.ts'

const SECRETS = { secret: 's'.repeat(32), adminToken: 'token-of-the-operator' }
const FONTS = { digest: 'abc', families: 3, lacking: ['Thai'] }

it('tells of its machine as soon as fontconfig has answered, and holds up no report', async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<typeof FONTS>()
  const report = new MachineReport(
    { engine: { name: 'LibreOffice 7.4' }, fonts: { facts: () => answered } },
    SECRETS,
  )
  assert.deepEqual(report.told(), {})
  answer(FONTS)
  const { engine, fonts } = await until('the facts', () => report.told().machine)
  assert.deepEqual([engine, fonts], ['LibreOffice 7.4', FONTS])
})

it('tells nothing where fontconfig does not answer', async () => {
  const refused = Promise.reject(new Error('fc-list ended with 1'))
  const report = new MachineReport({ engine: { name: 'x' }, fonts: { facts: () => refused } }, SECRETS)
  report.told()
  await refused.catch(() => {})
  assert.deepEqual(report.told(), {})
})
