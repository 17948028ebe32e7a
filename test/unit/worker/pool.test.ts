import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { until } from '#test/until.ts'
import type { Conversion } from '#worker/engine.ts'
import type { PoolOptions } from '#worker/pool/pool-options.ts'
import { convertOne, type ProcessScript, type Scripted, scriptedPool } from './pool/scripted.ts'

const crashes = (error: AppError) => error.code === 'engine_crashed'

describe('the pool', () => {
  let scratchDir: string
  let scripted: Scripted
  beforeEach(async () => {
    scratchDir = await mkdtemp(join(tmpdir(), 'nightshift-pool-'))
  })
  afterEach(async () => {
    await scripted.pool.stop()
    await rm(scratchDir, { recursive: true })
  })

  async function open(script: ProcessScript = {}, changes: Partial<PoolOptions> = {}): Promise<Scripted> {
    scripted = scriptedPool(scratchDir, script, changes)
    await scripted.pool.start()
    return scripted
  }

  it('keeps one process more than there are slots, each in a folder of its own', async () => {
    const { living } = await open()
    await until('the spare', () => living().length === 3)
    const roots = new Set(living().map(process => process.place.root))
    assert.equal(roots.size, 3)
    for (const root of roots) assert.equal(dirname(root), scratchDir)
  })

  it('starts one process first where one is asked for, which converts nothing yet, and the rest then', async () => {
    scripted = scriptedPool(scratchDir, {})
    await scripted.pool.startOne()
    await convertOne(scripted.pool)
    assert.equal(scripted.made.length, 1)
    await scripted.pool.start()
    await until('the spare', () => scripted.living().length === 3)
    assert.deepEqual(
      scripted.made.map(({ isUnproven }) => isUnproven),
      [true, false, false],
    )
  })

  it('lets no more in than there are slots, though a spare is ready', async () => {
    const { pool, living } = await open()
    await until('the spare', () => living().length === 3)
    let inside = 0
    let most = 0
    const visit = () =>
      pool.slots.use(async folder => {
        most = Math.max(most, ++inside)
        await readdir(folder)
        inside--
      })
    await Promise.all(Array.from({ length: 20 }, visit))
    assert.equal(most, 2)
  })

  it('empties the working folder between documents and leaves what belongs to the process', async () => {
    const { pool } = await open({}, { slots: 1 })
    const first = await convertOne(pool)
    await pool.slots.use(async workDir => {
      assert.equal(workDir, first)
      await writeFile(join(workDir, 'source.pptx'), 'x')
      await writeFile(join(dirname(workDir), 'profile'), 'x')
    })
    const seen = await pool.slots.use(async workDir => [
      workDir,
      await readdir(workDir),
      await readdir(dirname(workDir)),
    ])
    assert.deepEqual(seen, [first, [], ['desk', 'profile']])
  })

  it('replaces a process after so many documents, while the others are unharmed, and fails no job', async () => {
    const { pool, made, living } = await open({ convert: () => setImmediate() })
    const ran = await Promise.all(Array.from({ length: 40 }, () => convertOne(pool)))
    assert.equal(ran.length, 40)
    await until('a full pool', () => living().length === 3)
    // Softly: a process that is due serves on while no other is ready.
    assert.ok(made.length > 4, `${made.length} processes for 40 documents`)
    for (const process of made.filter(({ stopped }) => stopped)) {
      assert.ok(process.heard.length >= 3)
      await until('its folder to be gone', async () => {
        return !(await readdir(scratchDir)).includes(process.place.root.slice(scratchDir.length + 1))
      })
    }
  })

  it('when it is renewed lets only new processes serve, and no job waits for it', async () => {
    const { pool, made, living } = await open({ convert: () => setImmediate() })
    await until('a full pool', () => living().length === 3)
    const older = [...made]
    let isRenewed = false
    const renewed = pool.renew().then(() => {
      isRenewed = true
    })
    while (!isRenewed) await Promise.all([convertOne(pool), convertOne(pool), convertOne(pool)])
    await renewed
    assert.ok(older.every(process => process.stopped))
    await until('a full pool of others', () => living().length === 3)
  })

  it('with ENGINE_REUSE=never gives no process two documents', async () => {
    const { pool, made, living } = await open(
      {},
      { recycling: { reuse: 'never', maxDocuments: 1000, maxRssBytes: 1e9 } },
    )
    await Promise.all(Array.from({ length: 12 }, () => convertOne(pool)))
    assert.ok(made.every(({ heard }) => heard.length <= 1))
    await until('two ready and two spares', () => living().length === 4)
  })

  it('with ENGINE_REUSE=owner gives no process documents of two owners, and one of two of the same', async () => {
    const { pool, made, living } = await open(
      {},
      { recycling: { reuse: 'owner', maxDocuments: 1000, maxRssBytes: 1e9 } },
    )
    const owners = ['ann', 'bob', 'ann', 'cem', 'bob', 'ann', 'dai', 'ann']
    const seen = new Map<string, Set<string>>()
    const visit = async (owner: string) => {
      const workDir = await convertOne(pool, { owner })
      seen.set(workDir, (seen.get(workDir) ?? new Set()).add(owner))
    }
    await Promise.all(owners.map(visit))
    for (const owner of owners) await visit(owner)
    assert.ok([...seen.values()].every(({ size }) => size === 1))
    assert.ok(made.some(({ heard }) => heard.length > 1))
    await until('two ready and two spares', () => living().length === 4)
  })

  it('has a process of its own for each region, which serves on, and leaves most for documents without one', async () => {
    const { pool, made, living } = await open(
      {},
      { recycling: { reuse: 'always', maxDocuments: 1000, maxRssBytes: 1e9 } },
    )
    const german = { locale: 'de-DE' }
    const visits = [german, {}, german, { locale: 'de-DE', utcOffset: 60 }, {}, german, { utcOffset: 60 }]
    for (const region of visits) {
      const workDir = await convertOne(pool, { region })
      assert.deepEqual(made.find(({ place }) => place.workDir === workDir)?.place.region, region)
    }
    // Only ever one of another region was sacrificed for the next.
    assert.equal(living().filter(({ place }) => Object.keys(place.region).length === 0).length, 2)
    assert.equal(made.filter(({ place }) => place.region.locale && !place.region.utcOffset).length, 2)
  })

  it('serves documents of many regions that come at once', async () => {
    const { pool, made, living } = await open()
    const offsets = [0, 60, 120, 60, 0, 180, 60, 0, 120, 240]
    const visit = async (utcOffset: number) => {
      const region = utcOffset ? { utcOffset } : {}
      const workDir = await convertOne(pool, { region })
      assert.deepEqual(made.find(({ place }) => place.workDir === workDir)?.place.region, region)
    }
    await Promise.all(offsets.map(visit))
    await until('a full pool', () => living().length === 3)
  })

  it('replaces a process that crashes; the document fails, the next one does not', async () => {
    let bombs = 1
    const { pool, living } = await open({ convert: (_, process) => bombs-- > 0 && process.crash() })
    await assert.rejects(convertOne(pool), crashes)
    await convertOne(pool)
    await until('a full pool', () => living().length === 3)
  })

  it('reports a result before the process has closed the document, and gives it no other until then', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const { pool, made } = await open({ settled: () => promise }, { slots: 1 })
    let told = false
    const first = convertOne(pool, { onConverted: () => (told = true) })
    const second = convertOne(pool)
    await until('the result', () => told)
    assert.deepEqual(
      made.map(process => process.heard.length),
      [1, 0],
    )
    resolve()
    await Promise.all([first, second])
    assert.equal(made[0]?.heard.length, 2)
  })

  it('replaces a process that cannot be done with a document, whose result is good all the same', async () => {
    const settled = () => Promise.reject(new Error('it hangs'))
    const { pool, made } = await open({ settled }, { slots: 1 })
    await convertOne(pool)
    await until('its end', () => made[0]?.stopped)
    await convertOne(pool)
  })

  it('notices a process that dies while nobody uses it', async () => {
    const { pool, made, living } = await open()
    await until('the spare', () => living().length === 3)
    for (const process of [...made]) process.dieIdle()
    await until('three new ones', () => made.length === 6 && living().length === 3)
    await convertOne(pool)
  })

  it('makes those wait whom nobody can serve yet, until their signal ends it', async () => {
    let isBroken = false
    const { pool, made } = await open(
      { start: () => isBroken && Promise.reject(new Error('no more')) },
      { slots: 1 },
    )
    await until('the spare', () => made.length === 2)
    isBroken = true
    for (const process of [...made]) process.dieIdle()
    const leave = new AbortController()
    const waiting = convertOne(pool, { signal: leave.signal })
    leave.abort('cancelled')
    await assert.rejects(waiting, reason => reason === 'cancelled')
    const patient = convertOne(pool)
    isBroken = false
    await patient
  })

  it('backs off when starts fail one after another, reports it, and reports when it is over', async () => {
    let starts = 0
    const start = () => ++starts > 1 && starts <= 6 && Promise.reject(new Error('no memory'))
    const { made, problems } = await open({ start }, { slots: 1 })
    await until('the end of the trouble', () => problems.at(-1) === null)
    assert.deepEqual(problems, [...Array(3).fill('Engines cannot be started. no memory'), null])
    assert.equal(made.length, 7)
  })

  it('says at the start when it cannot start', async () => {
    scripted = scriptedPool(scratchDir, { start: () => Promise.reject(new Error('no LibreOffice')) })
    await assert.rejects(scripted.pool.start(), /no LibreOffice/)
  })

  it('stops a conversion whose signal aborts, kills its process, and says why', async () => {
    const hang = ({ signal }: Conversion) => once(signal, 'abort').then(() => Promise.reject(signal.reason))
    const { pool, made } = await open({ convert: hang })
    const cancel = new AbortController()
    const running = convertOne(pool, { signal: cancel.signal })
    const busy = await until('the work', () => made.find(({ heard }) => heard.length > 0))
    cancel.abort('cancelled')
    await assert.rejects(running, reason => reason === 'cancelled')
    assert.ok(busy.stopped)
  })

  it('stops with everything dead, its folders gone, and nobody left waiting', async () => {
    const { pool, made } = await open({}, { slots: 1 })
    const held = Promise.withResolvers<void>()
    const using = pool.slots.use(() => held.promise)
    const waiting = assert.rejects(convertOne(pool), crashes)
    await pool.stop()
    await waiting
    held.resolve()
    await using
    assert.ok(made.every(({ stopped }) => stopped))
    assert.deepEqual(await readdir(scratchDir), [])
  })
})
