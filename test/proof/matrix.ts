/** Every source format becomes every target that it offers, and a reader that is not ours finds its words in there. */
import { targetsOf } from '#lib/vocabulary/formats.ts'
import { everySource } from '#test/integration/worker/every-source.ts'
import { makeAndReadBack } from '#test/integration/worker/read-back.ts'
import { openTestEngine } from '#test/integration/worker/test-engine.ts'

const SLOTS = 2

const bench = await openTestEngine('bwrap', { slots: SLOTS })
try {
  const [sources] = await Promise.all([everySource(), bench.engine.start()])
  for (const format of sources.keys()) {
    const targets = targetsOf(format)
    const began = performance.now()
    const seconds = () => ((performance.now() - began) / 1000).toFixed(1)
    try {
      await makeAndReadBack(bench, { bytes: sources.get(format) ?? '', format }, { targets, slots: SLOTS })
      console.log(`  ✓ ${format} becomes ${targets.length} targets in ${seconds()} s`)
    } catch (error) {
      process.exitCode = 1
      console.log(`  ✗ ${(error as Error).message}`)
    }
  }
} finally {
  await bench.close()
}
