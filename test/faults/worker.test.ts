import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { reachState, resultOf, sendBytes, statusOf } from '#test/client.ts'
import { deck } from '#test/documents/deck.ts'
import { type House, makeDataDir, openHouse, removeDataDir } from '#test/house.ts'
import { pageCount } from '#test/pdf.ts'
import { until } from '#test/until.ts'

const SLIDES = 200
const WORKER = fileURLToPath(new URL('../../worker/main.ts', import.meta.url))

describe('a worker that dies or freezes in mid-job', () => {
  const dataDir = makeDataDir()
  let house: House
  let long: Buffer
  const started: ChildProcess[] = []

  before(async () => {
    long = await deck({ slides: SLIDES })
    house = await openHouse({ dataDir, env: { SLOTS: '1' } })
    await house.ready()
    await until('it is ready', async () => (await fetch(`${house.url}/readyz`)).ok, 60_000)
  })
  after(async () => {
    for (const child of started) child.kill('SIGKILL')
    await house.end('SIGTERM')
    removeDataDir(dataDir)
  })
  const filesOf = (id: string) => readdirSync(join(dataDir, 'files', 'jobs', id)).sort()

  it('is killed with -9: another attempt finishes at once, with one result', async () => {
    const { id } = await sendBytes(house.url, 'killed.pptx', long)
    const running = await reachState(house.url, id, 'running')
    const pid = Number(running.timeline[0]?.worker.split('/').at(-1))
    process.kill(pid, 'SIGKILL')
    await until(
      'its job is taken back',
      async () => (await statusOf(house.url, id)).timeline[0]?.outcome === 'lost',
      // Sooner than by its silence, which takes ten seconds.
      8_000,
    )
    const done = await reachState(house.url, id, 'completed')
    assert.deepEqual(
      done.timeline.map(a => a.outcome),
      ['lost', 'completed'],
    )
    assert.equal(await pageCount(await resultOf(house.url, id)), SLIDES)
    assert.deepEqual(filesOf(id), ['result-2', 'source', 'thumbnail-2'])
  })

  it('is frozen while another one finishes: its late result is refused and deleted', async () => {
    const { id } = await sendBytes(house.url, 'frozen.pptx', long)
    const running = await reachState(house.url, id, 'running')
    const frozen = Number(running.timeline[0]?.worker.split('/').at(-1))
    process.kill(frozen, 'SIGSTOP')
    const other = await startWorker()
    const taken = await until(
      'the silent worker loses its job',
      async () => {
        const job = await statusOf(house.url, id)
        return job.timeline[0]?.outcome === 'lost' && job
      },
      25_000,
    )
    const silence = Date.parse(taken.timeline[0]?.endedAt ?? '') - Date.parse(running.startedAt ?? '')
    assert.ok(silence <= 20_000, `taken back after ${silence} ms`)
    const done = await reachState(house.url, id, 'completed')
    assert.match(done.timeline[1]?.worker ?? '', new RegExp(`/${other.pid}$`))
    process.kill(frozen, 'SIGCONT')
    await until('it takes jobs again', async () => {
      other.kill('SIGTERM')
      const { id: next } = await sendBytes(house.url, 'next.pptx', await deck({ slides: 1 }))
      return (await reachState(house.url, next, 'completed')).timeline[0]?.worker.endsWith(`/${frozen}`)
    })
    const after = await statusOf(house.url, id)
    assert.deepEqual([after.version, after.result?.sha256], [done.version, done.result?.sha256])
    assert.deepEqual(
      after.timeline.map(a => a.outcome),
      ['lost', 'completed'],
    )
    await until('the late result is deleted', () => filesOf(id).join() === 'result-2,source,thumbnail-2')
  })

  it('is asked to stop: the job goes on elsewhere and no attempt is counted', async () => {
    const leaving = await startWorker()
    // Two jobs for two workers with a slot each: one of them is the leaving one's.
    const ids = [
      (await sendBytes(house.url, 'a.pptx', long)).id,
      (await sendBytes(house.url, 'b.pptx', long)).id,
    ]
    await Promise.all(ids.map(id => reachState(house.url, id, 'running')))
    const began = Date.now()
    leaving.kill('SIGTERM')
    await once(leaving, 'exit')
    assert.ok(Date.now() - began <= 20_000)
    for (const id of ids) {
      const { attempt, timeline } = await reachState(house.url, id, 'completed')
      assert.equal(attempt, 1)
      assert.ok(timeline.every(a => a.outcome === 'completed' || a.outcome === 'handed_back'))
    }
  })

  async function startWorker(): Promise<ChildProcess> {
    const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: house.instance().databaseUrl, SLOTS: '1' }
    const child = spawn(process.execPath, [WORKER], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    started.push(child)
    let said = ''
    child.stdout?.on('data', text => {
      said += text
    })
    await until('the second worker is ready', () => said.includes('ready for jobs'), 30_000)
    return child
  }
})
