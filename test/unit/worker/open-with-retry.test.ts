import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openLog } from '#lib/log.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { openWithRetry } from '#worker/open-with-retry.ts'

const log = openLog('test', { level: 'silent', format: 'json' })

describe('the opening of the runtime', () => {
  it('reports the problem and tries again until it is fixed', async () => {
    const problems: string[] = []
    let tries = 0
    const open = async () => {
      if (++tries < 3) throw new AppError('sandbox_unavailable', { log: 'bwrap is missing' })
      return 'open'
    }
    const { signal } = new AbortController()
    const options = { signal, log, onProblem: (problem: string) => problems.push(problem), retryMs: 1 }
    assert.equal(await openWithRetry(open, options), 'open')
    assert.deepEqual(problems, ['bwrap is missing', 'bwrap is missing'])
  })

  it('waits no longer when the worker is asked to stop', async () => {
    const stop = new AbortController()
    const open = () => Promise.reject(new AppError('sandbox_unavailable'))
    const options = { signal: stop.signal, log, onProblem: () => stop.abort(), retryMs: 60_000 }
    assert.equal(await openWithRetry(open, options), undefined)
  })
})
