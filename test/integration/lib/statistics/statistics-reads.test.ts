import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { orderRows } from '#lib/jobs/stores/postgres-store/order-rows.ts'
import type { StoreParts } from '#lib/jobs/stores/postgres-store/written-row.ts'
import { createPostgresStatistics } from '#lib/statistics/postgres-statistics.ts'
import { createStatistics } from '#lib/statistics.ts'
import { createDatabase } from '#test/create-database.ts'

const JOBS = 100_000
/** What one statement may read at the most, in pages of 8 kB. */
const MOST_BUFFERS = 200

/** Ten jobs a minute, of which one in twenty fails in one of forty ways; half of their files have expired. */
const FILL = `
  INSERT INTO jobs (id, batch_id, owner, file_name, source_format, source_bytes, source_sha256, target, max_attempts,
    message_id, state, error, created_at, queued_at, started_at, finished_at, expires_at, files_deleted_at)
  SELECT md5(n::text)::uuid, md5(n::text)::uuid, 'owner-' || n % 50, 'a.docx', 'docx', n, '', 'pdf', 3,
    gen_random_uuid(), CASE n % 20 WHEN 0 THEN 'failed' ELSE 'completed' END::job_state,
    CASE n % 20 WHEN 0 THEN jsonb_build_object('code', 'code_' || n % 40, 'retryable', false, 'details',
      jsonb_build_object('reason', 'page ' || n)) END,
    at, at, at, at + interval '2 s', at + interval '1 day', CASE WHEN n % 2 = 0 THEN at END
  FROM generate_series(1, ${JOBS}) AS n, LATERAL (SELECT now() - n * interval '6 s') AS t(at)`
const FILL_HOURS = `
  INSERT INTO job_statistics SELECT 'hour', date_trunc('hour', now()) - n * interval '1 hour', 600, 570, 30, 1,
    array_fill(1, ARRAY[16]), array_fill(1, ARRAY[16]) FROM generate_series(0, 167) AS n`
const FILL_FAILURES = `
  INSERT INTO failure_statistics SELECT 'hour', date_trunc('hour', now()) - n * interval '1 hour', 'code_' || m, 'docx',
    'page #', 3, now(), now(), ARRAY[gen_random_uuid()]
  FROM generate_series(0, 167) AS n, generate_series(1, 10) AS m`

describe('statistics among a hundred thousand jobs', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>
  let pool: pg.Pool
  let reads: { text: string; buffers: number }[] = []

  before(async () => {
    database = await createDatabase({ recorded: false })
    pool = new pg.Pool({ connectionString: database.url, max: 1 })
    for (const fill of [FILL, FILL_HOURS, FILL_FAILURES]) await pool.query(fill)
    await pool.query('VACUUM ANALYZE jobs, job_statistics, failure_statistics')
  })
  after(async () => {
    await pool?.end()
    await database.drop()
  })

  /** Counts what each statement that only reads does read. */
  const counted = {
    async query(given: string | { text: string; values?: unknown[] }, values?: unknown[]) {
      const { text, values: own = values ?? [] } = typeof given === 'string' ? { text: given } : given
      if (/^\s*(SELECT|WITH)/.test(text)) {
        const { rows } = await pool.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, own)
        const { Plan: plan } = rows[0]['QUERY PLAN'][0]
        reads.push({ text, buffers: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] })
      }
      return pool.query(text, own)
    },
    connect: () => pool.connect(),
  } as unknown as pg.Pool
  const checkReads = (least: number) => {
    assert.ok(reads.length >= least, `${reads.length} statements`)
    for (const { text, buffers } of reads) assert.ok(buffers <= MOST_BUFFERS, `${buffers}: ${text}`)
    reads = []
  }

  it(`are counted and read by statements of at most ${MOST_BUFFERS} pages each`, async () => {
    const statistics = createStatistics(createPostgresStatistics(counted))
    const now = new Date()
    assert.equal(await statistics.rollUp(now), false, 'an hour is counted at once')
    checkReads(60 * 3)
    const minutes = await statistics.periods('minute', new Date(now.getTime() - 3_600_000))
    // Not one of the last minutes, in which the rows were made.
    const early = minutes[5]
    assert.equal((early?.completed ?? 0) + (early?.failed ?? 0), 10)
    assert.ok((await statistics.periods('hour', new Date(0))).length >= 167)
    assert.ok((await statistics.failures(now)).length >= 10)
    await statistics.since(new Date(now.getTime() - 60_000))
    checkReads(5)
  })

  it('are as bounded where the retention and the orders of workers are read', async () => {
    const store = orderRows({ pool: counted } as StoreParts)
    const preview = await store.retentionPreview({ now: new Date(), endedBefore: new Date() })
    assert.deepEqual([preview.files.count, preview.files.exact], [1000, false])
    assert.deepEqual([preview.rows.count, preview.rows.exact], [1000, false])
    await store.takeOrders('host/1')
    await store.pausedSince()
    await store.seenWorkers()
    checkReads(5)
  })
})
