import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changed, type Row, type RowChange, type Rows } from '#app/(pages)/live/rows.ts'
import { job, NOW, progress, snapshot, upload } from './samples.ts'

const after = (rows: Rows, ...changes: RowChange[]) => changes.reduce(changed, rows)
const only = (rows: Rows): Row => {
  assert.equal(rows.length, 1)
  return rows[0] as Row
}
const onlyJob = (rows: Rows) => {
  const row = only(rows)
  assert.equal(row.kind, 'job')
  return row.kind === 'job' ? row.job : snapshot()
}

test('a snapshot older than the known one is dropped', () => {
  const rows = [job({ version: 5, state: 'completed' })]
  assert.equal(
    onlyJob(after(rows, { type: 'updated', jobs: [snapshot({ version: 4, state: 'running' })] })).state,
    'completed',
  )
})

test('a newer snapshot takes the place of the known one', () => {
  const rows = [job({ version: 4, state: 'running' })]
  assert.equal(
    onlyJob(after(rows, { type: 'updated', jobs: [snapshot({ version: 5, state: 'completed' })] })).state,
    'completed',
  )
})

const place = (ahead: number) => ({ position: ahead + 1, ahead, startsInS: null, workers: 'ready' as const })

test('a new place in the queue counts at the same version', () => {
  const rows = [job({ queue: place(2) })]
  const told = after(rows, { type: 'updated', jobs: [snapshot({ queue: place(0) })] })
  assert.deepEqual(onlyJob(told).queue, place(0))
})

test('a push that does not know the place leaves the known one', () => {
  const rows = [job({ queue: place(2) })]
  assert.deepEqual(onlyJob(after(rows, { type: 'updated', jobs: [snapshot()] })).queue, place(2))
  const running = snapshot({ version: 2, state: 'running' })
  assert.equal(onlyJob(after(rows, { type: 'updated', jobs: [running] })).queue, null)
})

test('pushed queue positions count for jobs that still wait, and leave all other rows as they are', () => {
  const rows = [
    job({ id: 'waits', queue: place(2) }),
    job({ id: 'runs', state: 'running' }),
    job({ id: 'stays', queue: place(8) }),
  ]
  const queue = place(1)
  const [waits, ...others] = after(rows, {
    type: 'moved',
    moved: ['waits', 'runs', 'unknown'].map(id => ({ id, queue })),
  })
  assert.deepEqual(onlyJob(waits ? [waits] : []).queue, queue)
  assert.ok(others.every((row, index) => row === rows[index + 1]))
  assert.equal(others.length, 2)
})

test('progress between two writes is newer than the row of the same version', () => {
  const rows = [job({ version: 2, state: 'running', progress: progress({ percent: 10 }) })]
  const moved = after(
    rows,
    { type: 'progressed', tick: { id: 'job-1', version: 2, tick: 1, progress: progress({ percent: 30 }) } },
    {
      type: 'updated',
      jobs: [snapshot({ version: 2, state: 'running', progress: progress({ percent: 10 }) })],
    },
  )
  assert.equal(onlyJob(moved).progress?.percent, 30)
})

test('a tick that comes late is dropped', () => {
  const rows = [job({ version: 2, state: 'running' })]
  const moved = after(
    rows,
    { type: 'progressed', tick: { id: 'job-1', version: 2, tick: 5, progress: progress({ percent: 50 }) } },
    { type: 'progressed', tick: { id: 'job-1', version: 2, tick: 4, progress: progress({ percent: 40 }) } },
    { type: 'progressed', tick: { id: 'job-1', version: 1, tick: 9, progress: progress({ percent: 20 }) } },
  )
  assert.equal(onlyJob(moved).progress?.percent, 50)
})

test('a tick of a newer version says that the job runs, and its snapshot keeps that progress', () => {
  const moved = after(
    [job({ version: 1 })],
    { type: 'progressed', tick: { id: 'job-1', version: 2, tick: 1, progress: progress({ percent: 5 }) } },
    { type: 'updated', jobs: [snapshot({ version: 2, state: 'running', attempt: 1 })] },
  )
  const { state, attempt, progress: known } = onlyJob(moved)
  assert.deepEqual([state, attempt, known?.percent], ['running', 1, 5])
})

test('a tick never wakes a job that has ended', () => {
  const rows = [job({ version: 7, state: 'completed' })]
  const moved = after(rows, {
    type: 'progressed',
    tick: { id: 'job-1', version: 7, tick: 3, progress: progress() },
  })
  assert.equal(onlyJob(moved).state, 'completed')
})

test('a row keeps the earlier result of the same, whatever becomes of its own job', () => {
  const earlier = { id: 'job-0', resultUrl: '/api/jobs/job-0/result', finishedAt: '2026-11-20T11:00:00.000Z' }
  const accepted = { type: 'accepted', key: 'upload-1', job: { ...snapshot(), earlier } } as const
  const updated = { type: 'updated', jobs: [snapshot({ version: 9, state: 'running' })] } as const
  const row = only(after([upload()], accepted, updated))
  assert.deepEqual(row.kind === 'job' && row.earlier, earlier)
})

