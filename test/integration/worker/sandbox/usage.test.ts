import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { it } from 'node:test'
import { until } from '#test/until.ts'
import { processTreeOf } from '#worker/sandbox/process-tree.ts'
import { usageOf } from '#worker/sandbox/usage.ts'

/** A child works, ends, and its parent waits for a line. */
const SCRIPT = '(for ((n = 0; n < 400000; n++)); do :; done; echo done); read'

it('counts what a child used of the processor, while it runs and after it has ended', async () => {
  const parent = spawn('/bin/bash', ['-c', SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] })
  const pid = parent.pid ?? 0
  let isDone = false
  parent.stdout?.once('data', () => (isDone = true))
  let running = 0
  await until('the child to end', () => {
    running = Math.max(running, usageOf(processTreeOf(pid))?.cpuMs ?? 0)
    return isDone
  })
  const alone = await until('only its parent', () => {
    const processTree = processTreeOf(pid)
    return processTree.length === 1 && processTree
  })
  const { cpuMs = 0, rssBytes = 0 } = usageOf(alone) ?? {}
  assert.ok(running > 0 && cpuMs >= running, `${cpuMs} ms, while it ran ${running} ms`)
  assert.ok(rssBytes > 0)
  parent.stdin?.end()
  await once(parent, 'exit')
  assert.equal(usageOf(alone), undefined)
})
