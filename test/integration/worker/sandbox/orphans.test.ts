import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { until } from '#test/until.ts'
import { isRunning, processTreeOf } from '#worker/sandbox/process-tree.ts'
import { openScratchDir } from '#worker/slots.ts'

it('what a dead worker left running is killed at the start, strangers and the living are not', async t => {
  const slots = await mkdtemp(join(tmpdir(), 'nightshift-orphans-'))
  const children: ChildProcess[] = []
  t.after(async () => {
    for (const child of children) child.kill('SIGKILL')
    await rm(slots, { recursive: true })
  })
  const start = (program: string, ...args: string[]) => {
    const child = spawn(program, args, { stdio: 'ignore' })
    children.push(child)
    return child
  }
  const dead = join(slots, `${hostname()}-${2 ** 22 + 1}`, 'engine-0')
  const living = join(slots, `${hostname()}-${process.ppid}`, 'engine-0')
  for (const folder of [dead, living]) await mkdir(folder, { recursive: true })
  const jail = (folder: string) =>
    start('bwrap', '--die-with-parent', '--ro-bind', '/', '/', '--bind', folder, '/tmp', 'sleep', '600')
  const orphan = jail(dead)
  const colleague = jail(living)
  const stranger = start('tail', '-f', '/dev/null', join(dead, 'log'))
  const processTree = await until('the orphan’s child', () => {
    const pids = processTreeOf(orphan.pid ?? 0)
    return pids.length > 1 && pids
  })

  const ended = once(orphan, 'exit')
  await openScratchDir(slots)
  await ended
  for (const pid of processTree) assert.ok(!isRunning(pid), `${pid} still runs`)
  assert.ok(isRunning(colleague.pid ?? 0))
  assert.ok(isRunning(stranger.pid ?? 0))
  assert.ok(!(await readdir(slots)).includes(`${hostname()}-${2 ** 22 + 1}`))
})