test('an accepted upload turns into its job in the same row', () => {
  const row = only(after([upload()], { type: 'accepted', key: 'upload-1', job: snapshot() }))
  assert.deepEqual([row.kind, row.key, row.at], ['job', 'upload-1', NOW])
})

test('a push that is quicker than the answer to the upload makes no second row', () => {
  const sent = upload({ sent: 1000 })
  const pushed = after([sent], { type: 'updated', jobs: [snapshot({ version: 2, state: 'running' })] })
  assert.equal(only(pushed).key, 'upload-1')
  const answered = after(pushed, { type: 'accepted', key: 'upload-1', job: snapshot({ version: 1 }) })
  assert.equal(onlyJob(answered).state, 'running')
})

test('two copies of one file end as two rows with a job each, whichever answer comes first', () => {
  const both = [upload({ sent: 1000 }), upload({ key: 'upload-2', sent: 1000 })]
  const rows = after(
    both,
    { type: 'updated', jobs: [snapshot({ id: 'b' })] },
    { type: 'accepted', key: 'upload-1', job: snapshot({ id: 'a' }) },
    { type: 'accepted', key: 'upload-2', job: snapshot({ id: 'b' }) },
  )
  assert.deepEqual(
    rows.map(row => [row.key, row.kind === 'job' && row.job.id]),
    [
      ['upload-1', 'a'],
      ['upload-2', 'b'],
    ],
  )
})

test('a job pushed under a cleaned file name gives its row up to the upload that it came from', () => {
  const sent = upload({ fileName: 'a:b.pptx', sent: 1000 })
  const pushed = after([sent], { type: 'updated', jobs: [snapshot({ fileName: 'a_b.pptx' })] })
  assert.equal(pushed.length, 2)
  assert.equal(only(after(pushed, { type: 'accepted', key: 'upload-1', job: snapshot() })).key, 'upload-1')
})

test('the newest batch stands first, and within a batch the order in which its files were given', () => {
  const rows = after(
    [],
    {
      type: 'updated',
      jobs: [
        snapshot({ id: 'old-2', batchId: 'old', createdAt: '2026-11-20T10:00:05Z' }),
        snapshot({ id: 'old-1', batchId: 'old', createdAt: '2026-11-20T10:00:00Z' }),
        snapshot({ id: 'other', batchId: 'other', createdAt: '2026-11-20T10:00:02Z' }),
      ],
    },
    {
      type: 'picked',
      uploads: [upload({ key: 'new-1', batchId: 'new' }), upload({ key: 'new-2', batchId: 'new' })],
    },
  )
  assert.deepEqual(
    rows.map(row => row.key),
    ['new-1', 'new-2', 'other', 'old-1', 'old-2'],
  )
})

test('a refused upload can be sent again, from where it was', () => {
  const error = { code: 'queue_full', message: 'Full.', nextStep: 'Later.', retryable: true }
  const refused = after([upload({ sent: 500 })], { type: 'refused', key: 'upload-1', error })
  const row = only(refused)
  assert.deepEqual(row.kind === 'upload' && [row.state, row.error], ['refused', error])
  const again = only(after(refused, { type: 'stands', key: 'upload-1', state: 'waiting' }))
  assert.deepEqual(again.kind === 'upload' && [again.state, again.sent, again.error], ['waiting', 500, null])
})

test('rows that did not change stay the same objects', () => {
  const rows = [job({ id: 'a' }), job({ id: 'b' })]
  const told = after(rows, { type: 'updated', jobs: [snapshot({ id: 'b', version: 2 })] })
  assert.equal(told[0], rows[0])
  assert.notEqual(told[1], rows[1])
})

test('a job that is gone and an upload that is removed leave no row', () => {
  const rows = [job(), upload()]
  assert.deepEqual(after(rows, { type: 'gone', id: 'job-1' }, { type: 'removed', key: 'upload-1' }), [])
})

test('a snapshot whose progress lags behind the pushed one does not move the bar back, but a new attempt does', () => {
  // The attempt after one that was handed back has the same number: its start tells them apart.
  const [first, second] = ['2026-11-20T11:59:10.000Z', '2026-11-20T11:59:40.000Z']
  const at = (version: number, startedAt: string, percent: number) =>
    snapshot({
      version,
      attempt: 1,
      startedAt,
      state: 'running',
      progress: progress({ percent }),
      thumbnailUrl: '/picture',
    })
  const pushed = after([job({ version: 2, attempt: 1, startedAt: first, state: 'running' })], {
    type: 'progressed',
    tick: { id: 'job-1', version: 2, tick: 3, progress: progress({ percent: 48 }) },
  })
  const told = onlyJob(after(pushed, { type: 'updated', jobs: [at(3, first, 45)] }))
  assert.deepEqual([told.progress?.percent, told.thumbnailUrl, told.version], [48, '/picture', 3])
  assert.equal(onlyJob(after(pushed, { type: 'updated', jobs: [at(3, first, 50)] })).progress?.percent, 50)
  assert.equal(onlyJob(after(pushed, { type: 'updated', jobs: [at(3, second, 5)] })).progress?.percent, 5)
})
