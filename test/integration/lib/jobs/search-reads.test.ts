import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { searchOfRows } from '#lib/jobs/stores/postgres-store/search-rows.ts'
import { type JobFilter, MOST_FACET } from '#lib/vocabulary/job-filter.ts'
import { createDatabase } from '#test/create-database.ts'

const JOBS = 100_000
/** What one statement may read at the most, in pages of 8 kB. */
const MOST_BUFFERS = 200
const LIMIT = 50

/** Of a hundred jobs ninety are completed, five failed, four cancelled and one is queued; one owner has half of them. */
const FILL = `
  INSERT INTO jobs (id, batch_id, owner, file_name, source_format, source_bytes, source_sha256, target, max_attempts,
    message_id, state, error, report, created_at, queued_at, finished_at, expires_at, queue_number)
  SELECT md5(n::text)::uuid, md5((n / 20)::text)::uuid, CASE WHEN n % 2 = 0 THEN 'big' ELSE 'owner-' || n % 500 END,
    CASE n % 3 WHEN 0 THEN 'Report ' ELSE 'letter ' END || n % 1000 || '.docx', 'docx', n,
    encode(sha256((n % 30000)::text::bytea), 'hex'), 'pdf', 3, gen_random_uuid(),
    CASE WHEN n % 100 < 90 THEN 'completed' WHEN n % 100 < 95 THEN 'failed' WHEN n % 100 < 99 THEN 'cancelled'
      ELSE 'queued' END::job_state,
    CASE WHEN n % 100 BETWEEN 90 AND 94 THEN
      jsonb_build_object('code', CASE n % 100 WHEN 90 THEN 'stalled' ELSE 'corrupt_file' END, 'retryable', n % 100 = 90) END,
    jsonb_build_object('notes', repeat('x', 600)), at, at, CASE WHEN n % 100 < 99 THEN at END, at + interval '1 day',
    CASE WHEN n % 100 = 99 THEN n END
  FROM generate_series(1, ${JOBS}) AS n, LATERAL (SELECT now() - n * interval '20 s') AS t(at)`

describe('a search among a hundred thousand jobs', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>
  let pool: pg.Pool
  let reads: { text: string; buffers: number }[] = []

  before(async () => {
    database = await createDatabase({ recorded: false })
    pool = new pg.Pool({ connectionString: database.url, max: 1 })
    await pool.query(FILL)
    await pool.query('VACUUM ANALYZE jobs')
  })
  after(async () => {
    await pool?.end()
    await database.drop()
  })

  /** A pool that counts what each statement reads. */
  const counted = {
    async query(text: string, values: unknown[] = []) {
      const { rows } = await pool.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values)
      const { Plan: plan } = rows[0]['QUERY PLAN'][0]
      reads.push({ text, buffers: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] })
      return pool.query(text, values)
    },
  } as unknown as pg.Pool
  const search = searchOfRows({ pool: counted })

  async function pages(filter: JobFilter, most = 2): Promise<number[]> {
    const sizes: number[] = []
    let after: string | undefined
    for (let page = 0; page < most; page++) {
      const { items, next } = await search.find({ filter, limit: LIMIT, after })
      sizes.push(items.length)
      if (next === null) break
      after = next
    }
    return sizes
  }

  const sha256 = 'd4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35' // of “2”
  const day = 86_400_000
  const filters: Record<string, [JobFilter, number[]]> = {
    all: [{}, [LIMIT, LIMIT]],
    'a state that most are in': [{ state: 'completed' }, [LIMIT, LIMIT]],
    'a state that few are in': [{ state: 'queued' }, [LIMIT, LIMIT]],
    'a state that none is in': [{ state: 'running' }, [0]],
    'dead letters': [{ dead: true }, [LIMIT, LIMIT]],
    'a code': [{ errorCode: 'corrupt_file' }, [LIMIT, LIMIT]],
    'an owner of many': [{ owner: 'big' }, [LIMIT, LIMIT]],
    'an owner of some': [{ owner: 'owner-7' }, [LIMIT, LIMIT]],
    'a batch': [{ batchId: '1679091c-5a88-0faf-6fb5-e6087eb1b2dc' }, [20]], // md5 of “6”
    'a name that many have': [{ name: 'report' }, [LIMIT, LIMIT]],
    'a name that none has': [{ name: 'invoice' }, [0]],
    'the bytes of a file': [{ sha256 }, [4]],
    'the beginning of a number': [{ id: 'c81e728d' }, [1]], // md5 of “2”
    'a day': [{ from: new Date(Date.now() - 3 * day), to: new Date(Date.now() - 2 * day) }, [LIMIT, LIMIT]],
    'failed ones of an owner': [{ state: 'failed', owner: 'big' }, [LIMIT, LIMIT]],
    'queued ones of an owner who has none': [{ state: 'queued', owner: 'big' }, [0, 0]],
    'failed ones by name on a day': [
      { name: 'letter 9', state: 'failed', from: new Date(Date.now() - 5 * day) },
      [],
    ],
  }

  for (const [name, [filter, sizes]] of Object.entries(filters))
    it(`reads at most ${MOST_BUFFERS} pages with each statement: ${name}`, async () => {
      reads = []
      const found = await pages(filter)
      if (sizes.length > 0) assert.deepEqual(found, sizes)
      assert.ok(reads.length > 0)
      for (const { text, buffers } of reads) assert.ok(buffers <= MOST_BUFFERS, `${buffers}: ${text}`)
    })

  it('counts states exactly up to a thousand, and by as few reads', async () => {
    reads = []
    const { completed, failed, cancelled, queued, running } = await search.countStates()
    const more = MOST_FACET + 1
    assert.deepEqual(
      { completed, failed, cancelled, queued, running },
      { completed: more, failed: more, cancelled: more, queued: 1000, running: 0 },
    )
    for (const { text, buffers } of reads) assert.ok(buffers <= MOST_BUFFERS, `${buffers}: ${text}`)
  })
})
