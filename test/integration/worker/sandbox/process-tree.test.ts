import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { WHY_NO_SANDBOX } from '#test/why-no-sandbox.ts'
import { endProcessTree } from '#worker/sandbox/process-tree.ts'
import { openSandbox } from '#worker/sandbox.ts'
import { newScratchDir } from '../test-engine.ts'

/** Starts one child after another; each of them holds the output open. */
const STARTING = 'echo; for ((n = 0; n < 400; n++)); do sleep 600 & done; wait'
const EARLIEST_MS = 40

it('a family is killed whole while it is still growing', async () => {
  const parent = spawn('/bin/bash', ['-c', STARTING], { stdio: ['ignore', 'pipe', 'ignore'] })
  const closed = once(parent, 'close')
  await once(parent.stdout, 'data')
  await endProcessTree(parent.pid ?? 0)
  await closed
})

for (const mode of ['bwrap', 'landlock', 'off'] as const)
  it(`a command is gone however early it is killed (SANDBOX=${mode})`, {
    skip: WHY_NO_SANDBOX[mode],
  }, async t => {
    const { folder, scratchDir } = await newScratchDir()
    t.after(() => rm(folder, { recursive: true }))
    const sandbox = await openSandbox(mode, scratchDir)
    for (let ms = 0; ms < EARLIEST_MS; ms++) {
      const slot = await mkdtemp(join(scratchDir, 'slot-'))
      await sandbox.adopt(slot)
      const running = sandbox.spawn(['/bin/sh', '-c', 'sleep 600 & wait'], { slot })
      await wait(ms)
      await running.kill()
      // Not before the last process that came of it has closed its outputs.
      assert.notEqual((await running.ended).code, 0)
    }
  })
