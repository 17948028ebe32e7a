import assert from 'node:assert/strict'
import { it } from 'node:test'
import { timeLimitFor } from '#worker/time-limit.ts'

it('gives every document at least a minute', () => assert.equal(timeLimitFor(0), 60_000))
it('gives ten seconds more for each megabyte', () => assert.equal(timeLimitFor(3_000_000), 90_000))
it('gives no document more than a quarter of an hour', () => assert.equal(timeLimitFor(500e6), 900_000))
