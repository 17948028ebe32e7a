import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { it, type TestContext } from 'node:test'
import { startSoffice } from '../uno/soffice.ts'

/** The most memory in bytes that a LibreOffice took until it answered. */
async function peakOf(t: TestContext, ...how: Parameters<typeof startSoffice>): Promise<number> {
  const soffice = await startSoffice(...how)
  t.after(() => soffice.stop())
  const status = await readFile(`/proc/${soffice.pid}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) * 1024
}

it('LibreOffice starts with the profile without drawing its tests of graphics', async t => {
  const [without, withProfile] = [await peakOf(t, {}, async () => {}), await peakOf(t)]
  // The largest of the pictures that it draws: 4096 x 4096 pixels of four bytes.
  assert.ok(withProfile + 4096 * 4096 * 4 < without, `${withProfile} and ${without}`)
})
