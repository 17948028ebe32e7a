import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { openScratchDir, openSlots } from '#worker/slots.ts'

describe('slots', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-slots-'))
  })
  after(() => rm(folder, { recursive: true }))

  const open = async (count: number) => {
    const adopted: string[] = []
    const scratchDir = await openScratchDir(folder)
    const slots = await openSlots(scratchDir, count, { adopt: async path => void adopted.push(path) })
    return { slots, scratchDir, adopted }
  }

  it('are closed folders that belong to the sandbox’s user', async () => {
    const { scratchDir, adopted } = await open(2)
    assert.deepEqual(adopted, [join(scratchDir, 'slot-0'), join(scratchDir, 'slot-1')])
    for (const slot of adopted) assert.equal((await stat(slot)).mode & 0o777, 0o700)
  })

  it('are empty when an attempt comes and when it has gone, also when it failed', async () => {
    const { slots } = await open(1)
    let slot = ''
    const attempt = slots.use(async path => {
      slot = path
      await mkdir(join(path, 'closed'))
      await writeFile(join(path, 'closed', 'file'), 'x')
      await chmod(join(path, 'closed'), 0)
      throw new Error('the attempt failed')
    })
    await assert.rejects(attempt, /the attempt failed/)
    assert.deepEqual(await readdir(slot), [])
    await writeFile(join(slot, 'left by a dead worker'), '')
    assert.deepEqual(await slots.use(path => readdir(path)), [])
  })

  it('are given to one attempt at a time', async () => {
    const { slots } = await open(2)
    const taken = new Set<string>()
    let most = 0
    // The first waits for the second.
    const both = Promise.withResolvers<void>()
    const attempt = () =>
      slots.use(async slot => {
        assert.ok(!taken.has(slot), 'two attempts shared a slot')
        taken.add(slot)
        most = Math.max(most, taken.size)
        if (most === 2) both.resolve()
        await both.promise
        await readdir(slot)
        taken.delete(slot)
      })
    await Promise.all(Array.from({ length: 20 }, attempt))
    assert.equal(most, 2)
  })

  it('of dead workers are cleared away, those of the living and of other hosts are not', async () => {
    const dead = `${hostname()}-${2 ** 22 + 1}`
    const living = `${hostname()}-${process.ppid}`
    const foreign = `elsewhere-${2 ** 22 + 1}`
    for (const name of [dead, living, foreign]) await mkdir(join(folder, name, 'slot-0'), { recursive: true })
    const { slots } = await open(1)
    const names = await readdir(folder)
    assert.ok(!names.includes(dead))
    assert.ok(names.includes(living) && names.includes(foreign))
    await slots.close()
    assert.ok(!(await readdir(folder)).includes(`${hostname()}-${process.pid}`))
  })
})
